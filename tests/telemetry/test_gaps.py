"""Gaps: exactly the expected periods in which nothing arrived, as runs."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.telemetry.gaps import Expected, Present, find_gaps

MIDNIGHT = 1717171200  # 2024-06-01 00:00 in Beijing


def of_one(times: list[int], start: int, end: int, interval: int) -> list[tuple[int, int, int]]:
    series = np.zeros(len(times), dtype=np.int64)
    present = Present(series, np.array(times, dtype=np.int64))
    gaps = find_gaps(present, Expected.of_one(start, end, interval))
    return list(zip(gaps.start.tolist(), gaps.last.tolist(), gaps.missing.tolist(), strict=True))


def test_nothing_arrived_is_one_gap_of_the_whole_span() -> None:
    assert of_one([], MIDNIGHT, MIDNIGHT + 86400, 3600) == [(MIDNIGHT, MIDNIGHT + 23 * 3600, 24)]


def test_everything_arrived_is_no_gap() -> None:
    hours = [MIDNIGHT + n * 3600 for n in range(24)]
    assert of_one(hours, MIDNIGHT, MIDNIGHT + 86400, 3600) == []


def test_gaps_at_the_beginning_the_middle_and_the_end() -> None:
    minutes = [MIDNIGHT + n * 60 for n in (2, 3, 7)]
    assert of_one(minutes, MIDNIGHT, MIDNIGHT + 600, 60) == [
        (MIDNIGHT, MIDNIGHT + 60, 2),
        (MIDNIGHT + 240, MIDNIGHT + 360, 3),
        (MIDNIGHT + 480, MIDNIGHT + 540, 2),
    ]


def test_jitter_inside_a_period_is_no_gap() -> None:
    seconds = [MIDNIGHT + n * 30 + n % 7 for n in range(20)]
    assert of_one(seconds, MIDNIGHT, MIDNIGHT + 600, 30) == []


def test_a_span_that_begins_inside_a_period_does_not_expect_that_period() -> None:
    assert of_one([], MIDNIGHT + 1, MIDNIGHT + 7200, 3600) == [
        (MIDNIGHT + 3600, MIDNIGHT + 3600, 1)
    ]


def test_days_are_those_of_beijing() -> None:
    assert of_one([MIDNIGHT], MIDNIGHT, MIDNIGHT + 2 * 86400, 86400) == [
        (MIDNIGHT + 86400, MIDNIGHT + 86400, 1)
    ]


def test_many_series_keep_their_own_spans_and_intervals() -> None:
    present = Present(
        np.array([1, 0, 1, 1]), np.array([MIDNIGHT, MIDNIGHT, MIDNIGHT + 1200, MIDNIGHT + 999_999])
    )
    expected = Expected(
        start=np.array([MIDNIGHT, MIDNIGHT, MIDNIGHT]),
        end=np.array([MIDNIGHT + 7200, MIDNIGHT + 1800, MIDNIGHT]),
        interval=np.array([3600, 600, 60]),
    )
    gaps = find_gaps(present, expected)
    assert gaps.series.tolist() == [0, 1]
    assert gaps.start.tolist() == [MIDNIGHT + 3600, MIDNIGHT + 600]
    assert gaps.missing.tolist() == [1, 1]


def test_an_interval_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="below one second"):
        of_one([], MIDNIGHT, MIDNIGHT + 60, 0)


@settings(deadline=None)
@given(
    interval=st.sampled_from([30, 60, 300, 3600, 86400]),
    offset=st.integers(min_value=-100_000, max_value=100_000),
    slots=st.integers(min_value=0, max_value=60),
    arrived=st.sets(st.integers(min_value=-5, max_value=70), max_size=60),
)
def test_gaps_and_arrivals_together_are_what_was_expected(
    interval: int, offset: int, slots: int, arrived: set[int]
) -> None:
    start, end = MIDNIGHT + offset, MIDNIGHT + offset + slots * interval
    first = -(-(start + 28800) // interval) * interval - 28800
    due = set(range(first, end, interval))
    present = {first + n * interval for n in arrived}
    gaps = of_one(sorted(present), start, end, interval)
    missing: list[int] = []
    for begin, last, count in gaps:
        run = list(range(begin, last + 1, interval))
        assert len(run) == count
        missing += run
    assert missing == sorted(due - present)
    assert all(later[0] - earlier[1] > interval for earlier, later in itertools.pairwise(gaps))
