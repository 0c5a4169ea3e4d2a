"""Black-odorous grades of urban water."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError
from zhihuan.standards.surface_water import black_odour

DAY, OF_2016 = date(2026, 9, 30), date(2016, 9, 30)


def slow_grade(sd, oxygen, ammonia, depth, clear) -> str:
    grades = []
    if depth is not None and depth < 25 and clear:
        grades.append(0)
    elif sd is not None and depth is not None and depth < 25:
        grades.append(2 if sd * 10 < depth * 4 else 1)
    elif sd is not None:
        grades.append(0 if sd >= 25 else 1 if sd >= 10 else 2)
    if oxygen is not None:
        grades.append(0 if oxygen >= 2 else 1 if oxygen >= 0.2 else 2)
    if ammonia is not None:
        grades.append(0 if ammonia <= 8 else 1 if ammonia <= 15 else 2)
    return ("none", "mild", "severe")[max(grades)] if grades else ""


_maybe = st.one_of


@given(
    sd=_maybe(st.none(), st.sampled_from([7, 8, 9, 9.2, 10, 24, 25, 60])),
    oxygen=_maybe(st.none(), st.sampled_from([0.1, 0.2, 1.9, 2.0, 6.0])),
    ammonia=_maybe(st.none(), st.sampled_from([0.5, 8.0, 8.1, 15.0, 15.1])),
    depth=_maybe(st.none(), st.sampled_from([20, 22.5, 23, 24.9, 25, 80])),
    clear=st.booleans(),
)
@settings(max_examples=200)
def test_a_sample_is_as_bad_as_its_worst_item(sd, oxygen, ammonia, depth, clear) -> None:
    nan = float("nan")
    values = {"sd": sd, "do": oxygen, "nh3n": ammonia}
    found = black_odour(
        {item: nan if value is None else value for item, value in values.items()},
        on=DAY,
        depth_cm=nan if depth is None else depth,
        clear_to_bed=clear,
    )
    assert str(found.names) == slow_grade(sd, oxygen, ammonia, depth, clear)


def test_the_redox_potential_counts_until_the_plan_of_2022() -> None:
    values = {"do": [5.0, 5.0], "orp": [-300.0, -300.0]}
    days = np.array([OF_2016, DAY], dtype="datetime64[D]")
    found = black_odour(values, on=days)
    assert found.names.tolist() == ["severe", "none"]
    assert found.counted.tolist() == [2, 1]
    assert "氧化还原电位：-300 mV（不参与分级）" in found.derivation(1).text()
    assert "-300（非黑臭 ≥50，轻度黑臭 ≥-200） → 重度黑臭【决定项】" in found.derivation(0).text()


@pytest.mark.parametrize(
    ("orp", "grade"), [(50, "none"), (49, "mild"), (-200, "mild"), (-201, "severe")]
)
def test_the_redox_potential_at_its_edges(orp: float, grade: str) -> None:
    assert str(black_odour({"orp": orp}, on=OF_2016).names) == grade


def test_shallow_water_says_how_it_was_judged() -> None:
    found = black_odour(
        {"sd": [8, 7.9, 20, 20], "do": [5, 5, 5, np.nan]},
        on=DAY,
        depth_cm=[20, 20, 20, 20],
        clear_to_bed=[False, False, True, True],
    )
    assert found.names.tolist() == ["mild", "severe", "none", "none"]
    assert "7.9，水深 20 cm，重度分界 8 → 重度黑臭" in found.derivation(1).text()
    assert "水深 20 cm，清澈见底 → 非黑臭" in found.derivation(2).text()
    assert "溶解氧：缺测" in found.derivation(3).text()
    assert "浅水透明度" in found.derivation(0).text()


def test_without_any_value_there_is_no_grade() -> None:
    found = black_odour({"do": [np.nan]}, on=DAY)
    assert (found.codes.tolist(), found.names.tolist()) == ([0], [""])
    assert found.derivation(0).conclusion == "无法评价"
    assert black_odour({"do": []}, on=DAY).codes.shape == (0,)


def test_cells_are_read_and_bad_ones_refused() -> None:
    assert black_odour({"氨氮": ["<20", "--"]}, on=DAY).names.tolist() == ["mild", ""]
    with pytest.raises(InputRefusedError, match="不是黑臭水体的项目"):
        black_odour({"tp": 1}, on=DAY)
    with pytest.raises(InputRefusedError, match="不是黑臭水体的项目"):
        black_odour({}, on=DAY)
    with pytest.raises(InputRefusedError, match="不能为负"):
        black_odour({"do": -1}, on=DAY)
    with pytest.raises(InputRefusedError, match="水深"):
        black_odour({"do": 1}, on=DAY, depth_cm=-5)


def test_before_the_guide_there_was_no_grading() -> None:
    with pytest.raises(OutsideEditionsError, match="2015-08-28"):
        black_odour({"do": 1}, on=date(2014, 1, 1))
