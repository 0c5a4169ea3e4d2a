"""Spans of days and the same span a year before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.indicators.periods import Period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026Q4", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_year_a_quarter_and_a_month_are_whole(text, first, last):
    assert Period.parse(text) == Period(first, last)


@pytest.mark.parametrize(
    "text", ["", "26", "2026-13", "2026-Q5", "2026-1", "３０２６", "2026-01-02", "1026"]
)
def test_what_is_no_period_is_refused_with_how_to_write_one(text):
    with pytest.raises(ValueError, match="2026-Q3"):
        Period.parse(text)


def test_the_year_before_has_the_same_days():
    assert Period.parse("2026").year_before == Period.parse("2025")
    assert Period.parse("2024-02").year_before == Period(date(2023, 2, 1), date(2023, 2, 28))
    assert Period.parse("2025-02").year_before == Period(date(2024, 2, 1), date(2024, 2, 29))
    running = Period.parse("2026").until(date(2026, 11, 29))
    assert running.year_before == Period(date(2025, 1, 1), date(2025, 11, 29))


def test_one_that_runs_ends_today_and_one_that_is_over_does_not_change():
    assert Period.parse("2026").until(date(2027, 1, 1)) == Period.parse("2026")
    assert Period.parse("2026-Q2").until(date(2026, 4, 1)) == Period(
        date(2026, 4, 1), date(2026, 4, 1)
    )


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)))
def test_both_spans_never_touch_and_have_the_same_months(today):
    period = Period.parse(str(today.year)).until(today)
    before = period.year_before
    assert before.last < period.first
    assert [month for _year, month in before.months()] == [
        month for _year, month in period.months()
    ]
    assert len(period.months()) == today.month


@given(st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(0, 365))
def test_whole_months_and_the_days_beside_them_make_up_the_span(first, long):
    span = Period(first, first + timedelta(long))
    parts = sorted([*span.whole_months, *span.ends], key=lambda each: each.first)
    days = [
        each.first + timedelta(n)
        for each in parts
        for n in range((each.last - each.first).days + 1)
    ]
    assert days == [first + timedelta(n) for n in range(long + 1)]
    for whole in span.whole_months:
        assert whole.first.day == (whole.last + timedelta(1)).day == 1
    assert all((each.last - each.first).days < 61 for each in span.ends)
