"""A difference between the device's figure and ours is listed, with both and the rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_rows import epoch
from stored import store_rows

from zhihuan.telemetry.aggregation.comparison import compare
from zhihuan.telemetry.aggregation.devices import MonitoredDevice
from zhihuan.telemetry.aggregation.mismatch import (
    Tolerance,
    relative_difference,
    reported_step,
    which_mismatch,
)
from zhihuan.telemetry.aggregation.recompute import recompute
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store import TelemetryStore

DAY = epoch("2024-06-01 00:00")
FIGURES = st.one_of(st.floats(min_value=-1e6, max_value=1e6), st.just(float("nan")))


def test_the_differing_hour_is_found_and_the_others_not(
    embedded_store: TelemetryStore, minutes: Callable[..., list[dict[str, Any]]]
) -> None:
    devices = {"G": MonitoredDevice("G", "31", 60)}
    store_rows(
        embedded_store,
        minutes("G", "a21026", [20.0] * 180, begin="2024-06-01 00:00"),
        Kind.MINUTE,
        1,
    )
    theirs = {0: 20.1, 1: 25.0, 5: 20.04}  # within one per cent; beyond; ours has none
    rows = [
        {"mn": "G", "factor": "a21026", "time": DAY + hour * 3600, "value": value, "total": 3.0}
        for hour, value in theirs.items()
    ]
    store_rows(embedded_store, rows, Kind.HOUR, 1)
    recompute(embedded_store, devices, DAY, DAY + 86400)
    found = compare(embedded_store, Kind.HOUR, DAY, DAY + 86400)
    [difference] = found.differences
    assert (difference.mn, difference.factor, difference.time) == ("G", "a21026", DAY + 3600)
    assert (difference.quantity, difference.theirs, difference.ours) == ("value", 25.0, 20.0)
    assert difference.relative == pytest.approx(0.2)
    assert difference.rule == "flue_gas/2017-05-01"
    assert (found.pairs, found.only_theirs, found.only_ours) == (2, 1, 1)


def test_an_empty_span_compares_to_nothing(embedded_store: TelemetryStore) -> None:
    found = compare(embedded_store, Kind.DAY, DAY, DAY + 86400)
    assert (found.differences, found.pairs) == ((), 0)


@settings(deadline=None)
@given(theirs=FIGURES, ours=FIGURES)
def test_the_relative_difference_is_symmetric_and_bounded(theirs: float, ours: float) -> None:
    one, other = (
        float(relative_difference(np.array([a]), np.array([b]))[0])
        for a, b in ((theirs, ours), (ours, theirs))
    )
    assert one == other or (np.isnan(one) and np.isnan(other))
    assert np.isnan(one) or 0.0 <= one <= 2.0
    assert np.isnan(one) == (np.isnan(theirs) or np.isnan(ours))


@pytest.mark.parametrize(
    ("theirs", "ours", "apart"),
    [
        (100.0, 100.9, False),
        (100.0, 101.2, True),
        (0.0004, 0.0, False),  # beyond in relation, but below what the factor shows
        (0.0, 0.0, False),
        (float("nan"), 5.0, False),
        (-5.0, 5.0, True),
    ],
)
def test_both_tolerances_must_be_passed(theirs: float, ours: float, apart: bool) -> None:
    tolerance = Tolerance(relative=0.01, absolute=0.001)
    step = np.array([0.0])
    assert which_mismatch(np.array([theirs]), np.array([ours]), tolerance, step)[0] == apart


def test_the_devices_rounding_is_no_disagreement() -> None:
    # wind speed in steps of 0.1: 1.0 for 0.942 is five per cent, and still only rounding
    tolerance = Tolerance(relative=0.01, absolute=0.001)
    theirs, ours = np.array([1.0, 1.2, 1.2]), np.array([0.942, 1.1, 1.09])
    step = reported_step(theirs, np.array([0, 0, 0]))
    assert step.tolist() == [0.1] * 3
    assert which_mismatch(theirs, ours, tolerance, step).tolist() == [False, False, True]


def test_the_step_is_the_finest_digit_each_series_ever_used() -> None:
    sent = np.array([16.0, 17.0, 20.0, 20.25, np.nan, 1234567.1])
    step = reported_step(sent, np.array([0, 0, 1, 1, 1, 2]))
    assert step.tolist() == pytest.approx([1.0, 1.0, 0.01, 0.01, 0.01, 0.1])
    assert reported_step(np.array([]), np.array([], dtype=np.int64)).tolist() == []
