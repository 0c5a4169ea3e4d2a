"""Every statistic of every subject meets the inputs nobody thinks of: one number, nothing, only gaps.

A row of the table is one statistic: what one valid number gives, and what a series of gaps gives. How many data a
statistic needs is tested beside each of them; here none may stumble over a shape.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest

from zhihuan.standards import air, noise
from zhihuan.standards import surface_water as water
from zhihuan.standards.errors import InputRefusedError
from zhihuan.standards.sea import inorganic_nitrogen

DAY = date(2025, 12, 31)
STATISTICS: dict[str, tuple[Callable[[Any], Any], float]] = {
    "percentile": (lambda v: air.percentile(v, 90, on=DAY).values, 55.0),
    "running 8 h, one hour": (lambda v: np.ravel(air.running_8h(v, on=DAY).values)[-1:], np.nan),
    "good days": (lambda v: air.good_days(v, on=DAY).ratio_percent, 100.0),
    "region": (lambda v: air.region_ratio(v, on=DAY), 55.0),
    "mean so far": (
        lambda v: air.mean_budget(v, 55, "PM25", remaining=0, on=DAY).mean_so_far,
        55.0,
    ),
    "water mean": (lambda v: water.mean_of(v, "codmn", on=DAY).values, 55.0),
    "Leq": (lambda v: noise.statistics(v).leq, 55.0),
    "L10": (lambda v: noise.exceeded_levels(v, 10)[0], 55.0),
    "energy mean": (noise.energy_mean, 55.0),
    "area mean": (noise.area_mean, 55.0),
    "road mean": (lambda v: noise.road_mean(v, np.ones(np.shape(v))), 55.0),
}


@pytest.mark.parametrize("name", STATISTICS)
def test_one_number_is_a_series_of_one(name: str) -> None:
    statistic, expected = STATISTICS[name]
    for given in (55.0, np.float32(55), [55.0], np.array(55.0)):
        np.testing.assert_array_equal(np.squeeze(statistic(given)), expected)


@pytest.mark.parametrize("name", STATISTICS)
def test_nothing_and_gaps_alone_give_nothing(name: str) -> None:
    statistic, _ = STATISTICS[name]
    for given in (np.nan, [np.nan], [np.nan, np.nan], []):
        assert np.isnan(statistic(given)).all()


@pytest.mark.parametrize("given", [55.0, [], [55.0] * 23])
@pytest.mark.parametrize(
    "statistic",
    [
        lambda v: air.daily_means(v, "PM25", on=DAY),
        lambda v: air.hourly_means(v, "PM25", on=DAY),
        lambda v: air.mda8(v, on=DAY),
    ],
)
def test_what_counts_places_of_a_day_or_hour_wants_them_all(
    statistic: Callable[[Any], Any], given: Any
) -> None:
    with pytest.raises(ValueError, match="must hold"):
        statistic(given)


@pytest.mark.parametrize("bad", [-1.0, np.inf, -9999.0])
@pytest.mark.parametrize(
    "call",
    [
        lambda bad: air.good_days([50.0, bad], on=DAY),
        lambda bad: air.good_day_budget([50.0, bad], 90, remaining=1, on=DAY),
        lambda bad: air.city_means([50.0, bad], ["甲", "甲"], on=DAY),
        lambda bad: air.from_ppb([50.0, bad], "O3", on=DAY),
        lambda bad: air.to_ppb([50.0, bad], "O3", on=DAY),
        lambda bad: air.restated_gas([50.0, bad], measured_on=DAY, on=DAY),
        lambda bad: inorganic_nitrogen([0.1, bad], 0.1, 0.1),
        lambda bad: water.mean_of([0.1, bad], "tp", on=DAY),
        lambda bad: noise.statistics([50.0, bad]),
    ],
)
def test_a_negative_or_infinite_value_is_told_with_its_row(
    call: Callable[[float], object], bad: float
) -> None:
    with pytest.raises(InputRefusedError, match="第 2 行"):
        call(bad)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (
            lambda: air.mean_budget([30.0], 0.03, "PM25", remaining=1, on=DAY),
            "目标值 = 0.03.*mg/m³",
        ),
        (
            lambda: air.percentile_budget([90.0], 90, 0.16, "O3", remaining=1, on=DAY),
            "目标值 = 0.16.*mg/m³",
        ),
        (lambda: air.ozone_so_far(np.full(24, 90.0), 9, target=0.16, on=DAY), "目标值.*mg/m³"),
        (
            lambda: air.restated_particles(
                50.0, celsius=293.0, pascal=101_325.0, measured_on=DAY, on=DAY
            ),
            "气温 = 293.*开尔文",
        ),
        (
            lambda: air.restated_particles(
                50.0, celsius=20.0, pascal=101.3, measured_on=DAY, on=DAY
            ),
            "大气压力 = 101.3.*kPa",
        ),
        (lambda: water.black_odour({"sd": 0.3, "do": 3.0}, on=DAY), "透明度 = 0.3 cm.*以 m 为单位"),
        (
            lambda: water.trophic_index({"chla": 0.02, "tp": 0.08}, on=DAY),
            "叶绿素a = 0.02 mg/m³.*以 mg/L 为单位",
        ),
    ],
)
def test_mixed_up_units_are_named(call: Callable[[], object], words: str) -> None:
    with pytest.raises(InputRefusedError, match=words):
        call()


@pytest.mark.parametrize("percent", [-1, 101, float("nan")])
def test_a_share_of_time_beyond_the_whole_is_refused(percent: float) -> None:
    with pytest.raises(ValueError, match="0 to 100"):
        noise.exceeded_levels([50.0, 60.0], percent)
