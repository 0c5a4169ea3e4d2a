"""What undoing an act would set back, and what stands in its way. Looks, and changes nothing.

``past.undo`` decides again when it is done: between the look and the act somebody may have written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _

from zhihuan.bureau.history.fields import as_json
from zhihuan.bureau.history.models import Change, ChangeSet
from zhihuan.bureau.history.past import CannotUndoError, undo

#: Up to so many changes the act is tried and taken back, which finds what else would hinder it.
MOST_TRIED = 200
_PORTION = 500


@dataclass(frozen=True, slots=True)
class Reversal:
    """One change taken back: field → (as it is now, as it would be); ``conflict`` says why it cannot
    be, "" when it can. A record that would be made again or deleted has no fields."""

    change: Change
    fields: dict[str, tuple[Any, Any]]
    conflict: str = ""


def reversals(changes: Sequence[Change]) -> list[Reversal]:
    """For changes of one act, newest first; one query for each kind of record among them.

    A later change of the same act is not in the way of an earlier one: it is taken back before.
    """
    stored = _stored(changes)
    found = []
    for change in changes:
        key = (change.model, change.object_id)
        found.append(_reversal(change, stored.get(key)))
        if change.before is None:
            stored.pop(key, None)
        else:
            stored[key] = stored.get(key, {}) | change.before
    return found


def hindrance(change_set: ChangeSet, actor: Any) -> str:
    """What would hinder the undoing of a small act as a whole, by trying; "" for nothing, and for an
    act with too many changes to try."""
    if change_set.changes.count() > MOST_TRIED:
        return ""
    try:
        with transaction.atomic():
            undo(change_set, actor)
            transaction.set_rollback(True)
    except CannotUndoError as error:
        return str(error)
    return ""


def _reversal(change: Change, now: dict[str, Any] | None) -> Reversal:
    if change.after is None:
        conflict = _("记录已重新登记") if now is not None else ""
        return Reversal(change, {}, conflict)
    if now is None:
        return Reversal(change, {}, _("记录已不存在"))
    changed = {name for name, value in change.after.items() if now.get(name) != value}
    conflict = _("之后又被修改") if changed else ""
    back = change.before or {}
    return Reversal(change, {name: (now.get(name), back[name]) for name in back}, conflict)


def _stored(changes: Iterable[Change]) -> dict[tuple[str, str], dict[str, Any]]:
    """The records as the database has them, by model and key."""
    wanted: dict[str, set[str]] = {}
    for change in changes:
        wanted.setdefault(change.model, set()).add(change.object_id)
    found = {}
    for label, keys in wanted.items():
        model, ordered = apps.get_model(label), sorted(keys)
        for start in range(0, len(ordered), _PORTION):
            rows = model._default_manager.filter(pk__in=ordered[start : start + _PORTION])
            found |= {(label, str(row.pk)): as_json(row) for row in rows}
    return found
