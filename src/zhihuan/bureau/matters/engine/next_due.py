"""The end that comes first among the running clocks of a matter, copied onto its row, so that lists of a million
are ordered by an index. Call it in the transaction that moved the clocks."""

from __future__ import annotations

from django.db.models import Min, OuterRef, QuerySet, Subquery

from zhihuan.bureau.matters.models import Matter, RunningClock

__all__ = ["copy_next_due"]


def copy_next_due(matters: QuerySet[Matter]) -> None:
    """One update. None for a matter whose clocks all stand still, and for one that has none."""
    running = RunningClock.objects.filter(
        matter=OuterRef("pk"), outcome=RunningClock.Outcome.RUNNING
    )
    first = running.order_by().values("matter").annotate(first=Min("due_at")).values("first")
    matters.update(next_due_at=Subquery(first))
