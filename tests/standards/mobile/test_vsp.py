"""Specific power: the printed formula, its window, and a roadside campaign's own figures."""

from __future__ import annotations

import csv
import math
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError
from zhihuan.standards.mobile import inside_window, specific_power


@given(st.integers(0, 42), st.integers(-40, 40), st.integers(-10, 10))
def test_the_formula_is_the_printed_one(speed: int, tenths: int, slope: int) -> None:
    gain = tenths / 10
    by_hand = (
        1.1 * speed * gain
        + 9.81 * math.sin(slope * math.pi / 180) * speed
        + 0.132 * speed
        + 0.000302 * speed * speed * speed
    )
    assert float(specific_power(speed, gain, slope)) == pytest.approx(by_hand, abs=1e-9)


def test_missing_speed_gives_no_power_and_no_records_no_powers() -> None:
    assert np.isnan(specific_power([np.nan], 0.5)).all()
    assert specific_power(np.empty(0), np.empty(0)).shape == (0,)


def test_speeds_in_kilometres_an_hour_are_told() -> None:
    with pytest.raises(InputRefusedError, match="可能是以 km/h 为单位"):
        specific_power([60.0], 0.5)


def test_the_window_is_open_below_and_closed_above() -> None:
    found = inside_window([-1.0, 0.0, 0.1, 14.0, 14.1, np.nan], date(2026, 3, 1))
    assert found.tolist() == [False, False, True, True, False, False]
    with pytest.raises(OutsideEditionsError):
        inside_window([1.0], date(2017, 7, 26))


def test_a_roadside_campaign_reckoned_the_same_but_for_rolling(shared: Path) -> None:
    """Its figures come from the form in miles an hour, 4.39 sin θ v + 0.22 v a + 0.0954 v +
    0.0000272 v³: the same but for the linear term, 0.0954 a mile against our 0.132 a metre."""
    rows = [
        row
        for row in csv.DictReader((shared / "data/series/vehicle_remote_sensing_uk_a.csv").open())
        if row["VSPStatus"] == "V" and row["RoadGrade"]
    ]
    columns = ("SpeedKPH", "AccelKPHPerSec", "RoadGrade", "VSP")
    speed, gain, percent, theirs = np.array(
        [[float(row[one]) for one in columns] for row in rows]
    ).T
    slope = np.degrees(np.arctan(percent / 100.0))
    ours = specific_power(speed / 3.6, gain / 3.6, slope)
    rolling = (0.0954 / 0.44704 - 0.132) * speed / 3.6
    assert len(rows) > 5000
    assert np.median(np.abs(ours + rolling - theirs)) < 0.05
