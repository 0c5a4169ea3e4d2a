"""Spans of days that figures are told for: a year, a quarter, a month, and the same span a year before.

    Period.parse("2026"), Period.parse("2026-Q3"), Period.parse("2026-09")

Days are of Beijing, both ends included.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["Period"]

_FORM = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?:-?Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?")  # fmt: skip


_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Period:
    """From ``first`` to ``last``, a year at most."""

    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> Period:
        """ValueError for what is no year, quarter or month between 1900 and 2099."""
        found = _FORM.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} is no period: 2026, 2026-Q3 or 2026-09")
        year, quarter, month = int(found["year"]), found["quarter"], found["month"]
        if quarter:
            return cls._months(year, 3 * int(quarter) - 2, 3 * int(quarter))
        return cls._months(year, int(month), int(month)) if month else cls._months(year, 1, 12)

    @classmethod
    def _months(cls, year: int, first: int, last: int) -> Period:
        return cls(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))

    def until(self, day: date) -> Period:
        """As much of it as is over on that day; one that has not begun is left as it is."""
        return Period(self.first, min(self.last, day)) if day >= self.first else self

    @property
    def year_before(self) -> Period:
        """The same days a year earlier; the 29th of February becomes the 28th, and a whole month stays whole."""
        first, last = _year_earlier(self.first), _year_earlier(self.last)
        month_ends = self.last.day == calendar.monthrange(self.last.year, self.last.month)[1]
        if month_ends:
            last = last.replace(day=calendar.monthrange(last.year, last.month)[1])
        return Period(first, last)

    @property
    def whole_months(self) -> list[Period]:
        """The whole months in it, as one span; none where there is no whole one."""
        begun = self.first if self.first.day == 1 else _next_month(self.first)
        ended = (self.last + _DAY).replace(day=1)
        return [Period(begun, ended - _DAY)] if begun < ended else []

    @property
    def ends(self) -> list[Period]:
        """The days of it before and behind the whole months."""
        if not (whole := self.whole_months):
            return [self]
        before, behind = (
            Period(self.first, whole[0].first - _DAY),
            Period(whole[0].last + _DAY, self.last),
        )
        return [each for each in (before, behind) if each.first <= each.last]

    def months(self) -> list[tuple[int, int]]:
        """(year, month) of each month it touches."""
        begun, ended = (each.year * 12 + each.month - 1 for each in (self.first, self.last))
        return [(each // 12, each % 12 + 1) for each in range(begun, ended + 1)]


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(4)).replace(day=1)


def _year_earlier(day: date) -> date:
    most = calendar.monthrange(day.year - 1, day.month)[1]
    return day.replace(year=day.year - 1, day=min(day.day, most))
