"""How a clock stands now: what is left of it, and whether somebody should be told.

The law says when a period ends. When to warn before is the bureau's own rule, so it is a parameter
(``WARNINGS``) and cites nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.clock.reckoning import Due
from zhihuan.bureau.clock.work_calendar import WorkCalendar

__all__ = ["WARNINGS", "Light", "Standing", "standing", "warning_days"]

# Periods of at least so many days (from start to last day) warn so many working days before.
WARNINGS: tuple[tuple[int, tuple[int, ...]], ...] = (
    (60, (10, 5, 2)),
    (20, (5, 2)),
    (5, (2, 1)),
    (0, (1,)),
)
_LATE_HOURS = timedelta(hours=8)


class Light(IntEnum):
    """The greater, the more urgent."""

    STILL = 0
    CALM = 1
    SOON = 2
    TODAY = 3
    OVERDUE = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """working_days_left: whole working days after today up to the last day; below zero: worked days
    since it ended; None while it stands still."""

    light: Light
    working_days_left: int | None


def standing(due: Due, now: datetime, started: datetime, calendar: WorkCalendar) -> Standing:
    """How the clock stands at ``now`` (aware)."""
    if due.at is None or due.last_day is None:
        return Standing(Light.STILL, None)
    today = beijing_day(now)
    left = calendar.worked_within(today, due.last_day) - calendar.worked_within(due.last_day, today)
    if now >= due.at:
        return Standing(Light.OVERDUE, left)
    if today >= due.last_day or due.at - now <= _LATE_HOURS:
        return Standing(Light.TODAY, left)
    soon = today >= min(warning_days(due, started, calendar))
    return Standing(Light.SOON if soon else Light.CALM, left)


def warning_days(due: Due, started: datetime, calendar: WorkCalendar) -> tuple[date, ...]:
    """The days on which to warn, earliest first; () while it stands still. Never before the start."""
    if due.last_day is None:
        return ()
    begun = beijing_day(started)
    length = (due.last_day - begun).days
    counts = next(counts for least, counts in WARNINGS if length >= least)
    days = {max(begun, calendar.worked_before(due.last_day, count)) for count in counts}
    return tuple(sorted(days))
