"""Rankings: published tables, and the rule counted out city by city."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.air.rankings import (
    Key,
    guangdong_monthly_ranking,
    improvement_ranking,
    rank_by,
    rank_cities,
)

DAY = date(2024, 3, 31)
FIGURES = st.lists(
    st.tuples(st.sampled_from([90.3, 93.5, 96.8, 100.0]), st.integers(20, 24)), max_size=25
)


@given(FIGURES)
def test_a_rank_is_one_more_than_the_number_of_better_cities(
    cities: list[tuple[float, int]],
) -> None:
    by_aqi, by_pm25 = guangdong_monthly_ranking(
        [c[0] for c in cities], [c[1] for c in cities], on=DAY
    )
    for at, (share, pm25) in enumerate(cities):
        better = sum(s > share or (s == share and p < pm25) for s, p in cities)
        assert by_aqi.ranks[at] == better + 1
        assert by_pm25.ranks[at] == sum(p < pm25 for _, p in cities) + 1


def test_the_provinces_published_tables_are_reproduced(shared: Path) -> None:
    lines = (shared / "data/air/vectors.jsonl").read_text("utf-8").splitlines()
    cases = [case for line in lines if (case := json.loads(line))["kind"] == "ranking"]
    assert len(cases) >= 2
    for case in cases:
        given_, expected = case["input"], case["expected"]
        if "composite" in given_:
            names = list(given_["composite"])
            found = rank_cities(list(given_["composite"].values()), names=names, on=DAY)
            assert dict(zip(names, found.ranks.tolist(), strict=True)) == expected["rank"]
            continue
        names = [city["city"] for city in given_["cities"]]
        aqi, pm25 = guangdong_monthly_ranking(
            [city["attainment_pct"] for city in given_["cities"]],
            [city["PM25"] for city in given_["cities"]],
            names=names,
            on=DAY,
        )
        assert dict(zip(names, aqi.ranks.tolist(), strict=True)) == expected["aqi_rank"]
        assert dict(zip(names, pm25.ranks.tolist(), strict=True)) == expected["pm25_rank"]


def test_a_city_without_a_figure_has_no_rank_and_takes_none() -> None:
    found = rank_cities([3.0, np.nan, 2.0], names=["甲", "乙", "丙"], on=DAY)
    assert found.ranks.tolist() == [2, -1, 1]
    assert found.order.tolist() == [2, 0]
    assert "不参加排名" in found.derivation(1).text()


def test_no_city_and_one_city() -> None:
    assert rank_cities([], on=DAY).ranks.shape == (0,)
    assert rank_cities([2.5], on=DAY).ranks.tolist() == [1]
    assert rank_cities([np.nan], on=DAY).ranks.tolist() == [-1]


def test_the_derivation_counts_the_better_and_the_equal() -> None:
    text = rank_cities([2.0, 2.5, 2.5, 3.0], on=DAY).derivation(1).text()
    assert "优于它的有 1 个；与 1 个城市并列，其后名次顺延" in text
    assert "第 2 个城市：第 2 位，共 4 个" in text


def test_a_high_first_key_is_said_to_run_downwards() -> None:
    by_aqi, _ = guangdong_monthly_ranking([96.8, 100], [23, 30], names=["甲", "乙"], on=DAY)
    assert "AQI达标率从高到低，再按PM2.5 浓度从低到高" in by_aqi.derivation(1).text()


def test_the_most_improved_city_fell_most_and_equals_share() -> None:
    found = improvement_ranking([2.7, 3.0, 2.0, 2.2], [2.92, 3.0, 2.0 / 0.9, 2.0], on=DAY)
    assert found.change_percent.tolist() == [-7.5, 0.0, -10.0, 10.0]
    assert found.improved.ranks.tolist() == [2, 3, 1, 4]
    assert found.worsened.ranks.tolist() == [-1, -1, -1, 1]


def test_cities_that_meet_every_limit_are_not_named_as_worsened() -> None:
    found = improvement_ranking(
        [2.2, 4.4, 6.6], [2.0, 4.0, 5.0], attains_all=[True, False, False], on=DAY
    )
    assert found.worsened.ranks.tolist() == [-1, 2, 1]


def test_figures_that_do_not_fit_their_keys_are_refused() -> None:
    with pytest.raises(ValueError, match="one array a key"):
        rank_by([Key("甲")], [], on=DAY)
    with pytest.raises(ValueError, match="3 names for 2 cities"):
        rank_cities([1.0, 2.0], names=["甲", "乙", "丙"], on=DAY)
