"""Which acts somebody sees, and which they may undo.

An act is seen where one of its changes lies in a file within reach; of what belongs to no enterprise
(rivers, public stations) by those who reach the city. It is undone only as a whole.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from zhihuan.bureau.history.models import Change, ChangeSet
from zhihuan.bureau.people.scope import Scope, scope_of
from zhihuan.bureau.registry.models import Enterprise
from zhihuan.web.registry.nouns import noun_of_model

VIEW, UNDO = "registry.view_changes", "registry.undo_changes"
_REGISTRY = "registry."


def changes_within(user: Any, permission: str = VIEW) -> QuerySet[Change]:
    """The changes of the registry that the reader may see, within acts of which others lie outside."""
    return _in_files(Change.objects.filter(model__startswith=_REGISTRY), scope_of(user, permission))


def acts_within(user: Any) -> QuerySet[ChangeSet]:
    """The acts with at least one such change."""
    return ChangeSet.objects.filter(pk__in=changes_within(user).order_by().values("change_set"))


def may_undo(user: Any, act: ChangeSet) -> bool:
    """Whether every change of the act lies where the reader may undo, and may change such records."""
    of_it = act.changes.order_by()
    if of_it.exclude(model__startswith=_REGISTRY).exists():
        return False
    return all(
        _all_within(of_it.filter(model=label), _reach(user, label))
        for label in of_it.values_list("model", flat=True).distinct()
    )


def _reach(user: Any, label: str) -> list[Scope]:
    noun = noun_of_model(label)
    change = [noun.change] if noun is not None and noun.change else []
    return [scope_of(user, permission) for permission in (UNDO, *change)]


def _all_within(changes: QuerySet[Change], scopes: list[Scope]) -> bool:
    total = changes.count()
    return all(scope and _in_files(changes, scope).count() == total for scope in scopes)


def _in_files(changes: QuerySet[Change], scope: Scope) -> QuerySet[Change]:
    if scope.city:
        return changes
    if not scope:
        return changes.none()
    files = scope.filter(Enterprise.objects.all()).order_by().values("pk")
    return changes.filter(Q(about_id__in=files))
