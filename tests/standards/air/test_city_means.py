"""A city out of its points: three quarters of them, half when they are few, never the control point."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.air.city_means import city_means
from zhihuan.standards.errors import InputRefusedError

DAY = date(2024, 7, 1)
POINT = st.tuples(
    st.sampled_from(["中山", "珠海", "江门"]),
    st.booleans(),
    st.lists(st.one_of(st.integers(1, 300), st.none()), min_size=2, max_size=2),
)


@settings(max_examples=100)
@given(st.lists(POINT, min_size=1, max_size=14))
def test_cities_agree_with_going_from_point_to_point(
    points: list[tuple[str, bool, list[int | None]]],
) -> None:
    values = [[np.nan if v is None else v for v in row] for _, _, row in points]
    found = city_means(values, [p[0] for p in points], control=[p[1] for p in points], on=DAY)
    mine = {p[0] for p in points if not p[1]}
    assert set(found.cities) == mine
    for at, city in enumerate(found.cities):
        rows = [row for name, control, row in points if name == city and not control]
        assert int(found.points[at]) == len(rows)
        for k in range(2):
            known = [row[k] for row in rows if row[k] is not None]
            least = 0.5 if len(rows) < 4 else 0.75
            if known and len(known) >= least * len(rows):
                assert found.values[at, k] == pytest.approx(sum(known) / len(known), rel=1e-12)
            else:
                assert np.isnan(found.values[at, k])


def a_city(points: int, valid: int) -> float:
    values = np.full(points, np.nan)
    values[:valid] = 30.0
    return float(city_means(values, ["中山"] * points, on=DAY).values[0])


@pytest.mark.parametrize(
    ("points", "enough"), [(1, 1), (2, 1), (3, 2), (4, 3), (5, 4), (8, 6), (9, 7)]
)
def test_just_enough_points_and_one_too_few(points: int, enough: int) -> None:
    assert a_city(points, enough) == 30.0
    assert np.isnan(a_city(points, enough - 1))


def test_zhongshans_control_point_is_not_averaged() -> None:
    found = city_means([[20.0], [22.0], [24.0], [5.0]], ["中山"] * 4, control=[0, 0, 0, 1], on=DAY)
    assert found.of("中山").tolist() == [22.0]
    assert found.points.tolist() == [3]
    text = found.derivation((0, 0)).text()
    assert "评价点位数：3 个（不含对照点）" in text
    assert "3÷3 ≥ 50%" in text
    with pytest.raises(KeyError, match="珠海"):
        found.of("珠海")


def test_a_city_without_enough_points_says_so() -> None:
    found = city_means([[20.0], [np.nan], [np.nan], [np.nan]], ["中山"] * 4, on=DAY)
    assert "有效点位不足" in found.derivation((0, 0)).text()
    assert float(found.unjudged[0, 0]) == 20.0
    nothing = city_means([[np.nan]], ["中山"], on=DAY)
    assert "无法计算" in nothing.derivation((0, 0)).text()


def test_days_over_two_editions() -> None:
    days = np.array(["2026-02-28", "2026-03-01"], dtype="datetime64[D]")
    found = city_means(np.full((3, 2), 30.0), ["中山"] * 3, on=days)
    assert "HJ 663-2013" in found.derivation((0, 0)).text()
    assert "HJ 663-2026" in found.derivation((0, 1)).text()


def test_no_point_makes_no_city() -> None:
    found = city_means(np.empty((0, 5)), [], on=DAY)
    assert found.values.shape == (0, 5)
    assert city_means([[1.0]], ["中山"], control=True, on=DAY).cities == ()


def test_points_without_a_city_are_refused_with_the_row() -> None:
    with pytest.raises(InputRefusedError, match="第 2 行"):
        city_means([[1.0], [2.0]], ["中山", ""], on=DAY)
    with pytest.raises(InputRefusedError, match="个数不一致"):
        city_means([[1.0], [2.0]], ["中山"], on=DAY)
