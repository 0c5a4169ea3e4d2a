"""The calendar of working days of this installation: the published years and those the city loaded."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from django.db.models import QuerySet, Subquery

from zhihuan.bureau.clock import WorkCalendar, published_calendar
from zhihuan.bureau.clock.work_calendar import parse_year
from zhihuan.bureau.matters.models import LoadedYear
from zhihuan.bureau.people.built_once import ask

__all__ = ["calendar_as_of", "newest_load", "the_calendar"]


def the_calendar() -> WorkCalendar:
    """The calendar of this moment; one query."""
    rows = ask("newest load", lambda: _loads().values_list("loaded_at")[:1])
    return calendar_as_of(rows[0][0] if rows else None)


def newest_load() -> Subquery:
    """When a year was loaded last, to be asked along with something else: for ``calendar_as_of``."""
    return Subquery(_loads().values("loaded_at")[:1])


def _loads() -> QuerySet[LoadedYear]:
    """The newest first."""
    return LoadedYear.objects.order_by("-loaded_at")


@lru_cache(maxsize=2)
def calendar_as_of(loaded_at: datetime | None) -> WorkCalendar:
    """The calendar after the load of that moment, kept: it is the same until the next. None: nothing
    was loaded yet."""
    calendar = published_calendar()
    if loaded_at is None:
        return calendar
    for row in LoadedYear.objects.order_by("year"):
        calendar = calendar.with_year(parse_year(row.text))
    return calendar
