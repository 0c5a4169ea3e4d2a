"""Narrow floats are read as the decimals they stand for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.air.decimal_floats import decimal_floats


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


def test_text_is_refused() -> None:
    with pytest.raises(ValueError, match="could not convert"):
        decimal_floats(["—"])
