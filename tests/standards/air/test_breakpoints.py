"""From concentration to IAQI: the published nodes, the straight lines, always rounded up."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.air.breakpoints import curve, curves_of
from zhihuan.standards.errors import (
    OutsideEditionsError,
    ParameterFileError,
    UnknownEditionError,
)
from zhihuan.standards.parameters import Edition, parameter, parameter_from

OLD, NEW = "HJ 633-2012", "HJ 633-2026"
LEVELS = (0, 50, 100, 150, 200, 300, 400, 500)

# HJ 633-2012, table 1, typed once more from the printed table; 2026 (table 3) differs in two cells
TABLE_2012 = {
    "SO2_24h": (0, 50, 150, 475, 800, 1600, 2100, 2620),
    "SO2_1h": (0, 150, 500, 650, 800),
    "NO2_24h": (0, 40, 80, 180, 280, 565, 750, 940),
    "NO2_1h": (0, 100, 200, 700, 1200, 2340, 3090, 3840),
    "PM10_24h": (0, 50, 150, 250, 350, 420, 500, 600),
    "CO_24h": (0, 2, 4, 14, 24, 36, 48, 60),
    "CO_1h": (0, 5, 10, 35, 60, 90, 120, 150),
    "O3_1h": (0, 160, 200, 300, 400, 800, 1000, 1200),
    "O3_8h": (0, 100, 160, 215, 265, 800),
    "PM25_24h": (0, 35, 75, 115, 150, 250, 350, 500),
}
TABLE_2026 = TABLE_2012 | {
    "PM10_24h": (0, 50, 120, 250, 350, 420, 500, 600),
    "PM25_24h": (0, 35, 60, 115, 150, 250, 350, 500),
}
TABLES = {OLD: TABLE_2012, NEW: TABLE_2026}
ABOVE = {
    (OLD, "SO2_1h"): None, (OLD, "O3_8h"): None,
    (NEW, "SO2_1h"): 200, (NEW, "O3_8h"): 300,
}  # fmt: skip
COLUMNS = sorted(TABLE_2012)


def slow_iaqi(text: str, column: str, edition: str) -> int | None:
    """Formula (1) word by word, in exact fractions of the printed decimal."""
    concentration, nodes = Fraction(Decimal(text)), TABLES[edition][column]
    if concentration < 0:
        return None
    if concentration > nodes[-1]:
        return ABOVE.get((edition, column), 500)
    for low, high, index_low, index_high in zip(nodes, nodes[1:], LEVELS, LEVELS[1:], strict=False):
        if low <= concentration <= high:
            slope = Fraction(index_high - index_low, high - low)
            return math.ceil(slope * (concentration - low) + index_low)
    raise AssertionError(text)


def filled(column: str, edition: str, values: list[float], *, rounded: bool) -> list[float]:
    found = np.empty(len(values), dtype=np.float32)
    curve(column, edition=edition).fill(np.array(values), found, rounded=rounded)
    return found.tolist()


@pytest.mark.parametrize("edition", [OLD, NEW])
@pytest.mark.parametrize("column", COLUMNS)
def test_every_printed_node_has_its_printed_index(column: str, edition: str) -> None:
    nodes = TABLES[edition][column]
    expected = list(LEVELS[: len(nodes)])
    assert curve(column, edition=edition).exact(nodes).tolist() == expected
    assert filled(column, edition, [float(n) for n in nodes], rounded=False) == expected


@pytest.mark.parametrize("edition", [OLD, NEW])
@pytest.mark.parametrize("column", COLUMNS)
def test_every_reported_concentration_agrees_with_exact_fractions(
    column: str, edition: str
) -> None:
    places = 1 if column.startswith("CO") else 0
    top = (TABLES[edition][column][-1] + 5) * 10**places
    texts = [str(Decimal(number).scaleb(-places)) for number in range(top)]
    expected = [slow_iaqi(text, column, edition) for text in texts]
    for rounded in (True, False):
        found = filled(column, edition, [float(text) for text in texts], rounded=rounded)
        assert [None if math.isnan(i) else i for i in found] == expected


@settings(max_examples=300)
@given(
    column=st.sampled_from(COLUMNS),
    edition=st.sampled_from([OLD, NEW]),
    number=st.decimals(min_value=0, max_value=4000, places=6).map(str)
    | st.decimals(min_value=0, max_value=900, places=1).map(str)
    | st.decimals(min_value=0, max_value=900, places=3).map(str),
)
def test_decimals_agree_with_exact_fractions(column: str, edition: str, number: str) -> None:
    expected = slow_iaqi(number, column, edition)
    found = filled(column, edition, [float(number)], rounded=False)[0]
    assert (None if math.isnan(found) else found) == expected


@settings(max_examples=200)
@given(
    column=st.sampled_from(COLUMNS),
    edition=st.sampled_from([OLD, NEW]),
    value=st.floats(min_value=0, max_value=5000, allow_subnormal=False),
)
def test_any_float_is_taken_to_nine_decimals(column: str, edition: str, value: float) -> None:
    # a float just above a node may be read as the node itself; both readings are 10⁻⁹ apart
    near = [f"{Decimal(value) + Decimal(step) / 10**9:.9f}" for step in (-1, 0, 1)]
    allowed = {slow_iaqi(text.replace("-0.000000001", "0"), column, edition) for text in near}
    found = filled(column, edition, [value], rounded=False)[0]
    assert (None if math.isnan(found) else found) in allowed


def test_noise_of_a_computed_mean_does_not_lift_the_index() -> None:
    tenths = [
        0.1 * 3,
        0.7 * 3,
        1.1 * 3,
    ]  # 0.30000000000000004, 2.0999999999999996, 3.3000000000000003
    assert filled("CO_1h", OLD, tenths, rounded=False) == [3, 21, 33]
    assert filled("PM25_24h", OLD, [35.00000000000001, 75.00000000000001], rounded=False) == [
        50,
        100,
    ]
    assert filled("PM25_24h", OLD, [35.000001], rounded=False) == [51]
    # at the end of a table it neither takes the index away nor caps it
    assert filled("SO2_1h", OLD, [800.0000000000001], rounded=False) == [200]
    assert filled("PM25_24h", OLD, [-1e-15], rounded=False) == [0]


@settings(max_examples=200)
@given(
    column=st.sampled_from(COLUMNS),
    number=st.decimals(min_value=0, max_value=900, places=3).map(str)
    | st.decimals(min_value=0, max_value=300, places=1).map(str)
    | st.integers(0, 6000).map(lambda n: str(Decimal(2 * n + 1).scaleb(-2) * 5)),
)
def test_rounding_first_is_half_even_on_the_decimal(column: str, number: str) -> None:
    places = 1 if column.startswith("CO") else 0
    rounded = Decimal(number).quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_EVEN")
    expected = slow_iaqi(str(rounded), column, NEW)
    assert filled(column, NEW, [float(number)], rounded=True) == [expected]


def test_missing_and_negative_concentrations_have_no_index() -> None:
    for rounded in (True, False):
        found = filled("PM25_24h", OLD, [math.nan, -1.0, -35.5, math.inf, 0.0], rounded=rounded)
        assert [math.isnan(i) for i in found] == [True, True, True, False, False]
        assert found[3:] == [500, 0]
    assert math.isnan(filled("PM25_24h", OLD, [-0.2], rounded=False)[0])
    assert math.isnan(filled("SO2_1h", OLD, [math.inf], rounded=False)[0])


def test_above_the_last_node_each_edition_says_its_own() -> None:
    assert filled("PM25_24h", OLD, [500.5, 9999.0], rounded=False) == [500, 500]
    assert filled("SO2_1h", NEW, [801.0, 5000.0], rounded=False) == [200, 200]
    assert filled("O3_8h", NEW, [801.0], rounded=True) == [300]
    assert filled("SO2_1h", NEW, [800.5, 800.6], rounded=True) == [200, 200]
    assert math.isnan(filled("SO2_1h", OLD, [800.4], rounded=False)[0])
    assert curve("SO2_1h", edition=OLD).instead == "SO2_24h"
    assert curve("O3_8h", edition=OLD).instead == "O3_1h"


def test_the_day_chooses_the_curve() -> None:
    assert curve("PM25_24h", on=date(2026, 2, 28)).nodes[2] == 75
    assert curve("PM25_24h", on=date(2026, 3, 1)).nodes[2] == 60
    with pytest.raises(OutsideEditionsError, match="in force on 2012-12-31"):
        curve("PM25_24h", on=date(2012, 12, 31))
    with pytest.raises(OutsideEditionsError, match="say on which day"):
        curve("PM25_24h")
    with pytest.raises(UnknownEditionError, match="HJ 633-2012"):
        curve("PM25_24h", edition="HJ 633-2020")


def test_an_unknown_column_is_answered_with_those_there_are() -> None:
    with pytest.raises(KeyError, match="PM25_24h"):
        curve("PM25_1h", edition=OLD)


def test_break_points_that_are_not_whole_or_do_not_grow_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows_of = Edition.rows.fget
    assert rows_of is not None

    def broken(edition: Edition) -> tuple[Mapping[str, str], ...]:
        first, *others = rows_of(edition)
        return ({**first, "CO_1h": "0.5"} if "CO_1h" in first else first, *others)

    monkeypatch.setattr(Edition, "rows", property(broken))
    with pytest.raises(ParameterFileError, match="CO_1h"):
        curves_of(lambda name: parameter(name).named(OLD))


def test_a_later_edition_never_changes_an_earlier_index() -> None:
    name = "air/aqi/breakpoints"
    later = """
title: later
unit: µg/m³
editions:
  - {edition: HJ 633-2012, in_force_from: 2013-01-01, value: {rows: hj633_2012/breakpoints},
     reference: {title: HJ 633-2012, clause: 表1}, confidence: official, last_checked: 2026-11-23}
  - {edition: HJ 633-2026, in_force_from: 2026-03-01, value: {rows: hj633_2026/breakpoints},
     reference: {title: HJ 633-2026, clause: 表3}, confidence: official, last_checked: 2026-11-23}
  - {edition: HJ 633-2040, in_force_from: 2040-01-01, value: {rows: hj633_2012/breakpoints},
     reference: {title: HJ 633-2040, clause: 表9}, confidence: unconfirmed, last_checked: 2026-11-23}
"""
    extended = parameter_from(name, later)
    for day in (date(2013, 1, 1), date(2026, 2, 28), date(2026, 3, 1), date(2039, 12, 31)):
        assert extended.on(day).rows == parameter(name).on(day).rows
