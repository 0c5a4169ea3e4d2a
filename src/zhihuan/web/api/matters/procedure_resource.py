"""The matters of one procedure as a resource: what is read of them is declared like any other's."""

from __future__ import annotations

from django.db.models import Q

from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.models import Matter, MatterEvent, RunningClock
from zhihuan.bureau.matters.rights import view_permission
from zhihuan.web.api.attribute import Attribute
from zhihuan.web.api.filters import Among, Containing, Flag
from zhihuan.web.api.matters.narrowing import PartyTelling
from zhihuan.web.api.resource import Nested, Resource

__all__ = ["resource_of"]


def resource_of(procedure: Procedure) -> Resource:
    """Reads of a procedure's matters, with their events and clocks; a party's programs are told what its pages
    show (``narrowing``)."""
    states = ", ".join(f"`{each.code}`" for each in procedure.states)
    return Resource(
        name=f"{procedure.code}_matters",
        single=f"{procedure.code}_matter",
        address=f"matters/{procedure.code}",
        title=procedure.title,
        about=f"Matters of the procedure `{procedure.code}`; `state` is one of {states}.",
        model=Matter,
        view=view_permission(procedure),
        key="id",
        within=Q(procedure=procedure.code),
        telling=PartyTelling(procedure),
        attributes=(
            Attribute("id"),
            Attribute("edition", about="The edition of the procedure it runs by"),
            Attribute("state", about="`_ongoing`: one that the matter's party is not shown"),
            Attribute("title"),
            Attribute("party", about="`id` among organisations"),
            Attribute("town", about="Division code"),
            Attribute("opened_at"),
            Attribute("ended_at", about="null: it runs"),
            Attribute("version", about="The number of its newest event; to be given with a step"),
            Attribute("synthetic"),
        ),
        nested=(
            Nested(
                "events",
                MatterEvent,
                "matter",
                (
                    Attribute("number"),
                    Attribute("at"),
                    Attribute("actor_name", about="Empty: the platform"),
                    Attribute("officers", about="Who acted together: id, name, certificate"),
                    Attribute("step", about="Codes that begin with _ are no steps"),
                    Attribute("source", about="State before"),
                    Attribute("target", about="State after"),
                    Attribute("said", about="What the step's form was told"),
                ),
                ("number",),
            ),
            Nested(
                "clocks",
                RunningClock,
                "matter",
                (
                    Attribute("code"),
                    Attribute("limit"),
                    Attribute("outcome"),
                    Attribute("last_day", about="The last day in time; null while it stands still"),
                    Attribute("due_at", about="The first moment too late"),
                    Attribute("provisional", about="A year without a published calendar counts"),
                ),
                ("id",),
            ),
        ),
        filters=(
            Containing(("title", "party_name")),
            Among("state"),
            Among("town"),
            Among("party_credit_code", "party__credit_code"),
            Flag("synthetic"),
        ),
    )
