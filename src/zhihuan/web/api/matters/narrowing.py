"""What programs of a party are told of its matters: what pages tell, and nothing that could be asked out of it.

Events, answers, clocks and names of states are left out of the document as the procedure's view says
(``bureau.matters.sight``), and a question for a state that is not shown finds nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from zhihuan.bureau.matters.catalogue import UnknownProcedureError, edition_of
from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.reach import reach_in, told_to_party
from zhihuan.bureau.matters.sight import Sight, party_sight

__all__ = ["PartyTelling"]


@dataclass(frozen=True, slots=True)
class PartyTelling:
    """Of one procedure's matters."""

    procedure: Procedure

    def within(self, user: Any, asked: Mapping[str, Any]) -> Q:
        """The rows that may be found by such a question, beside the caller's scope."""
        if not self._as_party(user):
            return Q()
        view = self.procedure.party
        known = told_to_party(self.procedure)
        if asked.get("state"):
            return known & Q(state__in=view.states if view is not None else ())
        return known

    def told(self, user: Any, document: dict[str, Any]) -> dict[str, Any]:
        """The document as this reader is told it."""
        if not self._as_party(user):
            return document
        try:
            sight = party_sight(edition_of(self.procedure.code, document["edition"]))
        except UnknownProcedureError:
            sight = Sight(self.procedure, party_sight(self.procedure).view)
        events = (each for each in document["events"] if sight.shows_step(each["step"]))
        clocks = [each for each in document["clocks"] if sight.shows_clock(each["code"])]
        return document | {
            "state": sight.state_code(document["state"]),
            "events": [_told(sight, each) for each in events],
            "clocks": clocks,
        }

    def _as_party(self, user: Any) -> bool:
        return not reach_in(user, self.procedure).whole


def _told(sight: Sight, event: dict[str, Any]) -> dict[str, Any]:
    return event | {
        "actor_name": "",
        "officers": [],
        "source": sight.state_code(event["source"]),
        "target": sight.state_code(event["target"]),
        "said": sight.said(event["step"], event["said"]),
    }
