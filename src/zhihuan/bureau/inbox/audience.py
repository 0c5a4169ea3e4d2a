"""Whom the ladder and notices mean, for many matters at once: read once, then asked without a query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from zhihuan.bureau.inbox.known import procedure_of
from zhihuan.bureau.inbox.models import Claim
from zhihuan.bureau.inbox.waiting import waits_for
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.holders import Holder, Place, Roster, nearest, roster_of
from zhihuan.bureau.people.roles import LEADER, ROLES, SECTION_HEAD, Side

__all__ = ["Audience", "audience_of", "place_of"]

_OUTSIDE = {each.code: Reach.OWN for each in ROLES.values() if each.side is Side.OUTSIDE}
_INSIDE = {each.code: Reach.CITY for each in ROLES.values() if each.side is Side.BUREAU}


def place_of(matter: Matter) -> Place:
    """Where a matter lies; its party should have been read along."""
    return Place(matter.town_id or "", matter.party.path if matter.party else "")


@dataclass(frozen=True, slots=True)
class Audience:
    """The people around some matters. claims: matter → who took it on."""

    roster: Roster
    claims: Mapping[int, Claim]

    def named(self, matter: Matter, tells: Iterable[str]) -> set[int]:
        """The accounts that names of the ladder mean for a matter (``ladder.yaml``)."""
        ways = {
            "responsible": self.responsible,
            "section_head": self.section_heads,
            "leader": self.leaders,
            "party": self.party,
        }
        return {user for name in tells for user in ways[name](matter)}

    def responsible(self, matter: Matter) -> set[int]:
        """Whoever took it on, with those who stand in for them; else all of the bureau who may go on with
        it."""
        waits = waits_for(procedure_of(matter), matter.state)
        inner = {each.role: each.reach for each in waits if ROLES[each.role].side is Side.BUREAU}
        able = self.roster.holders(inner, place_of(matter))
        claim = self.claims.get(matter.pk)
        if claim is None:
            return _keys(able)
        return {claim.holder_id} | _keys(each for each in able if each.lender == claim.holder_id)

    def section_heads(self, matter: Matter) -> set[int]:
        """The nearest: of the section of whoever took it on, else those of the town."""
        claim = self.claims.get(matter.pk)
        found = self.roster.holders({SECTION_HEAD: Reach.TERRITORY}, place_of(matter))
        return _keys(nearest(found, claim.place.path if claim else ""))

    def leaders(self, matter: Matter) -> set[int]:
        """All leaders."""
        return _keys(self.roster.holders({LEADER: Reach.CITY}, place_of(matter)))

    def party(self, matter: Matter) -> set[int]:
        """The accounts of the body it is about and of whoever acts for it."""
        if matter.party is None:
            return set()
        return _keys(self.roster.holders(_OUTSIDE, Place(path=matter.party.path)))


def audience_of(matters: Sequence[Matter], reaches: Mapping[str, Reach] | None = None) -> Audience:
    """Three queries, however many matters; their parties should have been read along. ``reaches``: of
    outside roles that are asked for beside the parties' own."""
    widest = _INSIDE | {
        role: max(own, (reaches or {}).get(role, own)) for role, own in _OUTSIDE.items()
    }
    roster = roster_of(widest, [place_of(each) for each in matters])
    claims = Claim.objects.filter(matter__in=[each.pk for each in matters]).select_related("place")
    held: dict[int, Claim] = {}
    for each in claims:
        held.setdefault(each.matter_id, each)
    return Audience(roster, held)


def _keys(found: Iterable[Holder]) -> set[int]:
    return {each.user_id for each in found}
