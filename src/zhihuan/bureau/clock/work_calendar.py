"""Which days are worked: the State Council's yearly notice, make-up days included.

The notice for a year comes out around November of the year before. Beyond the last published year
a calendar still answers, by weekends alone, and says that its answer is provisional; loading the
missing year (``with_year``) gives another calendar. It never guesses a holiday.

Published years come from the package ``chinesecalendar``. A city that has the notice before the
package has it loads a file (``parse_year``).
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import chinese_calendar

from zhihuan.bureau.clock.errors import CalendarRefusedError

__all__ = ["WorkCalendar", "YearNotice", "parse_year", "published_calendar"]

_YEARS_AHEAD = 40  # past any period of the law, extended
_SATURDAY = 5
_WORDS = {"放假": False, "休": False, "补班": True, "班": True}
_MOST_EXCEPTIONS = 60  # a notice has some thirty; the years of 2020 did not reach fifty


@dataclass(frozen=True, slots=True)
class YearNotice:
    """What one year's notice says against the week: weekdays off, and weekend days worked. Weekend
    days given as off are left out, for they are off anyway."""

    year: int
    off: frozenset[date]
    worked: frozenset[date]

    def __post_init__(self) -> None:
        strange = sorted(day for day in self.off | self.worked if day.year != self.year)
        if strange:
            raise CalendarRefusedError(f"{strange[0]} does not lie in {self.year}")
        if both := sorted(self.off & self.worked):
            raise CalendarRefusedError(
                f"{both[0]} is given as worked and as off; strike one of them"
            )
        object.__setattr__(
            self, "off", frozenset(day for day in self.off if day.weekday() < _SATURDAY)
        )
        idle = sorted(day for day in self.worked if day.weekday() < _SATURDAY)
        if idle:
            raise CalendarRefusedError(
                f"{idle[0]} is a weekday and needs no make-up work; check the date"
            )
        if not self.off:
            raise CalendarRefusedError(f"{self.year} has no weekday off: the list is not a notice")
        if len(self.off | self.worked) > _MOST_EXCEPTIONS:
            raise CalendarRefusedError(
                f"{self.year} has {len(self.off | self.worked)} exceptions; list only what differs "
                "from the week"
            )

    def works(self, day: date) -> bool:
        """Whether ``day`` of this year is worked."""
        return day in self.worked or (day.weekday() < _SATURDAY and day not in self.off)


@dataclass(frozen=True)
class WorkCalendar:
    """Working days of the years of ``notices`` and, provisionally, of some years after them.

    The years must follow one another without a hole. Answers for days before the first year raise
    CalendarRefusedError. Equal calendars have equal notices.
    """

    notices: Mapping[int, YearNotice]
    _worked: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        years = sorted(self.notices)
        if not years or years != list(range(years[0], years[-1] + 1)):
            raise CalendarRefusedError(f"the years of a calendar follow one another; here: {years}")
        object.__setattr__(self, "_worked", [day.toordinal() for day in self._all_worked()])

    @property
    def first_day(self) -> date:
        """The first day it knows."""
        return date(min(self.notices), 1, 1)

    @property
    def known_until(self) -> date:
        """The last day whose notice is published."""
        return date(max(self.notices), 12, 31)

    def works(self, day: date) -> bool:
        """Whether ``day`` is worked (provisionally after ``known_until``)."""
        place = bisect_left(self._worked, self._checked(day))
        return place < len(self._worked) and self._worked[place] == day.toordinal()

    def worked_after(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``; ``day`` itself is not counted."""
        return self._at(bisect_right(self._worked, self._checked(day)) + count - 1)

    def worked_before(self, day: date, count: int) -> date:
        """The ``count``-th working day before ``day``."""
        place = bisect_left(self._worked, self._checked(day)) - count
        if place < 0:
            raise CalendarRefusedError(
                f"{count} working days before {day} lie before {self.first_day}"
            )
        return date.fromordinal(self._worked[place])

    def worked_within(self, after: date, until: date) -> int:
        """How many working days lie after ``after`` and not after ``until``; 0 when none can."""
        if until <= after:
            return 0
        first = bisect_right(self._worked, self._checked(after))
        return bisect_right(self._worked, self._checked(until)) - first

    def on_or_after(self, day: date) -> date:
        """``day`` if it is worked, else the next working day."""
        return self._at(bisect_left(self._worked, self._checked(day)))

    def on_or_before(self, day: date) -> date:
        """``day`` if it is worked, else the working day before."""
        return self.worked_before(day + timedelta(days=1), 1)

    def with_year(self, notice: YearNotice) -> WorkCalendar:
        """The calendar with this year put in or replaced."""
        return WorkCalendar({**self.notices, notice.year: notice})

    def _all_worked(self) -> Iterable[date]:
        day, end = self.first_day, date(self.known_until.year + _YEARS_AHEAD, 12, 31)
        while day <= end:
            notice = self.notices.get(day.year)
            if notice.works(day) if notice else day.weekday() < _SATURDAY:
                yield day
            day += timedelta(days=1)

    def _at(self, place: int) -> date:
        if place >= len(self._worked):
            raise CalendarRefusedError(
                f"that lies more than {_YEARS_AHEAD} years after {self.known_until}, the last day "
                "with a published calendar; load newer years"
            )
        return date.fromordinal(self._worked[place])

    def _checked(self, day: date) -> int:
        if day < self.first_day:
            raise CalendarRefusedError(
                f"{day} lies before {self.first_day}, where this calendar begins"
            )
        return day.toordinal()


@cache
def published_calendar() -> WorkCalendar:
    """All years the installed ``chinesecalendar`` knows."""
    off, worked = chinese_calendar.holidays, chinese_calendar.workdays
    years = range(min(off).year, max(off).year + 1)
    return WorkCalendar({year: _notice(year, off, worked) for year in years})


def _notice(year: int, off: Iterable[date], worked: Iterable[date]) -> YearNotice:
    return YearNotice(
        year,
        frozenset(day for day in off if day.year == year),
        frozenset(day for day in worked if day.year == year and day.weekday() >= _SATURDAY),
    )


def parse_year(text: str) -> YearNotice:
    """A year's notice from CSV with the columns ``date`` (2027-02-06) and ``status`` (放假 or 补班).

    Other columns are passed over. Raises CalendarRefusedError naming line and remedy.
    """
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    if not rows or not {"date", "status"} <= set(rows[0]):
        raise CalendarRefusedError("the first line must name the columns date and status")
    given = {_day(number, row): _works(number, row) for number, row in enumerate(rows, start=2)}
    if len(given) < len(rows):
        raise CalendarRefusedError("a date stands in the list twice; keep one line of it")
    return YearNotice(
        min(given).year,
        frozenset(day for day, works in given.items() if not works),
        frozenset(day for day, works in given.items() if works),
    )


def _day(number: int, row: Mapping[str, str | None]) -> date:
    try:
        return date.fromisoformat((row["date"] or "").strip())
    except ValueError:
        raise CalendarRefusedError(
            f"line {number}: {row['date']!r} is no date; write it as 2027-02-06"
        ) from None


def _works(number: int, row: Mapping[str, str | None]) -> bool:
    status = (row["status"] or "").strip()
    for word, works in _WORDS.items():
        if word in status:
            return works
    raise CalendarRefusedError(f"line {number}: status {status!r} is neither 放假 nor 补班")
