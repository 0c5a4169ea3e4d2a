"""Dust days: the reviewer's flags, and nothing but them."""

from __future__ import annotations

from datetime import date

import numpy as np

from zhihuan.standards.air import dust
from zhihuan.standards.air.dust import (
    DustFlag,
    aqi_concentrations,
    good_days_with_dust,
    without_dust,
)

DAY = date(2025, 12, 31)
BOTH = DustFlag.PM10 | DustFlag.PM25


def test_only_what_was_flagged_is_blanked() -> None:
    daily = {"PM10": [200.0, 210.0, 220.0], "PM25": [40.0, 41.0, 42.0], "O3": [90.0, 91.0, 92.0]}
    found = without_dust(daily, [DustFlag.NONE, DustFlag.PM10, BOTH])
    assert np.isnan(found["PM10"]).tolist() == [False, True, True]
    assert np.isnan(found["PM25"]).tolist() == [False, False, True]
    assert found["O3"].tolist() == [90.0, 91.0, 92.0]
    assert daily["PM10"] == [200.0, 210.0, 220.0]


def test_the_aqi_loses_particles_only_where_the_reviewer_said_so() -> None:
    daily = {"PM10": [200.0, 210.0], "PM25": [40.0, 41.0], "O3": [90.0, 91.0]}
    found = aqi_concentrations(daily, [BOTH, BOTH | DustFlag.PM_OUT_OF_AQI])
    assert np.isnan(found["PM10"]).tolist() == [False, True]
    assert np.isnan(found["PM25"]).tolist() == [False, True]
    assert not np.isnan(found["O3"]).any()


def test_both_ratios_stand_beside_each_other_with_their_own_numbers() -> None:
    aqi = np.array([50.0, 80.0, 160.0, 130.0, np.nan, 90.0])
    flags = np.array([0, 0, BOTH | DustFlag.EXCEEDED, 0, DustFlag.EXCEEDED, DustFlag.EXCEEDED])
    found = good_days_with_dust(aqi, flags, on=DAY)
    assert (int(found.measured.good), int(found.measured.valid)) == (3, 5)
    assert float(found.measured.ratio_percent) == 60.0
    assert (int(found.removed.good), int(found.removed.valid)) == (3, 4)
    assert float(found.removed.ratio_percent) == 75.0
    assert (int(found.dust_days), float(found.dust_percent)) == (1, 20.0)
    text = found.derivation().text()
    assert "实况：3÷5×100%" in text
    assert "扣除沙尘：3÷4×100%" in text
    assert "未经正式文本证实" in text


def test_many_cities_and_no_valid_day() -> None:
    aqi = np.array([[150.0, 60.0], [np.nan, np.nan]])
    found = good_days_with_dust(aqi, [[DustFlag.EXCEEDED, 0]], on=DAY)
    assert found.dust_days.tolist() == [1, 0]
    assert np.isnan(found.dust_percent[1])
    assert "无法计算" in found.derivation(1).text()


def test_days_can_be_counted_as_good_where_an_edition_says_so() -> None:
    assert set(dust._REMOVALS) == {"leave_out", "count_as_good"}
    counted = dust._REMOVALS["count_as_good"](np.array([150.0, 130.0]), np.array([True, False]))
    assert counted.tolist() == [0.0, 130.0]
