"""Carry a plan out: one change set, one transaction, undoable as a whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.history.changing import changing
from zhihuan.bureau.history.models import ChangeSet
from zhihuan.bureau.registry.importing.plan import Plan

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
    return changes.change_set
