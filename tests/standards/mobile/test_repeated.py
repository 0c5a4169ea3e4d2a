"""Repeat exceedances, found again by walking through each vehicle's tests."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.errors import OutsideEditionsError
from zhihuan.standards.mobile import months_later, repeated

START = date(2025, 1, 15)


def _later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@settings(max_examples=80)
@given(st.lists(
    st.tuples(st.integers(1, 3), st.integers(0, 500), st.sampled_from([-1, 0, 1, 1])), max_size=30
))  # fmt: skip
def test_a_vehicle_fails_where_a_walk_through_its_tests_finds_it(
    records: list[tuple[int, int, int]],
) -> None:
    vehicles = [one for one, *_ in records]
    days = [START + timedelta(days=one) for _, one, _ in records]
    outcomes = [one for *_, one in records]
    found = repeated(vehicles, np.array(days, dtype="datetime64[D]"), outcomes)
    for vehicle in set(vehicles):
        tests = sorted(
            (days[row], row)
            for row in range(len(records))
            if vehicles[row] == vehicle and outcomes[row] != -1
        )
        previous: int | None = None  # the exceedance right before, if there was one
        for _, row in tests:
            fails = (
                outcomes[row] == 1 and previous is not None
                and days[row] <= _later(days[previous], 6)
            )  # fmt: skip
            assert bool(found.nonconforming[row]) == fails
            assert found.earlier[row] == (previous if fails else -1)
            previous = row if outcomes[row] == 1 else None


def test_runs_are_counted_on() -> None:
    found = repeated(["粤T1"] * 4, START, [1, 1, 0, 1])
    assert found.run.tolist() == [1, 2, 0, 1]
    assert found.nonconforming.tolist() == [False, True, False, False]


def test_the_order_within_a_day_can_be_given() -> None:
    given_order = repeated([1, 1, 1], START, [1, 0, 1])
    by_time = repeated([1, 1, 1], START, [1, 0, 1], order=[10, 30, 20])
    assert given_order.nonconforming.tolist() == [False, False, False]
    assert by_time.nonconforming.tolist() == [False, False, True]


@given(st.dates(date(2017, 1, 1), date(2030, 1, 1)), st.integers(0, 24))
def test_months_are_calendar_months(day: date, months: int) -> None:
    assert months_later(np.array([day], "datetime64[D]"), months)[0] == np.datetime64(
        _later(day, months)
    )


def test_the_corresponding_day_is_the_last_one_inside() -> None:
    days = np.array(["2025-08-31", "2026-02-28", "2025-08-31", "2026-03-01"], "datetime64[D]")
    found = repeated([1, 1, 2, 2], days, [1, 1, 1, 1])
    assert found.nonconforming.tolist() == [False, True, False, False]


def test_no_records_no_vehicles() -> None:
    assert repeated([], np.empty(0, "datetime64[D]"), []).nonconforming.shape == (0,)
    assert repeated([1], START, [-1]).run.tolist() == [0]


def test_days_before_the_standard_are_refused_unless_forced() -> None:
    with pytest.raises(OutsideEditionsError):
        repeated([1], date(2016, 1, 1), [1])
    forced = repeated([1, 1], date(2016, 1, 1), [1, 1], edition="HJ 845-2017")
    assert forced.derivation(1).basis[0].forced


def test_the_derivation_names_the_test_it_began_with() -> None:
    days = np.array(["2026-01-10", "2026-03-02"], "datetime64[D]")
    found = repeated([7, 7], days, [1, 1])
    text = found.derivation(1).text()
    assert "结论：\n  1. 不合格" in text
    assert "起算的超标检测：2026-01-10" in text
    assert found.derivation(0).conclusion == "本次记录不构成不合格"
