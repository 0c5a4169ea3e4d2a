"""Working days by the State Council's notices, and lists of them from files."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.bureau.clock.errors import CalendarRefusedError
from zhihuan.bureau.clock.work_calendar import (
    WorkCalendar,
    YearNotice,
    parse_year,
    published_calendar,
)

DAYS = st.dates(date(2004, 2, 1), date(2026, 12, 31))
GOOD = "date,weekday,status\n2027-02-05,五,放假\n2027-01-31,日,工作日(补班)\n"


def test_every_published_day_is_what_the_notice_says() -> None:
    day, calendar = date(2004, 1, 1), published_calendar()
    while day <= calendar.known_until:
        assert calendar.works(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


@pytest.mark.shared
def test_the_list_of_2026_agrees(shared: Path) -> None:
    path = shared / "data" / "procedures" / "workday_exceptions_2026.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8-sig")))
    assert len(rows) > 20
    assert parse_year(path.read_text(encoding="utf-8")) == published_calendar().notices[2026]


@given(DAYS, st.integers(1, 200))
def test_forwards_and_back_meet(day: date, count: int) -> None:
    calendar = published_calendar()
    after = calendar.worked_after(day, count)
    assert calendar.worked_within(day, after) == count
    assert calendar.works(after)
    assert calendar.worked_before(after, count) <= day or not calendar.works(day)


@given(DAYS)
def test_rolling_stays_when_worked_and_moves_otherwise(day: date) -> None:
    calendar = published_calendar()
    rolled = calendar.on_or_after(day)
    assert (rolled == day) == calendar.works(day)
    assert calendar.worked_within(day, rolled) == (0 if rolled == day else 1)


def test_a_file_gives_a_year() -> None:
    notice = parse_year(GOOD)
    assert notice == YearNotice(2027, frozenset({date(2027, 2, 5)}), frozenset({date(2027, 1, 31)}))
    longer = published_calendar().with_year(notice)
    assert longer.known_until == date(2027, 12, 31)
    assert longer.works(date(2027, 1, 31))
    assert not longer.works(date(2027, 2, 5))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "must name the columns"),
        ("day,what\n2027-02-05,放假\n", "must name the columns"),
        ("date,status\n5.2.2027,放假\n", "line 2: '5.2.2027' is no date"),
        ("date,status\n2027-02-05,也许\n", "line 2: status '也许'"),
        (GOOD + "2027-02-05,五,放假\n", "twice"),
        (GOOD + "2028-02-05,六,放假\n", "does not lie in 2027"),
        (GOOD + "2027-02-08,一,补班\n", "is a weekday and needs no make-up"),
        ("date,status\n2027-02-06,放假\n", "no weekday off"),
    ],
)
def test_a_list_that_cannot_be_right_says_why(text: str, told: str) -> None:
    with pytest.raises(CalendarRefusedError, match=told):
        parse_year(text)


def test_a_day_both_worked_and_off_is_refused() -> None:
    sunday = date(2027, 1, 31)
    with pytest.raises(CalendarRefusedError, match="worked and as off"):
        YearNotice(2027, frozenset({sunday, date(2027, 2, 5)}), frozenset({sunday}))


def test_a_list_of_all_days_is_refused() -> None:
    every = frozenset(date(2027, 1, 1) + timedelta(days=number) for number in range(365))
    with pytest.raises(CalendarRefusedError, match="261 exceptions"):
        YearNotice(2027, every, frozenset())


def test_a_hole_between_years_is_refused() -> None:
    with pytest.raises(CalendarRefusedError, match="follow one another"):
        published_calendar().with_year(YearNotice(2031, frozenset({date(2031, 1, 1)}), frozenset()))


def test_days_outside_are_refused_and_say_how_to_mend_it() -> None:
    calendar = published_calendar()
    with pytest.raises(CalendarRefusedError, match="where this calendar begins"):
        calendar.works(date(2003, 12, 31))
    with pytest.raises(CalendarRefusedError, match="load newer years"):
        calendar.worked_after(date(2066, 12, 31), 1)
    with pytest.raises(CalendarRefusedError, match="lie before"):
        calendar.worked_before(date(2004, 1, 6), 20)


def test_calendars_of_the_same_notices_are_equal() -> None:
    assert WorkCalendar(dict(published_calendar().notices)) == published_calendar()
