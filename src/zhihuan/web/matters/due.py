"""How the clocks of a matter stand now, for people: the next one due, in working days and words.

Reckons nothing anew: what the engine keeps of a clock is read, and days are counted by the calendar of
this installation, read once a page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils import timezone

from zhihuan.bureau.clock import Due, Light, Standing, WorkCalendar, standing
from zhihuan.bureau.matters.engine.calendar import the_calendar
from zhihuan.bureau.matters.models import RunningClock
from zhihuan.web.components.clock import Clock

__all__ = ["Today", "next_due", "running_along", "runs"]


_OWN = [field.attname for field in RunningClock._meta.concrete_fields]


@dataclass(frozen=True, slots=True)
class Today:
    """The moment of looking, aware, and the calendar to count by."""

    now: dt.datetime
    calendar: WorkCalendar

    @classmethod
    def look(cls) -> Today:
        """This moment; one query for the calendar."""
        return cls(timezone.now(), the_calendar())

    @property
    def day(self) -> dt.date:
        """Today in Beijing."""
        return timezone.localdate(self.now)

    def standing_of(self, row: RunningClock) -> Standing:
        """How a running clock stands; its ``started`` must have been read along."""
        due = Due(row.last_day, row.due_at, row.provisional, ())
        return standing(due, self.now, row.began_at, self.calendar)

    def chip(self, row: RunningClock | None, basis: str = "") -> Clock:
        """A running clock as its chip shows it; None: nothing is due."""
        if row is None:
            return Clock()
        stands = self.standing_of(row)
        return Clock(
            due=row.last_day,
            days_left=stands.working_days_left,
            suspended=stands.light is Light.STILL,
            overdue=stands.light is Light.OVERDUE,
            near=stands.light in {Light.SOON, Light.TODAY},
            provisional=row.provisional,
            basis=basis,
            today=self.day,
        )


def running_along() -> Prefetch[str]:
    """The running clocks of matters, read along as ``running``. Of the event that started one its moment alone: what
    was said then, and who signed, would be decoded for every row of a list."""
    rows = RunningClock.objects.filter(outcome=RunningClock.Outcome.RUNNING)
    begun = rows.select_related("started").only(*_OWN, "started__at")
    return Prefetch("clocks", begun, to_attr="running")


def runs(row: RunningClock) -> bool:
    """Whether the clock has not ended."""
    return row.outcome == RunningClock.Outcome.RUNNING


def next_due(rows: Iterable[RunningClock]) -> RunningClock | None:
    """Of the running ones the first due; one that stands still only when nothing else runs."""
    running = [row for row in rows if runs(row)]
    ticking = [row for row in running if row.due_at is not None]
    return min(ticking, key=lambda row: row.due_at, default=running[0] if running else None)
