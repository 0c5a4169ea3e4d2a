"""GB/T 8170: half to even on the digits people see."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.rounding import (
    round_beside,
    round_half_even,
    round_half_even_array,
    round_significant,
)

FLOATS = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12)


@pytest.mark.parametrize(
    ("text", "decimals", "rounded"),
    [
        # ties go to the even digit, both ways
        ("10.5", 0, "10"),
        ("11.5", 0, "12"),
        ("0.325", 2, "0.32"),
        ("0.335", 2, "0.34"),
        ("-2.5", 0, "-2"),
        ("-3.5", 0, "-4"),
        # a digit behind the five decides upwards
        ("10.5001", 0, "11"),
        ("10.4999", 0, "10"),
        # tens and hundreds
        ("250", -2, "2E+2"),
        ("350", -2, "4E+2"),
        # rounded once, never in steps: 15.4546 is 15, although 15.455 -> 15.46 -> 15.5 -> 16
        ("15.4546", 0, "15"),
    ],
)
def test_worked_examples(text: str, decimals: int, rounded: str) -> None:
    assert round_half_even(text, decimals) == Decimal(rounded)


def test_a_float_is_taken_by_its_digits_not_by_its_bits() -> None:
    # 2.675 in binary lies below the tie, 0.285 too; people see a tie
    assert round_half_even(2.675, 2) == Decimal("2.68")
    assert round_half_even(0.285, 2) == Decimal("0.28")
    assert round_half_even_array([2.675, 0.285, 1.005], 2).tolist() == [2.68, 0.28, 1.0]


def test_columns_full_of_ties_are_decided_like_single_values() -> None:
    for decimals in (0, 1, 2, 3):
        halves = np.arange(-4001, 4001, 2)
        ties = halves / (2 * 10.0**decimals)
        expected = [float(round_half_even(value, decimals)) for value in ties.tolist()]
        assert round_half_even_array(ties, decimals).tolist() == expected


@settings(deadline=None)
@given(value=FLOATS, decimals=st.integers(min_value=-3, max_value=6))
def test_the_array_form_agrees_with_decimal_arithmetic(value: float, decimals: int) -> None:
    with localcontext() as context:
        context.prec = 60
        step = Decimal(1).scaleb(-decimals)
        expected = Decimal(repr(value)).quantize(step, rounding=ROUND_HALF_EVEN)
    assert round_half_even_array(value, decimals) == float(expected)


@settings(deadline=None)
@given(
    whole=st.integers(min_value=-10_000, max_value=10_000),
    decimals=st.integers(min_value=0, max_value=4),
)
def test_every_tie_ends_on_an_even_digit(whole: int, decimals: int) -> None:
    tie = Decimal(2 * whole + 1).scaleb(-decimals) / 2
    rounded = round_half_even_array(float(tie), decimals)
    digit = round(float(rounded) * 10**decimals)
    assert digit % 2 == 0
    assert abs(digit - float(tie) * 10**decimals) < 0.51


def test_missing_stays_missing_and_shape_is_kept() -> None:
    values = np.array([[np.nan, np.inf], [-np.inf, 2.5]])
    rounded = round_half_even_array(values, 0)
    assert rounded.shape == values.shape
    assert np.isnan(rounded[0, 0])
    assert rounded[0, 1] == np.inf
    assert rounded[1].tolist() == [-np.inf, 2.0]


def test_significant_digits() -> None:
    assert round_significant("0.0012345", 3) == Decimal("0.00123")
    assert round_significant("18.5", 2) == 18
    assert round_significant("99.96", 3) == Decimal(100)
    assert round_significant("0", 2) == 0
    with pytest.raises(ValueError, match="at least one digit"):
        round_significant("1", 0)


@pytest.mark.parametrize("bad", ["12,5", "", float("nan"), float("inf")])
def test_what_is_no_number_is_refused(bad: str | float) -> None:
    with pytest.raises(ValueError, match=r"not a decimal|cannot be rounded"):
        round_half_even(bad, 1)


def test_very_large_and_very_small_floats_do_not_fail() -> None:
    assert round_half_even_array([1.7e308, 5e-324], 4).tolist() == [1.7e308, 0.0]


@pytest.mark.parametrize(
    ("value", "bounds", "told"),
    [
        (100.130498601, [100.0], "100.13"),  # rounding leaves it where it was
        (0.502, [0.5], "0.502"),  # 0.50 would be said to keep to 0.5
        (0.498, [0.5], "0.498"),  # and this to have reached it
        (0.5, [0.5], "0.50"),
        (0.30000000000000004, [0.3], "0.30"),  # binary arithmetic, no difference
        (6.0, [6.0, 9.0], "6.00"),
        (9.004, [6.0, 9.0], "9.004"),
        (35.000001, [float("nan"), 35.0], "35.000001"),
        (0.001, [], "0.00"),
    ],
)
def test_what_is_told_beside_a_bound_lies_on_its_side(value, bounds, told) -> None:
    assert str(round_beside(value, bounds, 2)) == told


@settings(max_examples=200)
@given(
    st.floats(min_value=-1e6, max_value=1e6), st.floats(min_value=-1e6, max_value=1e6),
    st.integers(0, 4),
)  # fmt: skip
def test_no_rounding_beside_a_bound_crosses_it(value, bound, decimals) -> None:
    told = float(round_beside(value, [bound], decimals))
    if abs(value - bound) > 1e-8 * abs(bound):
        assert (told > bound) == (value > bound)
