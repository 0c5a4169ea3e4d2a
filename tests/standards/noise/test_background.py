"""Background correction by the table, never by energy."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.errors import InputRefusedError
from zhihuan.standards.noise.background import emission_level

DAY = date(2026, 3, 1)
TENTHS = st.integers(min_value=300, max_value=900).map(lambda tenths: tenths / 10)


def slow_level(measured: float, background: float) -> Decimal | None:
    """By the words of table 4 and HJ 706, on decimals."""

    def to_integer(value: Decimal) -> Decimal:
        return value.quantize(Decimal(1), rounding=ROUND_HALF_EVEN)

    loud, quiet = Decimal(repr(measured)), Decimal(repr(background))
    difference = int(to_integer(loud - quiet))
    if difference < 3:
        return None
    correction = 0
    if difference == 3:
        correction = -3
    elif difference <= 5:
        correction = -2
    elif difference <= 10:
        correction = -1
    return to_integer(loud + correction)


@settings(max_examples=150)
@given(measured=TENTHS, background=TENTHS)
def test_the_emission_level_equals_the_slow_route(measured: float, background: float) -> None:
    found = emission_level(measured, background, on=DAY)
    wanted = slow_level(measured, background)
    if wanted is None:
        assert np.isnan(found.level)
        assert found.too_loud
    else:
        assert found.level == float(wanted)
        assert not found.too_loud


def test_ties_of_the_difference_go_to_the_even_integer() -> None:
    found = emission_level([53.5, 52.5], 50.0, on=DAY)
    assert found.difference.tolist() == [4.0, 2.0]
    assert found.correction[0] == -2.0
    assert found.too_loud.tolist() == [False, True]


def test_a_source_barely_over_the_limit_beneath_loud_background_is_surely_within() -> None:
    found = emission_level([58.0, 60.6, 58.0], [57.0, 59.0, np.nan], on=DAY, limit=55.0)
    assert found.surely_within.tolist() == [True, False, False]
    texts = [found.derivation(n).conclusion for n in range(3)]
    assert "可判达标" in texts[0]
    assert "无法评价" in texts[1]
    assert "缺少测量值或背景值" in texts[2]
    assert found.derivation(0).basis[-1].standard == "HJ 706-2014"


def test_before_hj_706_nothing_is_surely_within_and_a_decimal_stays() -> None:
    found = emission_level([60.4, 58.0], [50.0, 57.0], on=date(2012, 1, 1), limit=55.0)
    assert found.level[0] == 59.4
    assert found.surely_within.tolist() == [False, False]


def test_the_derivation_shows_the_correction_and_its_rounding() -> None:
    text = emission_level(60.0, 50.4, on=DAY).derivation().text()
    assert "60 − 50.4" in text
    assert "噪声排放值 59 dB(A)" in text
    assert "修约" in text


def test_absurd_backgrounds_are_refused() -> None:
    with pytest.raises(InputRefusedError, match="声级"):
        emission_level(60.0, 504.0, on=DAY)
