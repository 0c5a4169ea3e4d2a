"""What is left of a clock, and when to say so."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from zhihuan.bureau.clock import (
    Basis,
    Due,
    History,
    Length,
    Light,
    Limit,
    Unit,
    published_calendar,
    reckon,
    standing,
    warning_days,
)
from zhihuan.bureau.clock.history import BEIJING

STARTED = datetime(2026, 2, 2, 9, tzinfo=BEIJING)


def due_of(number: int, unit: Unit) -> Due:
    limit = Limit(
        "T1", "程序", "步骤", "事件", Length(number, unit), Basis("某办法", "§1", date(2000, 1, 1))
    )
    return reckon(limit, History(STARTED), published_calendar())


@pytest.mark.parametrize(
    ("now", "light", "left"),
    [
        ("2026-02-03 09:00", Light.CALM, 10),
        ("2026-02-13 09:00", Light.SOON, 2),  # 14 (made up) and 24 are left
        ("2026-02-20 09:00", Light.SOON, 1),  # nothing is worked until the last day
        ("2026-02-24 09:00", Light.TODAY, 0),
        ("2026-02-24 23:59", Light.TODAY, 0),
        ("2026-02-25 00:00", Light.OVERDUE, -1),
        ("2026-02-28 09:00", Light.OVERDUE, -4),
    ],
)
def test_fifteen_days_into_spring_festival(now: str, light: Light, left: int) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=BEIJING)
    seen = standing(due_of(15, Unit.CALENDAR_DAY), moment, STARTED, published_calendar())
    assert (seen.light, seen.working_days_left) == (light, left)


def test_a_clock_that_stands_still_has_no_days() -> None:
    still = Due(None, None, False, ())
    seen = standing(still, STARTED, STARTED, published_calendar())
    assert (seen.light, seen.working_days_left) == (Light.STILL, None)
    assert warning_days(still, STARTED, published_calendar()) == ()


def test_warnings_come_on_working_days_before_the_end_and_never_before_the_start() -> None:
    calendar = published_calendar()
    for number in range(1, 200):
        due = due_of(number, Unit.CALENDAR_DAY)
        days = warning_days(due, STARTED, calendar)
        assert days == tuple(sorted(days))
        assert due.last_day is not None
        assert all(STARTED.date() <= day < due.last_day for day in days), number
        assert all(calendar.works(day) or day == STARTED.date() for day in days)


def test_longer_periods_warn_earlier() -> None:
    calendar = published_calendar()
    counts = [
        len(warning_days(due_of(n, Unit.CALENDAR_DAY), STARTED, calendar)) for n in (3, 15, 30, 90)
    ]
    assert counts == [1, 2, 2, 3]
