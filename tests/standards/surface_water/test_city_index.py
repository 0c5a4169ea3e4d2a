"""The city water quality index: quotients, sums, cities."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.errors import InputRefusedError
from zhihuan.standards.surface_water.city_index import combined_cwqi, cwqi

DAY = date(2026, 9, 30)
CLASS_III = {
    "codmn": 6, "cod": 20, "bod5": 4, "nh3n": 1.0, "tp": 0.2, "cu": 1, "zn": 1, "f": 1, "se": 0.01,
    "hg": 0.0001, "cd": 0.005, "cr6": 0.05, "pb": 0.05, "cn": 0.2, "phenol": 0.005, "oil": 0.05,
    "las": 0.2, "sulfide": 0.2, "as": 0.05,
}  # fmt: skip


def slow_item(item: str, value: float, *, lake: bool) -> float:
    if item == "ph":
        return (7 - value) / (7 - 6) if value <= 7 else (value - 7) / (9 - 7)
    if item == "do":
        return 5 / value if value > 0 else 5 / 0.1
    return value / (0.05 if item == "tp" and lake else CLASS_III[item])


@given(
    sample=st.fixed_dictionaries(
        {
            "ph": st.floats(3, 11),
            "do": st.one_of(st.just(0.0), st.floats(0.01, 15)),
            **{item: st.floats(0, float(3 * limit)) for item, limit in CLASS_III.items()},
        }
    ),
    lake=st.booleans(),
)
@settings(max_examples=60)
def test_the_index_is_the_sum_of_quotients(sample: dict[str, float], lake: bool) -> None:
    found = cwqi(sample, on=DAY, waterbody=lake)
    slow = {item: slow_item(item, value, lake=lake) for item, value in sample.items()}
    for item, value in slow.items():
        assert float(found.single[item]) == pytest.approx(value, rel=1e-12, abs=1e-12)
    assert float(found.total) == pytest.approx(sum(slow.values()))
    assert int(found.counted) == 21


def test_limits_themselves_make_twenty_and_four_decimals_are_told() -> None:
    found = cwqi({"ph": 7.0, "do": 5.0, **CLASS_III}, on=DAY)
    assert float(found.reported) == 20.0
    text = found.derivation().text()
    assert "CWQI = 20.0000" in text
    assert "(7 − 7) ÷ (7 − 6)" in text
    assert "5 ÷ 5" in text
    assert "6 ÷ 6" in text


def test_alkaline_water_and_water_without_oxygen_say_how() -> None:
    text = cwqi({"ph": 8.0, "do": 0}, on=DAY).derivation().text()
    assert "(8 − 7) ÷ (9 − 7) → 0.500000" in text
    assert "5 ÷ 0.1 → 50.000000" in text
    assert "溶解氧为零时的取值" in text


def test_rivers_and_lakes_nitrogen_and_temperature_in_one_call() -> None:
    found = cwqi(
        {"tp": [0.1, 0.1], "tn": [9, 9], "wtemp": [20, 20]}, on=DAY, waterbody=["river", "lake"]
    )
    np.testing.assert_allclose(found.total, [0.5, 2.0])
    assert list(found.single) == ["tp"]
    assert "0.1 ÷ 0.05" in found.derivation(1).text()


def test_a_missing_item_leaves_no_index() -> None:
    found = cwqi({"tp": [0.1, np.nan], "nh3n": [0.5, 0.5]}, on=DAY)
    np.testing.assert_array_equal(found.total, [1.0, np.nan])
    assert found.counted.tolist() == [2, 1]
    assert "有项目缺测，指数不可比" in found.derivation(1).conclusion
    assert "总磷：缺测" in found.derivation(1).text()


def test_the_caller_may_name_the_items_and_must_give_them() -> None:
    found = cwqi({"do": "5", "nh3n": "<2", "tn": 1}, on=DAY, items=["DO", "氨氮"])
    assert float(found.total) == 2.0
    assert "参与计算的项目" not in found.derivation().text()
    with pytest.raises(InputRefusedError, match="化学需氧量：没有给出"):
        cwqi({"do": 5}, on=DAY, items=["do", "cod"])
    with pytest.raises(InputRefusedError, match="参与计算的项目：没有给出"):
        cwqi({"tn": 1}, on=DAY)


def test_nothing_is_summed_to_nothing() -> None:
    assert cwqi({"tp": []}, on=DAY).total.shape == (0,)


def test_a_city_is_weighted_by_sections_and_points() -> None:
    city = combined_cwqi(
        [6.0, 6.0, np.nan, np.nan], [3, 3, 0, 2], [9.0, np.nan, 4.0, 4.0], [1, 0, 2, 2]
    )
    np.testing.assert_array_equal(city, [6.75, 6.0, 4.0, np.nan])
    assert np.isnan(combined_cwqi(np.nan, 0, np.nan, 0))


def test_class_neutral_point_and_items_are_dated(amend) -> None:
    amend("surface_water/cwqi_class", "2030-01-01", "2")
    amend("surface_water/cwqi_neutral_ph", "2030-01-01", "7.5")
    days = np.array(["2029-12-31", "2030-01-01"], dtype="datetime64[D]")
    found = cwqi({"nh3n": [1.0, 1.0], "ph": [7.5, 7.5]}, on=days)
    np.testing.assert_allclose(found.single["nh3n"], [1.0, 2.0])
    np.testing.assert_allclose(found.single["ph"], [0.25, 0.0])
    amend("surface_water/cwqi_items", "2031-01-01", "{items: [nh3n]}")
    later = np.array(["2030-06-30", "2031-06-30"], dtype="datetime64[D]")
    assert list(cwqi({"nh3n": [1.0, 1.0], "ph": [7.5, 7.5]}, on=later).single) == ["nh3n"]


def test_a_value_below_detection_is_told_with_its_rule() -> None:
    text = cwqi({"do": 5.0, "nh3n": "0.05L"}, on=DAY).derivation().text()
    assert "低于检出限，按检出限的一定比例取值" in text
    assert "低于检出限的取值：" in text
    assert "低于检出限" not in cwqi({"do": 5.0, "nh3n": 0.05}, on=DAY).derivation().text()
