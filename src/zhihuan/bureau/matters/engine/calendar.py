"""The calendar of working days of this installation: the published years and those the city loaded."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from django.db.models import Max, Subquery

from zhihuan.bureau.clock import WorkCalendar, published_calendar
from zhihuan.bureau.clock.work_calendar import parse_year
from zhihuan.bureau.matters.models import LoadedYear

__all__ = ["calendar_as_of", "newest_load", "the_calendar"]


def the_calendar() -> WorkCalendar:
    """The calendar of this moment; one query."""
    return calendar_as_of(LoadedYear.objects.aggregate(newest=Max("loaded_at"))["newest"])


def newest_load() -> Subquery:
    """When a year was loaded last, to be asked along with something else: for ``calendar_as_of``."""
    newest = LoadedYear.objects.order_by("-loaded_at").values("loaded_at")[:1]
    return Subquery(newest)


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
