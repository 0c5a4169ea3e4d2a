"""Spearman's rank correlation over years, against the formula done by hand."""

from __future__ import annotations

import statistics
from datetime import date
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.air.trend import trend

DAY = date(2024, 12, 31)


@given(st.lists(st.integers(1, 12), min_size=5, max_size=12, unique=True))
def test_the_coefficient_is_the_printed_formula(series: list[int]) -> None:
    n = len(series)
    squares = 0
    for year, value in enumerate(series, start=1):
        squares += (sorted(series).index(value) + 1 - year) ** 2
    assert float(trend(series, on=DAY).coefficient) == pytest.approx(1 - 6 * squares / (n**3 - n))


@given(st.lists(st.integers(1, 6), min_size=5, max_size=12))
def test_with_equal_values_it_is_the_correlation_of_their_shared_ranks(series: list[int]) -> None:
    order = sorted(series)
    ranks = []
    for value in series:
        places = [at for at, other in enumerate(order, start=1) if other == value]
        ranks.append(sum(places) / len(places))
    found = float(trend(series, on=DAY).coefficient)
    if len(set(series)) == 1:
        assert found == 0
    else:
        expected = statistics.correlation(ranks, range(1, len(series) + 1))
        assert found == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("years", [5, 15, 30])
def test_a_constant_series_has_no_trend_however_long(years: int) -> None:
    found = trend([35.0] * years, on=DAY)
    assert found.words() == "无变化趋势"
    assert not bool(found.significant)
    assert "各年数值全部相等" in found.derivation().text()


def test_the_derivation_shows_how_equal_values_were_counted() -> None:
    text = trend([40, 38, 38, 35, 33], on=DAY).derivation().text()
    assert "有相等数值" in text
    assert "2√" in text


@pytest.mark.parametrize("n", [5, 6, 7])
def test_critical_values_are_the_smallest_that_leave_five_in_a_hundred_orders(n: int) -> None:
    orders = np.array(list(permutations(range(n))), dtype=float)
    found = trend(orders, on=DAY)
    upward = np.count_nonzero(found.significant & (found.coefficient > 0))
    assert upward / len(orders) <= 0.05
    nearly = np.unique(found.coefficient[~found.significant]).max()
    assert np.count_nonzero(found.coefficient >= nearly - 1e-9) / len(orders) > 0.05


def test_four_years_are_one_too_few() -> None:
    found = trend([4, 3, 2, 1], on=DAY)
    assert np.isnan(found.coefficient)
    assert not bool(found.significant)
    assert "不作趋势评价" in found.derivation().text()
    assert float(trend([5, 4, 3, 2, 1], on=DAY).coefficient) == -1.0


def test_a_missing_year_leaves_that_series_unjudged() -> None:
    found = trend([[5, 4, np.nan, 2, 1], [1, 2, 3, 4, 5]], on=DAY)
    assert np.isnan(found.coefficient[0])
    assert found.words(1) == "显著上升"


def test_between_two_rows_the_stricter_one_holds() -> None:
    assert trend(range(11), on=DAY).critical == 0.564
    assert trend(range(40), on=DAY).critical == 0.306


def test_words_for_weak_and_for_no_trend() -> None:
    assert trend([1, 3, 2, 5, 4], on=DAY).words() == "有上升趋势，但不显著"
    assert trend([2, 5, 3, 1, 4], on=DAY).words() == "无变化趋势"


def test_the_derivation_shows_the_sum_of_squares() -> None:
    text = trend([47, 40, 38, 35, 33, 30], on=DAY).derivation().text()
    assert "1−6×70÷(6³−6)" in text
    assert "|-1.000| ≥ 0.829" in text


def test_no_year_at_all() -> None:
    assert np.isnan(trend([], on=DAY).coefficient)
