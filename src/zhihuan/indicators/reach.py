"""Whose acts somebody sees counted, and which of their matters they may open."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q, QuerySet

from zhihuan.bureau.matters.catalogue import newest
from zhihuan.bureau.matters.rights import view_permission
from zhihuan.bureau.people.scope import Scope
from zhihuan.indicators.actions import VIEW
from zhihuan.indicators.models import CountedAct

__all__ = ["ScopeOf", "acts_within", "may_open"]

#: From a permission to where somebody may do it: ``partial(scope_of, user)``, ``caller.scope``.
ScopeOf = Callable[[str], Scope]


def acts_within(scope: ScopeOf) -> QuerySet[CountedAct]:
    """The rows that count for this reader."""
    return scope(VIEW).filter(CountedAct.objects.all())


def may_open(scope: ScopeOf) -> Q:
    """On counted acts: their matter may be looked at."""
    by_scope: dict[Scope, list[str]] = {}
    for procedure in newest():
        if theirs := scope(view_permission(procedure)):
            by_scope.setdefault(theirs, []).append(procedure.code)
    wanted = Q(pk__in=[])
    for theirs, codes in by_scope.items():
        wanted |= Q(procedure__in=codes) & theirs.condition(CountedAct)
    return wanted
