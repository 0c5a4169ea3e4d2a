"""Rates of change as bulletins print them."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.air.changes import change_step, percent_change, point_change

FIGURES = st.integers(1, 4000)


@pytest.mark.parametrize(
    ("now", "before", "printed"),
    [(33, 36, -8.3), (22, 20, 10.0), (20, 21, -4.8), (133, 165, -19.4)],
)
def test_zhongshans_printed_rates_are_reproduced(now: int, before: int, printed: float) -> None:
    assert float(percent_change(now, before)) == printed


@given(FIGURES, FIGURES)
def test_the_rate_is_the_decimal_quotient_rounded_once(now: int, before: int) -> None:
    exact = (Decimal(now) - before) / before * 100
    assert float(percent_change(now, before)) == float(
        exact.quantize(Decimal("0.1"), ROUND_HALF_EVEN)
    )


@given(FIGURES, FIGURES)
def test_figures_with_two_decimals_have_no_binary_hair(now: int, before: int) -> None:
    exact = (Decimal(now) - before) / before * 100
    assert float(percent_change(now / 100, before / 100)) == float(
        exact.quantize(Decimal("0.1"), ROUND_HALF_EVEN)
    )


def test_a_rate_from_nothing_or_of_a_missing_figure_is_missing() -> None:
    assert np.isnan(percent_change([5, np.nan, 5], [0, 5, np.nan])).all()
    assert "无法计算" in change_step(5, 0).text()
    assert percent_change([], []).shape == (0,)


def test_no_change_has_no_sign() -> None:
    assert str(float(percent_change(19.999, 20))) == "0.0"


def test_ratios_change_in_points() -> None:
    assert point_change([96.2, np.nan], 90.7).tolist()[0] == 5.5
    assert np.isnan(point_change([96.2, np.nan], 90.7)[1])


def test_the_step_shows_the_quotient() -> None:
    assert "(33−36)÷36×100%" in change_step(33, 36).text()
    assert "-8.3%" in change_step(33, 36).text()
