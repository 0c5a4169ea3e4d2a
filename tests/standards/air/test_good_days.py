"""Good-day ratios and what they are ratios of."""

from __future__ import annotations

import csv
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.air.good_days import day_ratio, good_days, level_days, region_ratio
from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError

DAY = date(2024, 12, 31)
AQIS = st.lists(st.one_of(st.integers(1, 500), st.none()), max_size=60)


@pytest.mark.parametrize(
    ("days", "valid", "printed"),
    [(175, 182, 96.2), (137, 151, 90.7), (329, 365, 90.1), (71, 92, 77.2), (336, 366, 91.8)],
)
def test_published_ratios_are_reproduced(days: int, valid: int, printed: float) -> None:
    assert float(day_ratio(days, valid, on=DAY)) == printed


@given(AQIS)
def test_days_without_aqi_are_in_neither_number(series: list[int | None]) -> None:
    good = sum(1 for aqi in series if aqi is not None and aqi <= 100)
    valid = sum(1 for aqi in series if aqi is not None)
    found = good_days([np.nan if aqi is None else aqi for aqi in series], on=DAY)
    assert (int(found.good), int(found.valid), found.all_days) == (good, valid, len(series))
    if valid:
        exact = Decimal(100 * good) / valid
        assert float(found.ratio_percent) == float(exact.quantize(Decimal("0.1"), ROUND_HALF_EVEN))
    else:
        assert np.isnan(found.ratio_percent)


def test_one_hundred_is_good_and_one_hundred_and_one_is_not() -> None:
    assert float(good_days([100, 101], on=DAY).ratio_percent) == 50.0


def test_every_valid_day_is_in_one_level() -> None:
    found = level_days([[50, 51, 150, 151, 201, 301], [np.nan] * 6], on=DAY)
    assert found.tolist() == [[1, 1, 1, 1, 1, 1], [0] * 6]


def test_many_cities_at_once() -> None:
    found = good_days([[50, 150], [np.nan, 60], [np.nan, np.nan]], on=DAY)
    assert found.ratio_percent.tolist()[:2] == [50.0, 100.0]
    assert np.isnan(found.ratio_percent[2])
    assert "1÷1×100%" in found.derivation(1).text()
    assert "无有效监测天数" in found.derivation(2).text()


def test_the_derivation_says_which_days_were_counted() -> None:
    text = good_days([50, 150, np.nan], on=DAY, label="扣除沙尘").derivation().text()
    assert "优良天数比例（扣除沙尘）" in text
    assert "有效监测天数：2 天" in text
    assert "统计天数：3 天" in text


def test_more_days_than_valid_days_is_probably_upside_down() -> None:
    with pytest.raises(InputRefusedError, match="填反"):
        day_ratio([10, 366], [20, 336], on=DAY)
    with pytest.raises(InputRefusedError, match="第 1 行"):
        day_ratio(-1, 10, on=DAY)


def test_a_region_is_the_mean_of_its_cities() -> None:
    assert float(region_ratio([96.2, 90.7, np.nan], on=DAY)) == 93.4  # 93.45, to even
    assert np.isnan(region_ratio([np.nan], on=DAY))
    assert region_ratio([[100, 90], [80, 70]], axis=0, on=DAY).tolist() == [90.0, 80.0]


def test_a_ratio_of_no_known_day_needs_an_edition() -> None:
    with pytest.raises(OutsideEditionsError):
        day_ratio(1, 2)
    assert float(day_ratio(1, 2, edition="HJ 663-2013")) == 50.0


def test_good_days_are_those_whose_published_category_is_good(shared: Path) -> None:
    text = (shared / "data/air/gd_dust_days_city_daily.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    found = good_days([float(row["aqi"] or "nan") for row in rows], on=DAY)
    assert int(found.good) == sum(row["category"] in {"优", "良"} for row in rows)
    assert 0 < int(found.good) < int(found.valid)
