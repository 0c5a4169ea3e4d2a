"""Moves to-dos up when their warning time begins."""

from __future__ import annotations

from datetime import datetime

from zhihuan.bureau.inbox.models import ToDo
from zhihuan.bureau.inbox.risk import Stage

__all__ = ["move_up"]

_PORTION = 5_000


def move_up(now: datetime) -> int:
    """Those whose warning time has begun at ``now`` become PRESSING; how many. Harmless to repeat."""
    moved = 0
    while keys := list(
        ToDo.objects.filter(warn_at__lte=now)
        .order_by("warn_at")
        .values_list("pk", flat=True)[:_PORTION]
    ):
        moved += ToDo.objects.filter(pk__in=keys).update(stage=Stage.PRESSING, warn_at=None)
    return moved
