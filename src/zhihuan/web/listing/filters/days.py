# ruff: noqa: ARG002 - all filters share one signature
"""A filter by a span of days, Beijing time, both ends included."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.web.listing.filters.filter import Filter

#: The first and last day asked for; None = open.
Span = tuple[dt.date | None, dt.date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysFilter(Filter):
    """``field`` is a date, or with ``is_moment`` a datetime. Reads ``<name>_from`` and ``<name>_to``."""

    field: str = ""
    is_moment: bool = True

    template: ClassVar[str] = "listing/_days_filter.html"

    def names(self) -> tuple[str, ...]:
        return (f"{self.name}_from", f"{self.name}_to")

    def read(self, query: QueryDict) -> Span | None:
        first, last = (_day(query.get(name, "")) for name in self.names())
        return (first, last) if first or last else None

    def narrow(self, rows: QuerySet[Any], asked: Span) -> QuerySet[Any]:
        field, (first, last) = self.field or self.name, asked
        if first:
            rows = rows.filter(**{f"{field}__gte": self._start(first)})
        if last:
            after = last + dt.timedelta(days=1)
            rows = rows.filter(**{f"{field}__lt": self._start(after)})
        return rows

    def _start(self, day: dt.date) -> dt.date:
        if not self.is_moment:
            return day
        return timezone.make_aware(dt.datetime.combine(day, dt.time.min))

    def words(self, asked: Span, inputs: dict[str, Any]) -> str:
        first, last = asked
        return f"{self.title}：{first or _('不限')} 至 {last or _('不限')}"

    def problem(self, query: QueryDict) -> str:
        for name in self.names():
            if (given := query.get(name, "").strip()) and _day(given) is None:
                return _("“%(given)s”不是日期，请按 2026-05-03 的样式填写。") % {
                    "given": given[:20]
                }
        first, last = self.read(query) or (None, None)
        if first and last and first > last:
            return _("起始日期晚于截止日期，请对调。")
        return ""

    def inputs(self, query: QueryDict, user: Any) -> dict[str, Any]:
        first, last = self.names()
        return {
            "first_name": first,
            "first": query.get(first, ""),
            "last_name": last,
            "last": query.get(last, ""),
        }


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None
