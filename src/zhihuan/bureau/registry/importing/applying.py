"""Carry a plan out: one change set, one transaction, undoable as a whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.events.emitting import emit
from zhihuan.bureau.events.kinds import EventKind
from zhihuan.bureau.events.models import Event
from zhihuan.bureau.history.changing import changing
from zhihuan.bureau.history.models import ChangeSet
from zhihuan.bureau.registry.importing.plan import Plan

IMPORTED = EventKind(
    "registry.imported", _("档案导入完成"), "A file was imported into the registry, as one act."
)
_PORTION = 500


def apply_plan(
    plan: Plan,
    user: Any,
    *,
    source: str,
    why: str = "",
    tell: Callable[[int, int], None] | None = None,
) -> ChangeSet:
    """Create and change what the plan says; rows with problems stay out. All or nothing."""
    total, done = len(plan.create) + len(plan.update), 0
    with changing(user, kind=ChangeSet.Kind.IMPORT, why=why, source=source) as changes:
        for start in range(0, len(plan.create), _PORTION):
            rows = [each.record for each in plan.create[start : start + _PORTION]]
            changes.create_many(rows)
            done += len(rows)
            if tell:
                tell(done, total)
        for start in range(0, len(plan.update), _PORTION):
            portion = plan.update[start : start + _PORTION]
            changes.update_many([(each.record, each.before or {}) for each in portion])
            done += len(portion)
            if tell:
                tell(done, total)
        record(
            "registry.import",
            f"{plan.sheet.code}:{source}",
            actor=user,
            created=len(plan.create),
            changed=len(plan.update),
            refused=plan.refused,
        )
        emit(IMPORTED.code, lambda: [_told(plan, changes.change_set, source)])
    return changes.change_set


def _told(plan: Plan, act: ChangeSet, source: str) -> Event:
    """For those who reach the whole city: a file may touch any town."""
    return Event(
        kind=IMPORTED.code,
        subject=f"change_set:{act.pk}",
        permission="registry.view_enterprise",
        data={
            "sheet": plan.sheet.code,
            "file": source,
            "created": len(plan.create),
            "changed": len(plan.update),
            "refused": plan.refused,
            "change_set": act.pk,
        },
    )
