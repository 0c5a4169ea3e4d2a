"""The calendar of this installation, and what moves when a year is loaded."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.clock import WorkCalendar, published_calendar
from zhihuan.bureau.clock.work_calendar import parse_year
from zhihuan.bureau.matters.engine.clocks import reckoned
from zhihuan.bureau.matters.models import LoadedYear, RunningClock

__all__ = ["load_year", "the_calendar"]


def the_calendar() -> WorkCalendar:
    """The published years, with those the city loaded in their place."""
    calendar = published_calendar()
    for row in LoadedYear.objects.all():
        calendar = calendar.with_year(parse_year(row.text))
    return calendar


@transaction.atomic
def load_year(text: str, actor: Any) -> list[RunningClock]:
    """Load a year's notice; the running clocks whose end moved, as they are now.

    Raises CalendarRefusedError for a list that cannot be right, or leaves a hole between years.
    """
    notice = parse_year(text)
    published_calendar().with_year(notice)
    LoadedYear.objects.update_or_create(
        year=notice.year, defaults={"text": text, "loaded_by": actor}
    )
    calendar = the_calendar()
    moved: list[RunningClock] = []
    running = RunningClock.objects.filter(outcome=RunningClock.Outcome.RUNNING, provisional=True)
    for clock in running.select_related("started").prefetch_related("marks__event").iterator(500):
        before = clock.last_day
        if reckoned(clock, calendar).last_day != before:
            moved.append(clock)
        clock.save(update_fields=["last_day", "due_at", "provisional"])
    record("calendar.load", f"year:{notice.year}", actor=actor, moved=len(moved))
    return moved
