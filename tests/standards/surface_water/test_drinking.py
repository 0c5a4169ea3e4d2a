"""Sources of drinking water: three tables."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.errors import InputRefusedError
from zhihuan.standards.parameters import parameter
from zhihuan.standards.surface_water import attainment_percent, drinking_source

DAY = date(2026, 9, 30)


@given(st.sampled_from(parameter("surface_water/drinking_specific").editions[0].rows))
def test_every_specific_item_passes_at_its_limit_and_fails_above(row) -> None:
    limit = Decimal(row["limit"])
    values = [float(limit), float(limit * Decimal("1.001")), float("nan")]
    found = drinking_source({row["name"]: values}, on=DAY)
    assert found.passes.tolist() == [True, False, False]
    assert found.judged.tolist() == [True, True, False]
    assert found.failing(1) == (row["name"],)


def test_three_tables_are_judged_together() -> None:
    found = drinking_source(
        {
            "氨氮": [0.9, 1.1, 0.9],
            "SO4": [250, 250, 251],
            "苯": [0.01, 0.01, 0.02],
            "tn": [5, 5, 5],
        },
        on=DAY,
    )
    assert found.passes.tolist() == [True, False, False]
    assert [found.failing(n) for n in range(3)] == [(), ("氨氮",), ("硫酸盐", "苯")]
    assert found.counted.tolist() == [3, 3, 3]
    text = found.derivation(2).text()
    assert "不达标：硫酸盐、苯" in text
    assert "GB 3838-2002 表1" in text
    assert "GB 3838-2002 表2" in text
    assert "GB 3838-2002 表3" in text
    assert "基本项目应达到Ⅲ类" in text
    assert found.derivation(0).conclusion == "达标"


def test_a_protection_zone_may_ask_for_class_ii() -> None:
    found = drinking_source({"nh3n": [0.9, 0.4]}, on=DAY, target="Ⅱ")
    assert found.passes.tolist() == [False, True]
    lake = drinking_source({"tp": [0.05, 0.06]}, on=DAY, waterbody="lake")
    assert lake.passes.tolist() == [True, False]


def test_without_data_nothing_passes() -> None:
    found = drinking_source({"fe": [np.nan, 0.3]}, on=DAY)
    assert found.passes.tolist() == [False, True]
    assert "没有数据" in found.derivation(0).conclusion
    assert drinking_source({"fe": []}, on=DAY).passes.shape == (0,)


def test_shapes_of_the_tables_broadcast() -> None:
    found = drinking_source({"fe": 0.2, "nh3n": [0.5, 3.0], "镍": 0.001}, on=DAY)
    assert found.passes.tolist() == [True, False]
    assert found.derivation(0).conclusion == "达标"
    days = np.array(["2020-01-01", "2021-01-01", "2022-01-01"], dtype="datetime64[D]")
    assert drinking_source({"fe": 0.2, "nh3n": 0.1}, on=days).passes.shape == (3,)


def test_spellings_detection_limits_and_strangers() -> None:
    found = drinking_source(
        {"1,2-二氯乙烷": ["<0.05", "0.031"], "苯并（a）芘": "0.0000028"}, on=DAY
    )
    assert found.passes.tolist() == [True, False]
    assert "未检出，以 0.025 参加评价" in found.derivation(0).text()
    with pytest.raises(InputRefusedError, match="不认识的项目"):
        drinking_source({"二氧化钛": 1}, on=DAY)
    with pytest.raises(InputRefusedError, match="µg/L"):
        drinking_source({"苯": 12.0}, on=DAY)


def test_attainment_by_sources_and_by_water() -> None:
    found = drinking_source({"fe": [0.2, 0.4, np.nan]}, on=DAY)
    assert attainment_percent(found) == 50.0
    assert attainment_percent(found, [300, 100, 999]) == 75.0
    assert np.isnan(attainment_percent(drinking_source({"fe": [np.nan]}, on=DAY)))


def test_the_share_of_a_detection_limit_is_that_of_the_day(amend) -> None:
    amend("surface_water/below_detection_share", "2030-01-01", "1.0")
    days = np.array(["2029-12-31", "2030-01-01"], dtype="datetime64[D]")
    assert drinking_source({"苯": ["<0.02", "<0.02"]}, on=days).passes.tolist() == [True, False]
