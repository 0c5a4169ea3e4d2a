"""Means, roundings of 2020, and classes of means."""

from __future__ import annotations

import math
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError
from zhihuan.standards.parameters import parameter
from zhihuan.standards.surface_water.means import class_of_means, mean_of, rounded
from zhihuan.standards.surface_water.names import hj212_code

DAY = date(2024, 3, 31)
NAN = float("nan")


@given(st.lists(st.one_of(st.none(), st.integers(0, 2000)), min_size=1, max_size=30))
def test_a_mean_is_the_sum_over_the_count_of_what_is_there(thousandths: list[int | None]) -> None:
    there = [Decimal(n) / 1000 for n in thousandths if n is not None]
    found = mean_of([NAN if n is None else n / 1000 for n in thousandths], "tp", on=DAY)
    assert int(found.valid) == len(there)
    if there:
        assert float(found.values) == pytest.approx(float(sum(there) / len(there)), abs=1e-12)
    else:
        assert np.isnan(found.values)


@given(st.lists(st.floats(4, 11), min_size=1, max_size=12))
def test_ph_is_averaged_through_the_hydrogen_ion(values: list[float]) -> None:
    ions = [10.0**-value for value in values]
    expected = -math.log10(math.fsum(ions) / len(ions))
    assert float(mean_of(values, "ph", on=DAY).values) == pytest.approx(expected, abs=1e-9)


def test_ph_was_averaged_arithmetically_before_2020_and_one_call_may_span_both() -> None:
    days = np.array(["2019-12-31", "2020-12-31"], dtype="datetime64[D]")
    found = mean_of([[6.0, 8.0], [6.0, 8.0]], "pH", on=days)
    np.testing.assert_allclose(found.values, [7.0, -math.log10((1e-6 + 1e-8) / 2)])
    assert "算术平均" in found.derivation(0).text()
    assert "氢离子浓度平均" in found.derivation(1).text()


@pytest.mark.parametrize(
    ("period", "enough", "short", "steps"),
    [
        ("day", 4, 3, 6),
        ("month", 19, 18, 31),
        ("quarter", 2, 1, 3),
        ("year", 8, 7, 12),
        ("", 1, 0, 5),
    ],
)
def test_one_value_short_gives_no_mean_and_one_more_gives_it(
    period: str, enough: int, short: int, steps: int
) -> None:
    series = np.full((2, steps), NAN)
    series[0, :enough], series[1, :short] = 2.0, 2.0
    found = mean_of(series, "codmn", on=DAY, period=period)
    np.testing.assert_array_equal(found.values, [2.0, NAN])
    assert found.valid.tolist() == [enough, short]
    assert found.least.tolist() == [enough, enough]
    text = found.derivation(1).text()
    assert f"有效数据 {short} 个，少于 {enough} 个，不计算均值" in text
    assert "高锰酸盐指数均值 2 mg/L" in found.derivation(0).text()


def test_axes_scalars_and_nothing() -> None:
    grid = np.array([[1.0, 3.0], [2.0, NAN]])
    assert mean_of(grid, "cod", on=DAY, axis=0).values.tolist() == [1.5, 3.0]
    assert mean_of(grid, "cod", on=DAY).values.tolist() == [2.0, 2.0]
    assert np.isnan(mean_of([], "cod", on=DAY).values)
    assert mean_of(np.empty((0, 4)), "cod", on=DAY).values.shape == (0,)


def test_results_below_detection_enter_as_half() -> None:
    found = mean_of(["0.05L", "0.075", ""], "nh3n", on=DAY)
    assert (float(found.values), int(found.valid)) == (0.05, 2)
    days = np.array(["2021-01-31", "2021-02-28"], dtype="datetime64[D]")
    both = mean_of([["0.05L", "0.075"], ["0.1L", "0.05"]], "nh3n", on=days)
    assert both.values.tolist() == [0.05, 0.05]


def test_bad_periods_and_bad_values_are_refused() -> None:
    with pytest.raises(InputRefusedError, match="不认识的时段"):
        mean_of([1.0], "cod", on=DAY, period="week")
    with pytest.raises(InputRefusedError, match="不能为负"):
        mean_of([-1.0], "cod", on=DAY)


# ---- rounding -----------------------------------------------------------------------------------------


@given(st.integers(0, 99_999))
def test_means_round_half_to_even_and_zero_keeps_a_digit(tenthousandths: int) -> None:
    exact = Decimal(tenthousandths) / 10_000
    expected = exact.quantize(Decimal("0.001"), ROUND_HALF_EVEN)
    if expected == 0 and exact:
        expected = exact  # one digit below the thousandths is what is left
    assert float(rounded(float(exact), "tp", on=DAY)) == float(expected)


@pytest.mark.parametrize(
    ("item", "use", "value", "expected"),
    [
        ("ph", "assessment", 7.5, 8.0),
        ("ph", "hourly", 7.085, 7.08),
        ("do", "assessment", 6.25, 6.2),
        ("nh3n", "assessment", 0.155, 0.16),
        ("nh3n", "hourly", 0.1555, 0.156),
        ("hg", "assessment", 0.0000025, 0.000002),
        ("tp", "assessment", 0.00025, 0.0002),
        ("tp", "assessment", 0.0, 0.0),
        ("tp", "assessment", NAN, NAN),
    ],
)
def test_digits_are_those_of_the_item(item: str, use: str, value: float, expected: float) -> None:
    np.testing.assert_equal(float(rounded(value, item, on=DAY, use=use)), expected)


def test_items_without_a_rule_and_days_before_it_are_refused() -> None:
    with pytest.raises(InputRefusedError, match="没有 hourly 的修约位数"):
        rounded(3.2, "bod5", on=DAY, use="hourly")
    with pytest.raises(InputRefusedError, match="没有 assessment 的修约位数"):
        rounded(3.2, "sd", on=DAY)
    with pytest.raises(OutsideEditionsError, match="2020-01-01"):
        rounded(3.2, "cod", on=date(2019, 12, 31))


def test_digits_are_dated(amend) -> None:
    amend("surface_water/decimals", "2030-01-01", "", table="item,assessment,hourly\ntp,1,1\n")
    days = np.array(["2029-12-31", "2030-01-01"], dtype="datetime64[D]")
    assert rounded(0.1234, "tp", on=days).tolist() == [0.123, 0.1]
    assert rounded([0.1234, 0.1234], "tp", on=days).tolist() == [0.123, 0.1]


# ---- classes of means ----------------------------------------------------------------------------------


def test_a_mean_is_rounded_once_and_then_judged() -> None:
    # 0.2004 and 0.2004 are class IV each; their mean rounds to 0.200, class III
    found = class_of_means({"tp": [0.2004, 0.2004], "nh3n": [0.4, 0.62]}, on=DAY)
    assert str(found.judged.names) == "Ⅲ"
    assert float(found.reported["tp"]) == 0.2
    text = found.derivation().text()
    assert "0.2004（3 位小数，四舍六入五成双） → 0.2" in text
    assert "总磷有效数据：2 个" in text
    assert "Ⅲ类，定类项目：总磷、氨氮" in text


def test_months_of_a_year_and_kinds_of_water() -> None:
    months = np.full((2, 12), 0.06)
    months[0, 5:] = NAN  # five months only
    found = class_of_means({"tp": months}, on=DAY, waterbody=["lake", "lake"], period="year")
    assert found.judged.names.tolist() == ["", "Ⅳ"]
    assert "无法评价" in found.derivation(0).conclusion


def test_sections_of_a_small_river_are_averaged_item_by_item() -> None:
    found = class_of_means({"ph": [6.0, 8.0], "do": [4.0, 8.0]}, on=DAY)
    assert float(found.reported["ph"]) == 6.0
    assert float(found.reported["do"]) == 6.0
    assert found.judged.deciding_items() == ("do",)


@pytest.mark.parametrize("day", [date(2018, 6, 1), date(2019, 12, 31), date(2020, 1, 1), DAY])
def test_means_of_stations_and_of_evaluations_follow_one_rule(day: date) -> None:
    by_item = dict(parameter("surface_water/mean_method").on(day).table)
    by_code = dict(parameter("data_validity/surface_water/mean_method").on(day).table)
    default = by_item.pop("default")
    assert by_code.pop("default") == default
    assert {hj212_code(item): way for item, way in by_item.items()} == by_code


def test_items_without_a_class_do_not_stand_in_the_way_of_a_mean() -> None:
    values = {
        "nh3n": [0.4, 1.2],
        "algae": [1e6, 2e6],
        "turbidity": [3.0, NAN],
        "ec": [300.0, 310.0],
    }
    found = class_of_means(values, on=DAY)
    assert found.judged.names.item() == "Ⅲ"
    assert list(found.means) == ["nh3n"]
