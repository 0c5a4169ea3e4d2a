"""Load a year's notice of working days, and move what it moves.

Every running clock that may end in that year or later is reckoned anew in the same transaction. Steps
wait meanwhile, so that none reckons by the old calendar and is missed: on PostgreSQL the table of
matters is locked against them; SQLite has one writer at a time anyway.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.clock import WorkCalendar
from zhihuan.bureau.clock.work_calendar import parse_year
from zhihuan.bureau.matters.engine.calendar import calendar_as_of, the_calendar
from zhihuan.bureau.matters.engine.effects import follow_moved
from zhihuan.bureau.matters.engine.moving import MovedClock, moved_clocks, with_history
from zhihuan.bureau.matters.models import LoadedYear, Matter, RunningClock

__all__ = ["MovedClock", "load_year"]

_PORTION = 500


@transaction.atomic
def load_year(text: str, actor: Any) -> list[MovedClock]:
    """Load a year's notice; the running clocks whose last day moved.

    Raises CalendarRefusedError for a list that cannot be right, or leaves a hole between years.
    """
    notice = parse_year(text)
    _make_steps_wait()
    the_calendar().with_year(notice)
    now = timezone.now()
    LoadedYear.objects.update_or_create(
        year=notice.year, defaults={"text": text, "loaded_by": actor, "loaded_at": now}
    )
    moved = list(_reckoned_anew(notice.year, calendar_as_of(now)))
    record("calendar.load", f"year:{notice.year}", actor=actor, clocks=len(moved))
    follow_moved({each.clock.matter_id for each in moved})
    return moved


def _make_steps_wait() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Matter._meta.db_table} IN EXCLUSIVE MODE")


def _reckoned_anew(year: int, calendar: WorkCalendar) -> Iterator[MovedClock]:
    """Each that may end in the year or later and does not stand still, saved; those that moved."""
    concerned = RunningClock.objects.filter(
        Q(last_day__gte=date(year, 1, 1)) | Q(provisional=True),
        outcome=RunningClock.Outcome.RUNNING,
        due_at__isnull=False,
    )
    last = 0
    while portion := list(with_history(concerned.filter(pk__gt=last))[:_PORTION]):
        last = portion[-1].pk
        yield from moved_clocks(portion, calendar)
