"""Hours cut into natural days: the hour stamped 00:00 is the last of the day before."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.air.natural_days import by_rows, natural_days
from zhihuan.standards.hours import Grid, epoch_seconds, on_hours

BEIJING = timezone(timedelta(hours=8))
FIRST = datetime(2024, 6, 30, 1, tzinfo=BEIJING)


@given(st.integers(0, 60), st.integers(1, 80))
def test_every_hour_is_found_in_its_day(offset: int, count: int) -> None:
    times = [FIRST + timedelta(hours=offset + k) for k in range(count)]
    days, hours = natural_days(on_hours(epoch_seconds(times), np.arange(float(count))))
    placed = {}
    for d, day in enumerate(days):
        for h in range(24):
            if not np.isnan(hours[d, h]):
                placed[int(hours[d, h])] = (str(day), h + 1)
    for k, time in enumerate(times):
        begun = time - timedelta(hours=1)  # the hour belongs to the day in which it began
        assert placed[k] == (str(begun.date()), begun.hour + 1)
    assert len(placed) == count


def test_midnight_closes_the_day_before() -> None:
    midnight = epoch_seconds([datetime(2024, 7, 1, tzinfo=BEIJING)])
    days, hours = natural_days(on_hours(midnight, [5.0]))
    assert days.tolist() == [date(2024, 6, 30)]
    assert hours[0, 23] == 5.0


def test_several_series_share_one_calendar() -> None:
    times = epoch_seconds([FIRST + timedelta(hours=k) for k in range(30)])
    _, hours = natural_days(on_hours(times, np.ones((2, 30))))
    assert hours.shape == (2, 2, 24)


def test_no_hour_makes_no_day() -> None:
    days, hours = natural_days(on_hours([], []))
    assert len(days) == 0
    assert hours.shape == (0, 24)


def test_daily_grids_and_wrong_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="hourly"):
        natural_days(Grid(0, 86_400, np.ones(3)))
    with pytest.raises(ValueError, match="must hold 24"):
        by_rows(5.0, 24)
