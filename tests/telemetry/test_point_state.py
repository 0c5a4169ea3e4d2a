"""A point's state follows from its last values, their marks, the limits and its silence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.telemetry.point_state import (
    MIN_SILENCE_SECONDS,
    PointState,
    Readings,
    Verdict,
    judge,
    mark_verdicts,
    point_states,
    silence_seconds,
)

NOW = 1_800_000_000.0
NAN = float("nan")


def readings(*rows: tuple[int, float, float, float, str, bool]) -> Readings:
    point, value, upper, lower, marks, fresh = zip(*rows, strict=True) if rows else ((),) * 6
    return Readings(
        point=np.array(point, dtype=np.int64),
        value=np.array(value, dtype=np.float64),
        upper=np.array(upper, dtype=np.float64),
        lower=np.array(lower, dtype=np.float64),
        verdict=mark_verdicts(list(marks)),
        fresh=np.array(fresh, dtype=np.bool_),
    )


def states(rows: Readings, ages: list[float]) -> list[PointState]:
    found = point_states(
        rows,
        last_seen=NOW - np.array(ages, dtype=np.float64),
        silence=np.full(len(ages), 300.0),
        now=NOW,
    )
    return [PointState(code) for code in found]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ((0, 10.0, 50.0, NAN, "N", True), PointState.NORMAL),
        ((0, 50.0, 50.0, NAN, "N", True), PointState.NORMAL),
        ((0, 50.1, 50.0, NAN, "N", True), PointState.EXCEEDING),
        ((0, 5.9, 9.0, 6.0, "N", True), PointState.EXCEEDING),
        ((0, 99.0, NAN, NAN, "N", True), PointState.NORMAL),
        ((0, 99.0, 50.0, NAN, "", True), PointState.EXCEEDING),
        ((0, 99.0, 50.0, NAN, "D", True), PointState.ABNORMAL),
        ((0, 10.0, 50.0, NAN, "M", True), PointState.ABNORMAL),
        ((0, 10.0, 50.0, NAN, "Xyz", True), PointState.ABNORMAL),
        ((0, NAN, 50.0, NAN, "B", True), PointState.ABNORMAL),
        ((0, NAN, 50.0, NAN, "N", True), PointState.NORMAL),
        ((0, 99.0, 50.0, NAN, "F", True), PointState.NORMAL),
        ((0, 0.1, 50.0, 0.5, "L", True), PointState.NORMAL),
        ((0, 99.0, 50.0, NAN, "3", True), PointState.EXCEEDING),
        ((0, 99.0, 50.0, NAN, "N", False), PointState.NORMAL),
        ((0, 99.0, 50.0, NAN, "D", False), PointState.NORMAL),
    ],
)
def test_one_value_decides_as_the_law_reads_it(row, expected):
    assert states(readings(row), [0]) == [expected]


def test_the_worst_value_of_a_point_decides_and_points_do_not_mix():
    rows = readings(
        (0, 99.0, 50.0, NAN, "N", True),
        (0, 10.0, 50.0, NAN, "D", True),
        (1, 10.0, 50.0, NAN, "D", True),
        (2, 10.0, 50.0, NAN, "N", True),
    )
    assert states(rows, [0, 0, 0, 0]) == [
        PointState.EXCEEDING,
        PointState.ABNORMAL,
        PointState.NORMAL,
        PointState.NORMAL,
    ]


@pytest.mark.parametrize(
    ("age", "expected"),
    [(0, PointState.EXCEEDING), (300, PointState.EXCEEDING), (300.5, PointState.OFFLINE)],
)
def test_silence_outweighs_what_was_last_said(age, expected):
    assert states(readings((0, 99.0, 50.0, NAN, "N", True)), [age]) == [expected]


def test_a_point_never_heard_of_is_offline():
    assert states(readings(), [NAN]) == [PointState.OFFLINE]


def test_a_clock_ahead_of_ours_does_not_make_a_point_offline():
    assert states(readings(), [-30]) == [PointState.NORMAL]


def test_devices_may_be_late_three_times_but_never_less_than_the_minimum():
    allowed = silence_seconds(np.array([5.0, 60.0, 600.0, 14_400.0, NAN]))
    assert allowed.tolist() == [300, 300, 1800, 43_200, MIN_SILENCE_SECONDS]


@given(
    value=st.floats(allow_nan=False, allow_infinity=False),
    upper=st.floats(allow_nan=False, allow_infinity=False),
    mark=st.text(max_size=4),
)
def test_only_a_valid_value_beyond_its_limit_exceeds(value, upper, mark):
    verdict = judge(readings((0, value, upper, NAN, mark, True)))[0]
    assert (verdict == Verdict.EXCEEDING) == (value > upper and mark in {"", "N", "n", "1", "3"})
