"""Digits of reports."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.surface_water import class_shares, target_compliance
from zhihuan.standards.surface_water.digits import reported, without_noise

DAY = date(2026, 9, 30)
PERCENT = "surface_water/percent_decimals"


@given(st.integers(-100_000, 100_000), st.integers(1, 40))
def test_quotients_of_decimals_round_as_decimals(thousandths: int, twentieths: int) -> None:
    exact = (Decimal(thousandths) / 1000) / (Decimal(twentieths) / 20)
    binary = (thousandths / 1000) / (twentieths / 20)
    printed = exact.quantize(Decimal("0.1"), ROUND_HALF_EVEN)
    assert float(reported(PERCENT, binary, on=DAY)) == float(printed)


def test_missing_stays_missing_and_shapes_are_kept() -> None:
    found = reported(PERCENT, [[np.nan, 0.25], [0.35, 1e6]], on=DAY)
    np.testing.assert_array_equal(found, [[np.nan, 0.2], [0.4, 1e6]])
    assert without_noise(0.1 + 0.2).tolist() == 0.3


def test_digits_are_those_of_each_day(amend) -> None:
    amend(PERCENT, "2030-01-01", "2")
    days = np.array(["2029-12-31", "2030-12-31"], dtype="datetime64[D]")
    classes, groups = ["Ⅱ", "Ⅱ", "Ⅳ"] * 2, ["2029"] * 3 + ["2030"] * 3
    shares = class_shares(classes, on=days, groups=groups)
    assert shares.reported(shares.good).tolist() == [66.7, 66.67]
    assert shares.reported(shares.percent)[:, 3].tolist() == [33.3, 33.33]
    assert "66.67%" in shares.derivation(1).conclusion
    kept = target_compliance(classes, "Ⅲ", on=days, groups=groups)
    assert kept.reported.tolist() == [66.7, 66.67]
