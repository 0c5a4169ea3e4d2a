"""Running clocks whose end is reckoned anew without a step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from zhihuan.bureau.clock import ClockError, WorkCalendar
from zhihuan.bureau.matters.engine.clocks import REACHED, reckoned
from zhihuan.bureau.matters.engine.next_due import copy_next_due
from zhihuan.bureau.matters.engine.summing import sums_moving
from zhihuan.bureau.matters.models import Matter, RunningClock

Left = Callable[[RunningClock, ClockError], None]

__all__ = ["MovedClock", "moved_clocks", "with_history"]


@dataclass(frozen=True, slots=True)
class MovedClock:
    """A running clock as it is now, and the last day it had before (None: it stood still)."""

    clock: RunningClock
    before: date | None


def with_history(rows: QuerySet[RunningClock]) -> QuerySet[RunningClock]:
    """The rows with all that ``reckoned`` asks of them read along, by key."""
    ordered = rows.order_by("pk").select_related("started", "matter")
    return ordered.prefetch_related("marks__event")


def moved_clocks(
    rows: Sequence[RunningClock], calendar: WorkCalendar, left: Left | None = None
) -> list[MovedClock]:
    """Have these reckoned anew and those that changed saved; those with another last day. rows: ``with_history``, of
    matters that are locked. left: told of each that cannot be reckoned and stays as it was; None: ClockError is raised
    for it and nothing is saved. A fixed number of queries; whoever follows (``effects.follow_moved``) is not called.
    """
    before = {row.pk: row.last_day for row in rows}
    changed = [row for row in rows if _is_moved(row, calendar, left)]
    if not changed:
        return []
    matters = {row.matter_id for row in changed}
    with sums_moving(matters):
        RunningClock.objects.bulk_update(changed, REACHED)
    copy_next_due(Matter.objects.filter(pk__in=matters))
    found = [MovedClock(row, before[row.pk]) for row in changed]
    return [each for each in found if each.clock.last_day != each.before]


def _is_moved(row: RunningClock, calendar: WorkCalendar, left: Left | None) -> bool:
    before = _end_of(row)
    try:
        return _end_of(reckoned(row, calendar)) != before
    except ClockError as error:
        if left is None:
            raise
        left(row, error)
        return False


def _end_of(row: RunningClock) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in REACHED)
