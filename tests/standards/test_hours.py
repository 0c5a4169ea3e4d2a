"""Time-stamped rows become complete grids; disorder is refused with its row, nothing is guessed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.errors import InputRefusedError
from zhihuan.standards.hours import BEIJING_OFFSET_SECONDS, epoch_seconds, on_days, on_hours

BEIJING = timezone(timedelta(seconds=BEIJING_OFFSET_SECONDS))
START = int(datetime(2026, 3, 1, 8, tzinfo=BEIJING).timestamp())
HOUR, DAY = 3600, 86_400


@given(st.sets(st.integers(0, 60), min_size=1), st.integers(1, 3))
def test_every_row_stands_at_its_hour_and_nowhere_else(hours: set[int], series: int) -> None:
    places = np.array(sorted(hours))
    values = np.arange(series * len(places), dtype=float).reshape(series, -1)
    grid = on_hours(START + places * HOUR, values)
    assert grid.start == START + places[0] * HOUR
    expected = np.full((series, places[-1] - places[0] + 1), np.nan)
    for column, place in enumerate(places - places[0]):
        expected[:, place] = values[:, column]
    np.testing.assert_array_equal(grid.values, expected)


def test_the_days_of_a_grid_are_those_of_beijing() -> None:
    grid = on_hours([START + 15 * HOUR, START + 16 * HOUR], [1.0, 2.0])
    assert grid.days.astype(str).tolist() == ["2026-03-01", "2026-03-02"]
    midnight = START - 8 * HOUR
    days = on_days([midnight, midnight + 2 * DAY], [1.0, 3.0])
    np.testing.assert_array_equal(days.values, [1, np.nan, 3])
    assert days.days.astype(str).tolist() == ["2026-03-01", "2026-03-02", "2026-03-03"]


def test_no_row_is_an_empty_grid() -> None:
    grid = on_hours([], np.empty((2, 0)))
    assert grid.values.shape == (2, 0)


@pytest.mark.parametrize(
    ("times", "row", "says"),
    [
        ([0, 0], 2, "时间重复"),
        ([HOUR, 0], 2, "时间早于上一行"),
        ([0, HOUR + 60], 2, "不在整点上"),
    ],
)
def test_disorder_is_refused_with_its_row(times: list[int], row: int, says: str) -> None:
    with pytest.raises(InputRefusedError, match=f"第 {row} 行.*{says}"):
        on_hours([START + time for time in times], np.ones(len(times)))


def test_a_day_that_does_not_begin_in_beijing_is_refused() -> None:
    with pytest.raises(InputRefusedError, match="不在整点上"):
        on_days([START], [1.0])


def test_as_many_values_as_times_are_needed() -> None:
    with pytest.raises(InputRefusedError, match="个数不一致"):
        on_hours([START, START + HOUR], [1.0])


def test_a_moment_without_zone_is_refused_with_its_row() -> None:
    good = datetime(2026, 3, 1, 8, tzinfo=BEIJING)
    assert epoch_seconds([good, good.astimezone(UTC)]).tolist() == [START, START]
    with pytest.raises(InputRefusedError, match=r"第 2 行.*没有时区"):
        epoch_seconds([good, good.replace(tzinfo=None)])
