"""Under the Code only the Code's ranges fix a fine; old tables lend factors, with a warning, or are refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from zhihuan.bureau.discretion import (
    AnswerRefusedError,
    Mode,
    TableRefusedError,
    calculate,
    case_type,
    case_types,
    table,
)

FIRST = date(2026, 8, 15)


def test_every_case_type_answers_with_the_range_of_the_list():
    for code, act in case_types().items():
        found = calculate(code, {}, FIRST)
        assert found.steps[0].startswith(f"法定幅度（{act.clause}）")
        assert found.statutory is not None


def test_without_a_table_the_answer_is_the_range_alone():
    found = calculate("WF01", {}, FIRST)
    assert (found.mode, found.amount) == (Mode.RANGE, None)
    assert (found.statutory.low, found.statutory.high) == (50_000, 200_000)
    assert any("拒不改正 20万元以上100万元以下" in each for each in found.warnings)


def test_a_lent_table_never_lends_its_maximum():
    """表1.7 multiplies 100万; the Code's range for the act is 5 to 50万."""
    found = calculate("HP07", {}, FIRST, factor_set="1.7")
    assert found.amount == 100_000  # 20 % of 50万, not of 100万
    assert any(each.startswith("待核实：表 1.7 按旧法制定") for each in found.warnings)
    highest = {
        each.name: max(each.levels, key=lambda one: one.weight).name
        for each in table("1.7").factors
    }
    assert calculate("HP07", highest, FIRST, factor_set="1.7").amount == 500_000


def test_a_lent_sum_below_the_code_s_minimum_gives_the_minimum():
    assert calculate("PW01", {}, FIRST, factor_set="2.5").amount == 200_000


def test_bands_cannot_be_carried_over():
    with pytest.raises(TableRefusedError, match=r"幅度表.*不能换算"):
        calculate("WF01", {}, FIRST, factor_set="4.12")


def test_a_table_of_another_act_lends_nothing():
    with pytest.raises(TableRefusedError, match="不是案由 PW08 的相近裁量表"):
        calculate("PW08", {}, FIRST, factor_set="1.7")


def test_conduct_before_the_code_is_not_the_code_s():
    with pytest.raises(TableRefusedError, match="适用行为时的法律"):
        calculate("PW08", {}, date(2026, 8, 14))


def test_answers_without_a_table_are_refused():
    with pytest.raises(AnswerRefusedError, match="先选择"):
        calculate("PW08", {"超标因子数目": "2个"}, FIRST)


@pytest.mark.parametrize(
    ("code", "tiers"),
    [
        ("JC04", [("", "5万元以上50万元以下"), ("拒不改正", "50万元以上100万元以下")]),
        ("PW08", [("", "10万元以上100万元以下"), ("工业噪声", "2万元以上20万元以下")]),
        ("SH04", [("第1档（按所涉项）", "2万元以上20万元以下"), ("第2档（按所涉项）", "10万元以上100万元以下")]),
        ("WF12", [("收集贮存", "10万元以上50万元以下"), ("利用处置", "50万元以上200万元以下")]),
        ("DQ01", [("", "货值1倍以上5倍以下")]),
        ("HP03", [("", "5万元以下")]),
        ("DQ11", [("", "5000元（每辆）")]),
    ],
)  # fmt: skip
def test_ranges_are_read_with_their_conditions(code, tiers):
    assert [(each.condition, each.bound.words) for each in case_type(code).tiers] == tiers


@pytest.mark.parametrize(("code", "words"), [("TN02", "逾期未清缴:均价5-10倍"), ("YJ05", "特别严重恶劣可2-5倍"), ("YJ01", "情节严重方罚")])  # fmt: skip
def test_conditions_that_are_no_range_stay_words(code, words):
    assert case_type(code).told == words
    assert any(words in each for each in calculate(code, {}, FIRST).warnings)


def test_a_fixed_fine_for_each_vehicle_asks_how_many():
    assert calculate("DQ11", {}, FIRST).asks == ("辆数",)
    assert calculate("DQ11", {}, FIRST, bases={"辆数": Decimal(3)}).amount == 15_000


def test_another_range_of_the_act_is_chosen_by_number():
    assert calculate("JC04", {}, FIRST, tier=1).statutory.high == 1_000_000
    with pytest.raises(AnswerRefusedError, match="没有第3个"):
        calculate("JC04", {}, FIRST, tier=2)
