"""Amounts of the procedure: dated, and called unconfirmed where they are."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from zhihuan.lines.enforcement.rules import thresholds
from zhihuan.standards.errors import OutsideEditionsError
from zhihuan.standards.parameters import Confidence

NOW = dt.date(2026, 9, 1)
NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("fine", "is_person", "kinds", "has"),
    [
        ("99999.99", False, NONE, False),
        ("100000", False, NONE, True),
        ("5000", True, NONE, True),
        ("4999", True, NONE, False),
        ("0", False, frozenset({"stop"}), True),
        ("0", False, frozenset({"warning"}), False),
    ],
)
def test_a_larger_fine_or_a_weightier_kind_gives_a_hearing(fine, is_person, kinds, has):
    assert thresholds.has_hearing_right(Decimal(fine), is_person, kinds, NOW) is has


@pytest.mark.parametrize(
    ("fine", "is_person", "simple"),
    [("3000", False, True), ("3000.01", False, False), ("200", True, True), ("201", True, False)],
)
def test_a_small_fine_is_decided_on_the_spot(fine, is_person, simple):
    assert thresholds.is_simple(Decimal(fine), is_person, NOW) is simple


def test_what_was_not_read_in_the_text_says_so():
    assert thresholds.parameter_of("hearing").on(NOW).confidence is Confidence.UNCONFIRMED
    assert thresholds.source_of("hearing", NOW).endswith("，待核实")
    assert not thresholds.source_of("simple", NOW).endswith("待核实")


def test_before_the_law_there_is_no_amount():
    with pytest.raises(OutsideEditionsError):
        thresholds.late_fee_rate(dt.date(2021, 7, 14))
