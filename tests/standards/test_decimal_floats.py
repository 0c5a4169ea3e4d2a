"""Narrow floats are read as the decimals they stand for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.errors import InputRefusedError


@given(number=st.integers(0, 9_999_999), decimals=st.integers(0, 4))
def test_a_float32_of_seven_digits_is_its_decimal(number: int, decimals: int) -> None:
    text = number / 10.0**decimals
    assert decimal_floats(np.float32(text)) == text


def test_float64_passes_through_untouched_and_integers_widen() -> None:
    values = np.array([1.1, np.nan])
    assert decimal_floats(values) is values
    assert decimal_floats([1, 2]).dtype == np.float64
    assert decimal_floats(np.int16(3)) == 3


def test_missing_stays_missing_and_odd_fractions_stay_what_they_are() -> None:
    third = np.array([1 / 3, np.nan], dtype=np.float32)
    found = decimal_floats(third)
    assert found[0] == np.float64(third[0])
    assert np.isnan(found[1])


@pytest.mark.parametrize("text", ["—", "40", True, b"40", 1 + 2j])
def test_what_is_no_number_is_refused_with_its_row(text: object) -> None:
    with pytest.raises(InputRefusedError, match=r"第 2 行.*不是数值"):
        decimal_floats(np.array([1.0, text], dtype=object))


def test_none_and_hidden_values_are_missing() -> None:
    np.testing.assert_array_equal(decimal_floats([None, 2.5]), [np.nan, 2.5])
    hidden = np.ma.masked_array([1.5, 999.0], mask=[False, True])
    np.testing.assert_array_equal(decimal_floats(hidden), [1.5, np.nan])
    whole = np.ma.masked_array([1, 999], mask=[False, True])
    np.testing.assert_array_equal(decimal_floats(whole), [1.0, np.nan])
