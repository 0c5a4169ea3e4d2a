"""What a step of a visit does beside moving it: columns for lists, the officers who were assigned, a merge.

Effects of the engine, in the step's own transaction; the engine's own refusals undo the step.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.inbox.models import Message
from zhihuan.bureau.inbox.telling import News, tell
from zhihuan.bureau.matters.engine.effects import Taken
from zhihuan.bureau.matters.engine.linking import link
from zhihuan.bureau.matters.engine.refusals import StepRefusedError
from zhihuan.bureau.matters.models import MatterLink
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.holders import Place, roster_of
from zhihuan.bureau.people.roles import SECTION_HEAD
from zhihuan.lines.inspection.certified import told_of
from zhihuan.lines.inspection.models import Inspection, PositiveListing

__all__ = ["ON_THE_SPOT", "keep_visit"]

#: Steps that two officers take on the spot.
_HEADS = {SECTION_HEAD: Reach.TERRITORY}
_LISTED = gettext_lazy("正面清单内的企业经检查涉嫌违法，已转线索；查实的，请办理“移出清单”。")
ON_THE_SPOT = ("begin", "record", "interview", "sample")


def keep_visit(taken: Taken) -> None:
    """An effect of every step; does nothing for matters of other lines."""
    matter, step = taken.matter, taken.step
    if step is None:
        return
    if isinstance(matter, PositiveListing) and step.code == "enlist":
        said = taken.facts.said
        _keep(matter, **{name: said[name] for name in ("listed_from", "listed_until", "ground")})
    if isinstance(matter, Inspection):
        if step.code in ON_THE_SPOT:
            _refuse_others(matter, taken)
        if values := _values(matter, step.code, taken):
            _keep(matter, **values)
        if step.code == "merge":
            _link(matter, taken)
        if step.code == "to_clue":
            _tell_of_listing(matter)


def _values(visit: Inspection, step: str, taken: Taken) -> dict[str, Any]:
    keep = _KEPT.get(step)
    return keep(visit, taken, taken.facts.said) if keep else {}


def _assigned(_visit: Inspection, taken: Taken, said: Any) -> dict[str, Any]:
    told = {name: said[name] for name in ("kind", "items", "visit_by")}
    return told | {"planned": _planned(said, taken, said["visit_by"])}


def _recorded(visit: Inspection, _taken: Taken, said: Any) -> dict[str, Any]:
    return {"suspected": bool(visit.suspected) or said["suspected"] == "yes"}


#: Step → what goes into the columns.
_KEPT: dict[str, Callable[[Inspection, Taken, Any], dict[str, Any]]] = {
    "assign": _assigned,
    "replace": lambda visit, taken, said: {"planned": _planned(said, taken, visit.visit_by)},
    "grant_recusal": lambda visit, taken, said: {"planned": _planned(said, taken, visit.visit_by)},
    "begin": lambda visit, _taken, said: {"begun_at": visit.begun_at or said["arrived_at"]},
    "record": _recorded,
    "leave": lambda _visit, _taken, said: {"left_at": said["left_at"]},
    "revisit": lambda _visit, _taken, said: {"visit_by": said["revisit_by"]},
}


def _planned(said: Any, taken: Taken, until: Any) -> list[dict[str, Any]]:
    users = [said["officer_1"], said["officer_2"]]
    return told_of(users, until or beijing_day(taken.event.at))


def _refuse_others(visit: Inspection, taken: Taken) -> None:
    """Who was assigned goes, nobody else: a drawn officer is not swapped at the gate."""
    assigned = {each["id"] for each in visit.planned}
    others = [each["name"] for each in taken.event.officers if each["id"] not in assigned]
    if others:
        words = _("%(name)s未被指派本次检查；须换人的，由负责人先办理“换人”。")
        raise StepRefusedError(words % {"name": "、".join(others)})


def _tell_of_listing(visit: Inspection) -> None:
    """A firm that breaks the law leaves the positive list: whoever answers for the list is told that it stands there."""
    for row in PositiveListing.objects.filter(party=visit.party_id, state="listed"):
        place = Place(town=row.town_id or "")
        users = {each.user_id for each in roster_of(_HEADS, [place]).holders(_HEADS, place)}
        tell(
            News(
                Message.Kind.ASSIGNED, _LISTED, matter_id=row.pk, key=f"listed:{row.pk}:{visit.pk}"
            ),
            users,
        )


def _link(visit: Inspection, taken: Taken) -> None:
    other = taken.facts.said["into"]
    kind = MatterLink.Kind.MERGED_INTO
    link(visit, kind, other, taken.acting, version=visit.version)


def _keep(matter: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(matter, name, value)
    type(matter).objects.filter(pk=matter.pk).update(**values)
