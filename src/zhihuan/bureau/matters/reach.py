"""Which matters somebody may look at: every procedure has its own right to look, with its own reach."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from zhihuan.bureau.matters.catalogue import newest
from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.matters.rights import view_permission
from zhihuan.bureau.people.scope import Scope, scope_of
from zhihuan.bureau.search.declaration import Seen

__all__ = ["found_by", "may_view", "seen_by", "seen_procedures"]


def seen_by(user: Any, procedures: list[Procedure] | None = None) -> QuerySet[Matter]:
    """The matters of these procedures (None: of all) that lie within the reader's reach."""
    by_scope: dict[Scope, list[str]] = {}
    for procedure in newest() if procedures is None else procedures:
        if scope := scope_of(user, view_permission(procedure)):
            by_scope.setdefault(scope, []).append(procedure.code)
    wanted = Q(pk__in=[])
    for scope, codes in by_scope.items():
        wanted |= Q(procedure__in=codes) & scope.condition(Matter)
    return Matter.objects.filter(wanted)


def seen_procedures(user: Any) -> list[Procedure]:
    """The procedures of which somebody may look at matters at all, each in its newest edition."""
    return [each for each in newest() if scope_of(user, view_permission(each))]


def found_by(user: Any) -> Seen:
    """The matters somebody may find by searching."""
    scopes = [scope_of(user, view_permission(each)) for each in newest()]
    if scopes and all(scope.city for scope in scopes):
        return Seen(None)
    return Seen(seen_by(user), is_narrow=not any(each.city or each.towns for each in scopes))


def may_view(user: Any, matter: Matter) -> bool:
    """Whether this one may be looked at; one query at most."""
    known = {each.code: each for each in newest()}
    procedure = known.get(matter.procedure)
    return procedure is not None and scope_of(user, view_permission(procedure)).covers(matter)
