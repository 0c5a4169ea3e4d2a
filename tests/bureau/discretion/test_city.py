"""A city's adjustment is chosen, dated, within the law's range, and refused where it is not known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from zhihuan.bureau.discretion import AnswerRefusedError, TableRefusedError, adjust, calculate

DAY = date(2025, 5, 1)
FINE = calculate("2.7", {"排污情况": "排放有毒有害水污染物", "废水日排放量": "200吨以上"}, DAY)


def jiangmen(points, day=DAY, fine=FINE):
    return adjust(fine, "jiangmen", {"情节": Decimal(points)}, decided_on=day)


def test_five_percent_for_a_point():
    assert FINE.amount == 390_000
    assert jiangmen(2).amount == 429_000
    assert jiangmen(-2).amount == 351_000
    assert "(1 + 5% × -2)" in jiangmen(-2).steps[-1]
    assert any(each.startswith("待核实") for each in jiangmen(1).warnings)


def test_it_stays_within_the_law():
    assert jiangmen(100).amount == 1_000_000
    assert jiangmen(-18).amount == 100_000
    with pytest.raises(AnswerRefusedError, match="不能为负"):
        jiangmen(-21)


def test_a_rule_that_is_not_known_or_not_in_force_is_refused():
    with pytest.raises(TableRefusedError, match="待核实"):
        adjust(FINE, "zhongshan", {}, decided_on=DAY)
    with pytest.raises(TableRefusedError, match="不适用"):
        jiangmen(1, date(2022, 2, 28))
    with pytest.raises(TableRefusedError, match="没有登记"):
        adjust(FINE, "atlantis", {}, decided_on=DAY)


def test_bands_and_the_code_have_no_points():
    with pytest.raises(TableRefusedError, match="权重累加"):
        jiangmen(1, fine=calculate("2.1", {}, DAY))
    with pytest.raises(AnswerRefusedError, match="尚未算出"):
        jiangmen(1, fine=calculate("1.1", {}, DAY))
