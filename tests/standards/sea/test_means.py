"""Means over points, with their counts, and change from a year before."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.errors import InputRefusedError, UnknownItemError
from zhihuan.standards.sea import change_percent, point_means

DAY = date(2024, 12, 31)
NAN = float("nan")


@settings(max_examples=40)
@given(st.lists(st.integers(1, 3000) | st.none(), min_size=1, max_size=12))
def test_the_mean_is_that_of_the_points_with_a_value(thousandths):
    values = [NAN if n is None else n / 1000 for n in thousandths]
    known = [Fraction(n, 1000) for n in thousandths if n is not None]
    got = point_means({"din": values}, on=DAY)["din"]
    assert (int(got.counted), got.points) == (len(known), len(values))
    if known:
        assert float(got.mean) == pytest.approx(float(sum(known) / len(known)))
    else:
        assert np.isnan(got.mean)


def test_areas_are_rows_and_points_the_last_axis():
    got = point_means({"活性磷酸盐": [[0.01, 0.03], [NAN, NAN]], "din": 0.4}, on=DAY)
    assert got["活性磷酸盐"].mean[0] == pytest.approx(0.02)
    assert got["活性磷酸盐"].counted.tolist() == [2, 0]
    assert got["din"].mean == 0.4
    assert point_means({"din": []}, on=DAY)["din"].counted == 0


def test_undetected_values_take_part_by_their_stand_in():
    got = point_means({"oil": [0.02, 0.02, 0.04]}, on=DAY, below={"oil": [True, False, False]})
    assert float(got["oil"].mean) == pytest.approx((0.01 + 0.02 + 0.04) / 3)
    plain = point_means({"oil": [0.02], "din": [0.4]}, on=DAY, below={"oil": [True]})
    assert plain["din"].mean == 0.4
    assert plain["oil"].mean == pytest.approx(0.005)  # never detected: a quarter


def test_the_derivation_counts_the_points():
    got = point_means({"din": [[1.2, 1.9, NAN], [NAN, NAN, NAN]]}, on=DAY)["din"]
    assert "有数据的点位：2/3 个" in got.derivation(0).text()
    assert got.derivation(0).conclusion == "1.55 mg/L（以N计）"
    assert got.derivation(1).conclusion == "无法评价"


@pytest.mark.parametrize(
    ("columns", "below", "words"),
    [
        ({"ph": [8.0]}, {}, "pH 不求算术平均"),
        ({"din": [35.0]}, {}, "µmol/L"),
        ({"din": [0.3]}, {"无机氮": [True]}, "没有同名的数值列"),
    ],
)
def test_bad_input_is_refused_in_words(columns, below, words):
    with pytest.raises(InputRefusedError, match=words):
        point_means(columns, on=DAY, below=below)


def test_unknown_items_are_refused():
    with pytest.raises(UnknownItemError):
        point_means({"salt": [30.0]}, on=DAY)


def test_the_change_is_relative_to_the_year_before():
    got = change_percent([1.59, 1.0, 1.0, NAN], [1.96, 0.8, 0.0, 1.0])
    assert got[:2].round(1).tolist() == [-18.9, 25.0]
    assert np.isnan(got[2:]).all()
    assert change_percent(2.0, [1.0, 4.0]).tolist() == [100.0, -50.0]
