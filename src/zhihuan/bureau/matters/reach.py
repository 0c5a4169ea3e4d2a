"""Which matters somebody may look at: every procedure has its own right to look, with its own reach.

Roles within the bureau look at whole matters. Roles outside it look at matters of their own organisation, as
far as the procedure shows them to their party (``party_view``), and learn of one only after a step that the
view names (``since``); ``sight`` says how much of it they see then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhihuan.bureau.matters.catalogue import newest
from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.models import Matter, MatterEvent
from zhihuan.bureau.matters.party_view import PartyView
from zhihuan.bureau.matters.rights import view_permission
from zhihuan.bureau.people.actions import declared_actions
from zhihuan.bureau.people.roles import ROLES, Side
from zhihuan.bureau.people.scope import NOTHING, Scope, scope_by
from zhihuan.bureau.search.declaration import Seen

__all__ = [
    "MatterReach",
    "also_told",
    "found_by",
    "is_told",
    "looks_as_party",
    "may_view",
    "reach_in",
    "seen_by",
    "seen_procedures",
    "sees_whole",
    "told_to_party",
]


#: From the view of a procedure's party to the matters of which that party was told otherwise than by a step.
Told = Callable[[PartyView], Q]
_told: list[Told] = []


@dataclass(frozen=True, slots=True)
class MatterReach:
    """Where somebody sees whole matters of a procedure, and where they see them as a party does."""

    whole: Scope
    party: Scope

    def __bool__(self) -> bool:
        return bool(self.whole) or bool(self.party)


def reach_in(user: Any, procedure: Procedure) -> MatterReach:
    """How far somebody looks in this procedure; asks no more than their grants."""
    action = declared_actions().get(view_permission(procedure))
    roles = action.roles if action else {}
    outside = {role: far for role, far in roles.items() if ROLES[role].side is Side.OUTSIDE}
    inside = {role: far for role, far in roles.items() if role not in outside}
    party = scope_by(user, outside) if procedure.party is not None else NOTHING
    return MatterReach(scope_by(user, inside), party)


def seen_by(user: Any, procedures: list[Procedure] | None = None) -> QuerySet[Matter]:
    """The matters of these procedures (None: of all) that lie within the reader's reach."""
    whole: dict[Scope, Q] = {}
    party: dict[Scope, Q] = {}
    for procedure in newest() if procedures is None else procedures:
        reach, mine = reach_in(user, procedure), Q(procedure=procedure.code)
        if reach.whole:
            whole[reach.whole] = whole.get(reach.whole, Q()) | mine
        if reach.party and reach.party != reach.whole:
            told = mine & told_to_party(procedure)
            party[reach.party] = party.get(reach.party, Q()) | told
    wanted = Q(pk__in=[])
    for scope, condition in (*whole.items(), *party.items()):
        wanted |= scope.condition(Matter) & condition
    return Matter.objects.filter(wanted)


def seen_procedures(user: Any) -> list[Procedure]:
    """The procedures of which somebody may look at matters at all, each in its newest edition."""
    return [each for each in newest() if reach_in(user, each)]


def found_by(user: Any) -> Seen:
    """The matters somebody may find by searching."""
    scopes = [reach_in(user, each).whole for each in newest()]
    if scopes and all(scope.city for scope in scopes):
        return Seen(None)
    return Seen(seen_by(user), is_narrow=not any(each.city or each.towns for each in scopes))


def looks_as_party(user: Any) -> bool:
    """Whether somebody looks at any procedure's matters from outside the bureau alone."""
    reaches = (reach_in(user, each) for each in newest())
    return any(each.party and not each.whole for each in reaches)


def may_view(user: Any, matter: Matter) -> bool:
    """Whether this one may be looked at; two queries at most."""
    procedure = {each.code: each for each in newest()}.get(matter.procedure)
    if procedure is None:
        return False
    reach = reach_in(user, procedure)
    return reach.whole.covers(matter) or (
        reach.party.covers(matter) and is_told(procedure, matter.pk)
    )


def sees_whole(whole: Scope, matter: Matter) -> bool:
    """Whether a matter lies within; no query where its party was read along."""
    if whole.city or matter.town_id in whole.towns:
        return True
    path = matter.party.path if whole.paths and matter.party is not None else ""
    return any(path.startswith(each) for each in whole.paths) if path else False


def is_told(procedure: Procedure, matter: int) -> bool:
    """Whether the party of a matter has learned of it; no query where it does at once."""
    if procedure.party is not None and not procedure.party.since:
        return True
    return Matter.objects.filter(told_to_party(procedure), pk=matter).exists()


def told_to_party(procedure: Procedure) -> Q:
    """The matters of which their party has learned: a step of ``since`` was taken, or another room says so (a
    document was served); all for a view without ``since``, none without a view."""
    view = procedure.party
    if view is None:
        return Q(pk__in=[])
    if not view.since:
        return Q()
    taken = MatterEvent.objects.filter(matter=OuterRef("pk"), step__in=view.since).order_by()
    told = Q(Exists(taken))
    for condition in _told:
        told |= condition(view)
    return told


def also_told(condition: Told) -> None:
    """A party learns of a matter by this too. Registering the same again changes nothing."""
    if condition not in _told:
        _told.append(condition)
