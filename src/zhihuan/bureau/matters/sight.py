"""How much of one matter somebody sees: all of it, or what its procedure shows to its party.

    sight = sight_of(user, matter)
    told = [event for event in events if sight.shows_step(event.step)]

Whoever reaches the matter by a role within the bureau sees all. Everybody else sees through the view that the
matter's own edition declares (``party_view``); an edition without one shows them nothing. Pages, lists, search,
exports and the interface for programs all ask here, so that none of them can tell more than another. Costs no
query where the matter's party was read along.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.matters.party_view import NOTHING_SHOWN, PartyView
from zhihuan.bureau.matters.reach import MatterReach, reach_in, sees_whole

__all__ = ["ONGOING", "Sight", "Sights", "is_party_to", "party_sight", "sight_of", "whole_sight"]

#: Instead of a state that is not shown: to people, and to programs.
GOING_ON = _("办理中")
ONGOING = "_ongoing"


@dataclass(frozen=True, slots=True)
class Sight:
    """view: what is shown; None: everything."""

    procedure: Procedure
    view: PartyView | None

    @property
    def is_whole(self) -> bool:
        return self.view is None

    def shows_step(self, step: str) -> bool:
        """Whether the event of a step is told; what is no step of the procedure only to who sees all."""
        return self.view is None or step in self.view.steps

    def shows_clock(self, clock: str) -> bool:
        return self.view is None or clock in self.view.clocks

    def shows_state(self, state: str) -> bool:
        return self.view is None or state in self.view.states

    def said(self, step: str, said: Mapping[str, Any]) -> dict[str, Any]:
        """What of it is told."""
        if self.view is None:
            return dict(said)
        named = self.view.steps.get(step, ())
        return {name: value for name, value in said.items() if name in named}

    def state_title(self, state: str) -> Any:
        """The words of a state; KeyError for none of that code."""
        return self.procedure.state(state).title if self.shows_state(state) else GOING_ON

    def state_code(self, state: str) -> str:
        """The code of a state, ``ONGOING`` for one that is not shown."""
        return state if self.shows_state(state) else ONGOING


def sight_of(user: Any, matter: Matter) -> Sight:
    """How much this person sees of a matter that they may look at. UnknownProcedureError."""
    return Sights(user)(matter)


class Sights:
    """``sight_of`` for many matters and one person, whose reach is asked for once a procedure."""

    def __init__(self, user: Any) -> None:
        self._user = user
        self._reaches: dict[tuple[str, int], MatterReach] = {}

    def __call__(self, matter: Matter) -> Sight:
        """UnknownProcedureError."""
        procedure = edition_of(matter.procedure, matter.edition)
        key = (procedure.code, procedure.edition)
        if key not in self._reaches:
            self._reaches[key] = reach_in(self._user, procedure)
        whole = sees_whole(self._reaches[key].whole, matter)
        return whole_sight(procedure) if whole else party_sight(procedure)


def whole_sight(procedure: Procedure) -> Sight:
    """Everything."""
    return Sight(procedure, None)


def party_sight(procedure: Procedure) -> Sight:
    """What the party sees."""
    return Sight(procedure, procedure.party or NOTHING_SHOWN)


def is_party_to(user: Any, matter: Matter) -> bool:
    """Whether somebody looks at a matter, or acts in it, from outside the bureau."""
    return user is not None and not sight_of(user, matter).is_whole
