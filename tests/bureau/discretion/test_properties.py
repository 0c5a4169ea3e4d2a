"""Whatever is answered: heavier levels never cost less, no fine leaves the law's range, none falls below a floor."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from zhihuan.bureau.discretion import Severity, WeightTable, calculate, tables

DAY = date(2026, 5, 1)
BY_WEIGHT = [each for each in tables().values() if isinstance(each, WeightTable)]
BY_BAND = [each for each in tables().values() if not isinstance(each, WeightTable)]


@st.composite
def weighed(draw):
    """A weight table, answers to some of its factors, and what its formula multiplies."""
    table = draw(st.sampled_from(BY_WEIGHT))
    answers = {
        each.name: draw(st.sampled_from(["", *(level.name for level in each.levels)]))
        for each in table.factors
    }
    if len(table.situations) > 1:
        answers["适用情形"] = draw(st.sampled_from([each.name for each in table.situations]))
    base = draw(st.decimals(Decimal("0.01"), 10**9, places=2))
    return table, answers, dict.fromkeys(("建设项目总投资额", "所需处置费用", "违法所得"), base)


@given(weighed())
def test_no_fine_leaves_the_range_of_the_law(case):
    table, answers, bases = case
    found = calculate(table.number, answers, DAY, bases=bases)
    assert found.statutory.low <= found.amount <= found.statutory.high
    assert found.total <= 1
    assert table.floor is None or found.total >= table.floor


@given(weighed(), st.data())
def test_a_heavier_level_never_costs_less(case, data):
    table, answers, bases = case
    factor = data.draw(st.sampled_from(table.factors))
    lighter, heavier = sorted(
        data.draw(st.lists(st.sampled_from(factor.levels), min_size=2, max_size=2)), key=lambda each: each.weight
    )  # fmt: skip
    less = calculate(table.number, answers | {factor.name: lighter.name}, DAY, bases=bases)
    more = calculate(table.number, answers | {factor.name: heavier.name}, DAY, bases=bases)
    assert less.amount <= more.amount


@given(weighed())
def test_finding_a_factor_out_never_lowers_the_fine(case):
    table, answers, bases = case
    unknown = calculate(table.number, {}, DAY, bases=bases)
    situation = {name: told for name, told in answers.items() if name == "适用情形"}
    floor = calculate(table.number, situation, DAY, bases=bases) if situation else unknown
    assert calculate(table.number, answers, DAY, bases=bases).amount >= floor.amount


@given(st.sampled_from(BY_BAND), st.data())
def test_heavier_handling_never_lies_below_lighter(table, data):
    row = data.draw(st.sampled_from(table.rows))
    answers = {
        factor.name: level for factor, level in zip(table.factors, row.levels, strict=True) if level
    }
    bases = {row.unit.asks: Decimal(50_000)} if row.unit.asks else {}
    light, normal, heavy = (
        calculate(table.number, answers, DAY, bases=bases, severity=severity)
        for severity in (Severity.LIGHT, Severity.NORMAL, Severity.HEAVY)
    )
    assert (light.within.low or 0) <= normal.amount <= heavy.within.high
    assert normal.within.low is None or normal.within.low <= normal.amount
    if light.amount is None:
        assert light.within.high <= heavy.within.low
