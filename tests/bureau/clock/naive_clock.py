"""A second, naive reckoning: it walks day by day and asks for each whether it counts.

Written from the text of the law, not from the code under test: it shares no line with it, knows no
arrays and no intervals, and takes working days from ``chinese_calendar`` itself.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache

import chinese_calendar

DAY = timedelta(days=1)


@lru_cache(maxsize=20_000)
def is_worked(day: date) -> bool:
    """By the notice; by the week where there is none yet."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.isoweekday() <= 5


@dataclass
class Walk:
    """start: the day of the event. parts: (number, unit), the granted extensions behind the period.
    stops: pairs of days; the second None while it goes on."""

    start: date
    parts: list[tuple[int, str]]
    stops: list[tuple[date, date | None]] = field(default_factory=list)
    rolls: bool = True

    def last_day(self) -> date | None:
        day: date | None = self.start
        for number, unit in self._grouped():
            day = self._walk(day, self._days_of(day, number, unit), unit)
            if day is None:
                return None
        return self._roll(day) if self.rolls else day

    def _grouped(self) -> list[tuple[int, str]]:
        grouped: list[tuple[int, str]] = []
        for number, unit in self.parts:
            if grouped and grouped[-1][1] == unit:
                grouped[-1] = (grouped[-1][0] + number, unit)
            else:
                grouped.append((number, unit))
        return grouped

    def _days_of(self, start: date, number: int, unit: str) -> int:
        """How many days must count."""
        if unit in {"working_day", "calendar_day"}:
            return number
        month = start
        for _ in range(number * (12 if unit == "year" else 1)):
            month = (month.replace(day=28) + 4 * DAY).replace(day=1)
        last = calendar.monthrange(month.year, month.month)[1]
        return (month.replace(day=min(start.day, last)) - start).days

    def _walk(self, day: date, left: int, unit: str) -> date | None:
        for _ in range(20_000):
            if left == 0:
                return day
            if self._stopped_for_good(day):
                return None
            day += DAY
            if not self._stopped(day) and (unit != "working_day" or is_worked(day)):
                left -= 1
        raise AssertionError("walked for 50 years")

    def _roll(self, end: date) -> date | None:
        day = end
        while not is_worked(day) or self._stopped_since(end, day):
            if any(until is None and end <= since < day for since, until in self.stops):
                return None
            day += DAY
        return day

    def _stopped(self, day: date) -> bool:
        return any(since < day and (until is None or day <= until) for since, until in self.stops)

    def _stopped_for_good(self, day: date) -> bool:
        return any(until is None and since <= day for since, until in self.stops)

    def _stopped_since(self, end: date, day: date) -> bool:
        """By a standstill that began when the days had run out, but not the period."""
        return any(
            end <= since < day and (until is None or day <= until) for since, until in self.stops
        )


def due_after_hours(
    start: datetime, hours: int, stops: list[tuple[datetime, datetime | None]]
) -> datetime | None:
    """Minute by minute."""
    minute, at, left = timedelta(minutes=1), start, hours * 60
    while left:
        if any(until is None and since <= at for since, until in stops):
            return None
        stopped = any(since <= at and (until is None or at < until) for since, until in stops)
        at += minute
        left -= 0 if stopped else 1
    return at
