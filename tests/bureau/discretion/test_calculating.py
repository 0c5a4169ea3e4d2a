"""One act, one day, one law: the example of the rule, what is refused and why, and what an answer carries."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from zhihuan.bureau.discretion import (
    AnswerRefusedError,
    Severity,
    Span,
    TableRefusedError,
    WeightTable,
    calculate,
    case_types,
    kept_span,
    table,
    tables,
)

#: §1.4 of the facts: 7+2+10+3+3+5+0.
EXAMPLE = {
    "超标因子数目": "2个",
    "排污情况": "排放A类水污染物（除有毒有害水污染物）",
    "排放口所在区域": "限批区或人居环境敏感区",
    "废水日排放量": "50吨以上200吨以下",
    "超标情况": "超标3倍以下或超量30%以下",
    "近二年同类违法行为情况（含本次）": "1次",
}
DAY = date(2026, 5, 1)


def test_the_example_of_table_2_7_is_thirty_percent_and_300_000_yuan():
    found = calculate("2.7", EXAMPLE, DAY)
    assert found.amount == Decimal("300000.00")
    assert found.steps == (
        "裁量百分值总和 = 7% + 2% + 10% + 3% + 3% + 5% + 0% = 30%",
        "罚款金额 = 30% × 100万元 = 30万元",
    )
    assert found.total_words == "30%"
    assert dict(found.clauses)["处罚依据"] == "《中华人民共和国水污染防治法》第八十三条第二项"
    ends = dict(found.clauses)["数的界限"]
    assert "第二十三条：附件1所称“以上”包括本数，“以下”不包括本数" in ends
    assert "法定幅度的“以上”“以下”均包括本数" in ends


def test_an_answer_can_be_kept_as_plain_values():
    values = calculate("2.7", EXAMPLE, DAY).as_values()
    kept = json.loads(json.dumps(values))
    assert kept == values
    assert kept["amount"] == "300000.00"
    assert kept["factors"][0] == {
        "factor": "超标因子数目",
        "level": "2个",
        "weight": "2%",
        "is_given": True,
    }


def test_a_sum_below_the_law_s_minimum_gives_the_minimum():
    found = calculate("2.7", {}, DAY)
    assert found.total_words == "7%"
    assert found.amount == 100_000
    assert "减轻处罚须另有法定情形" in found.steps[-1]


def test_a_table_s_floor_counts_and_is_said():
    found = calculate("2.8b", {}, DAY)
    assert (found.total_words, found.amount) == ("20%", 200_000)
    assert "不足20%" in found.floor


def test_more_than_all_counts_as_all():
    highest = {
        each.name: max(each.levels, key=lambda one: one.weight).name
        for each in tables()["3.2b"].factors
    }
    found = calculate("3.2b", highest, DAY)
    assert found.amount == 1_000_000
    assert any("103%" in step for step in found.steps)


def test_thirds_are_summed_exactly():
    cost = {"所需处置费用": Decimal("123456.78")}
    found = calculate(
        "4.7", {"涉及量": "10吨以上", "整改情况": "未主动采取整改措施"}, DAY, bases=cost
    )
    assert found.total_words == "2/3"
    assert found.amount == Decimal("246913.56")


def test_a_cost_below_the_law_s_counts_as_the_law_s():
    found = calculate("4.14", {}, DAY, bases={"所需处置费用": Decimal(1000)})
    assert found.amount == 600_000
    assert any("不足20万元的，按20万元计算" in step for step in found.steps)


def test_what_a_formula_multiplies_is_asked_for():
    found = calculate("1.1", {}, DAY)
    assert (found.amount, found.asks) == (None, ("建设项目总投资额",))
    assert (
        calculate("1.1", {}, DAY, bases={"建设项目总投资额": Decimal(10_000_000)}).amount == 100_000
    )


def test_persons_responsible_have_their_own_column():
    assert calculate("4.26", {}, DAY, person=True).amount == 100_000
    assert calculate("1.4", {}, DAY, person=True).amount == 85_000
    second = {"违法程度": "未投入生产", "环评文件类别": "报告书类（非生产型）"}
    assert (
        calculate("1.4", second, DAY, person=True).amount == 85_000
    )  # the cell is merged in print
    with pytest.raises(AnswerRefusedError, match="没有对个人"):
        calculate("2.7", {}, DAY, person=True)


@pytest.mark.parametrize(
    ("severity", "amount", "low", "high"),
    [
        (Severity.NORMAL, 30_000, 20_000, 40_000),
        (Severity.HEAVY, None, 30_000, 40_000),
        (Severity.LIGHT, None, 20_000, 30_000),
    ],
)
def test_section_12_within_a_band(severity, amount, low, high):
    found = calculate("2.1", {}, DAY, severity=severity)
    assert (found.amount, found.within.low, found.within.high) == (amount, low, high)


FEN = Decimal("0.01")


def band_of(number, text, severity=Severity.NORMAL, **more):
    """The reckoning of the band of a table that is written so."""
    known = table(number)
    row = next(each for each in known.rows if each.unit.text == text)
    pairs = zip(known.factors, row.levels, strict=True)
    answers = {factor.name: level for factor, level in pairs if level}
    return calculate(number, answers, DAY, severity=severity, **more)


@pytest.mark.parametrize("severity", list(Severity))
@pytest.mark.parametrize("text", ["2万元以上4万元以下", "11万元以上13万元以下"])
def test_the_upper_end_of_a_band_does_not_belong_to_it(severity, text):
    """§23: 以下 leaves its end out; the next band begins with it."""
    found = band_of("2.1", text, severity)
    within = found.within
    assert within.holds(within.high - FEN)
    assert not within.holds(within.high)
    assert within.holds(within.low)
    assert not within.holds(within.low - FEN)
    assert within.told.endswith("（不含上限）")
    assert found.steps[0] == f"裁量因素对应的档次：{text}（不含上限，第二十三条）"


def test_the_next_band_begins_with_what_the_one_before_leaves_out():
    first = band_of("2.1", "2万元以上4万元以下").within
    second = band_of("2.1", "4万元以上6万元以下").within
    assert first.high == second.low
    assert (first.holds(first.high), second.holds(second.low)) == (False, True)


@pytest.mark.parametrize("severity", [Severity.NORMAL, Severity.HEAVY])
def test_the_statutory_maximum_belongs_to_the_highest_band(severity):
    found = band_of("6.9", "42万元以上50万元以下", severity)
    assert found.within.high == found.statutory.high == 500_000
    assert found.within.holds(found.within.high)
    assert not found.within.holds(found.within.high + FEN)
    assert found.within.told.endswith("（含上限）")
    assert "上限为法定最高额，含上限" in found.steps[0]


def test_a_maximum_that_is_a_band_of_its_own_belongs_to_no_other():
    below = band_of("2.1", "17万元以上20万元以下", Severity.HEAVY)
    own = band_of("2.1", "20万元")
    assert below.statutory.high == below.within.high == own.amount
    assert not below.within.holds(own.amount)
    assert own.within.holds(own.amount)
    assert own.within.ends == ""


def test_the_middle_belongs_to_the_heavy_half_of_a_band_and_not_to_the_light_one():
    light, heavy = (
        band_of("2.1", "2万元以上4万元以下", each).within
        for each in (Severity.LIGHT, Severity.HEAVY)
    )
    assert light.high == heavy.low
    assert not light.holds(heavy.low)
    assert heavy.holds(heavy.low)


def test_heavy_below_a_mere_maximum_is_more_than_normal():
    normal, heavy = (
        band_of("1.3", "1万元以下", each) for each in (Severity.NORMAL, Severity.HEAVY)
    )
    assert heavy.within.low == normal.amount
    assert not heavy.within.holds(normal.amount)
    assert heavy.within.holds(normal.amount + FEN)
    assert heavy.within.told == "5000元以上1万元以下（不含下限，不含上限）"


def test_in_every_table_an_end_belongs_to_one_band_only_unless_it_is_the_maximum_of_its_law():
    checked = 0
    for number, each in tables().items():
        if isinstance(each, WeightTable):
            continue
        units = [row.unit for row in each.rows if not row.unit.asks]
        alone = {unit.high for unit in units if unit.is_fixed}
        for unit in units:
            if unit.high is None or unit.is_fixed:
                continue
            found = band_of(number, unit.text)
            if found.statutory is None or found.within.high != unit.high:
                continue
            belongs = found.statutory.high == unit.high and unit.high not in alone
            assert found.within.holds(Decimal(int(unit.high))) is belongs, (number, unit.text)
            checked += 1
    assert checked > 300


def test_ranges_of_a_law_hold_both_ends():
    """以上、以下均含本数, of the old law as of the Code."""
    old = calculate("2.7", EXAMPLE, DAY).statutory
    new = calculate("PW08", {}, date(2026, 9, 1)).statutory
    for span in (old, new):
        assert span.holds(span.low)
        assert span.holds(span.high)
        assert not span.holds(span.low - FEN)
        assert not span.holds(span.high + FEN)
        assert span.told.endswith("（含上限）")


def test_the_code_s_ends_are_told_by_the_general_rule_and_lent_levels_by_the_annex():
    alone = dict(calculate("PW08", {}, date(2026, 9, 1)).clauses)
    assert "法典未另作规定，“以上”“以下”均包括本数" in alone["数的界限"]
    assert "裁量因素档次的界限" not in alone
    lent = dict(calculate("PW08", {}, date(2026, 9, 1), factor_set="2.7").clauses)
    assert "第二十三条" in lent["裁量因素档次的界限"]


def test_where_the_law_is_not_packaged_the_range_an_officer_read_says_what_the_maximum_is():
    text = "20万元以上30万元以下"
    alone = band_of("2.13", text)
    same = band_of("2.13", text, law_range=(Decimal(100_000), Decimal(300_000)))
    more = band_of("2.13", text, law_range=(Decimal(100_000), Decimal(1_000_000)))
    assert alone.statutory is None
    told = [each.within.holds(Decimal(300_000)) for each in (alone, same, more)]
    assert told == [False, True, False]


def test_a_range_beyond_what_an_officer_read_is_said_also_without_a_figure():
    given = {"law_range": (Decimal(0), Decimal(100_000))}
    beyond = band_of("2.13", "20万元以上30万元以下", Severity.HEAVY, **given)
    assert beyond.amount is None
    assert any("应在幅度25万元以上30万元以下" in each for each in beyond.warnings)
    inside = {"law_range": (Decimal(0), Decimal(1_000_000))}
    found = band_of("2.13", "20万元以上30万元以下", Severity.HEAVY, **inside)
    assert not any("不在填写的法定幅度" in each for each in found.warnings)


def test_multiples_of_what_is_not_known_yet_say_their_ends_too():
    found = calculate("1.5", {}, DAY)
    assert found.asks
    assert found.within.told.endswith("（不含上限）")


@pytest.mark.parametrize(
    ("span", "ends"),
    [
        (Span(Decimal(1), Decimal(2), "x"), "（含上限）"),
        (Span(Decimal(1), Decimal(2), "x", excludes_high=True), "（不含上限）"),
        (Span(Decimal(1), Decimal(2), "x", excludes_low=True), "（不含下限，含上限）"),
        (Span(Decimal(1), Decimal(2), "x", True, True), "（不含下限，不含上限）"),
        (Span(Decimal(1), None, "x"), ""),
        (Span(Decimal(1), None, "x", excludes_low=True), "（不含下限）"),
        (Span(Decimal(2), Decimal(2), "x"), ""),
        (Span(None, Decimal(2), "x"), "（含上限）"),
    ],
)
def test_a_range_says_its_ends_and_is_read_again_as_it_was_kept(span, ends):
    assert span.ends == ends
    assert kept_span(json.loads(json.dumps(span.as_values()))) == span


@pytest.mark.parametrize("kept", [None, "", [1], {"low": "many", "high": None}])
def test_what_is_no_range_is_none(kept):
    assert kept_span(kept) is None


def test_a_range_kept_before_it_said_its_lower_end_is_read():
    kept = {"low": "1.00", "high": "2.00", "words": "x", "excludes_high": True}
    assert kept_span(kept) == Span(Decimal(1), Decimal(2), "x", excludes_high=True)


@pytest.mark.parametrize(
    ("severity", "amount"),
    [(Severity.NORMAL, 5_000), (Severity.LIGHT, 2_000), (Severity.HEAVY, None)],
)
def test_section_12_where_a_band_has_but_a_maximum(severity, amount):
    assert calculate("1.3", {}, DAY, severity=severity).amount == amount


def test_a_warning_is_no_fine():
    found = calculate("5.2", {}, DAY)
    assert found.amount == 0
    assert found.steps[-1] == "本档为警告，不处罚款"


def test_misprinted_words_are_read_with_a_warning_that_quotes_them():
    found = calculate("2.12", {}, DAY)
    assert any("45万元以上60万元以上" in each for each in found.warnings)


@pytest.mark.parametrize(
    ("day", "decided", "why"),
    [
        (date(2021, 12, 31), None, "尚未施行"),
        (date(2027, 1, 1), None, "有效期已届满"),
        (date(2026, 5, 1), date(2027, 1, 4), "有效期已届满"),
        (date(2026, 8, 15), None, "水污染防治法》已自2026-08-15废止"),
    ],
)
def test_a_table_that_is_not_valid_on_the_day_is_refused_with_the_reason(day, decided, why):
    with pytest.raises(TableRefusedError, match=why):
        calculate("2.7", EXAMPLE, day, decided_on=decided)


def test_the_last_day_of_the_old_law_is_its_own():
    assert calculate("2.7", EXAMPLE, date(2026, 8, 14)).amount == 300_000


def test_no_table_of_a_repealed_law_or_of_an_act_of_the_code_holds_under_the_code():
    still = []
    for number in tables():
        try:
            found = calculate(number, {}, date(2026, 8, 15))
        except TableRefusedError:
            continue
        still.append(number)
        assert any("第一千二百四十二条" in each for each in found.warnings), number
    assert "1.7" not in still  # 建管条例 stays, but the Code sets 5–50万 for the act
    assert "4.45" in still
    for act in case_types().values():
        assert not set(act.like) & set(still)


def test_a_decision_before_its_act_is_refused():
    with pytest.raises(AnswerRefusedError, match="早于"):
        calculate("2.7", EXAMPLE, DAY, decided_on=date(2026, 4, 30))


@pytest.mark.parametrize(
    ("number", "answers", "why"),
    [
        ("2.7", {"天气": "晴"}, "没有裁量因素“天气”"),
        ("2.7", {"超标因子数目": "9个"}, "可选：1个、2个、3个以上"),
        ("1.6", {"适用情形": "也许"}, "可选：限期内改正、逾期未改正"),
        ("6.11", {"整改情况": "限期内改正", "涉案面积": "15000平方米以上"}, "没有.*组合"),
    ],
)
def test_answers_that_a_table_does_not_know_are_told_with_what_it_knows(number, answers, why):
    with pytest.raises(AnswerRefusedError, match=why):
        calculate(number, answers, DAY)


def test_unknown_numbers_are_told():
    with pytest.raises(TableRefusedError, match=r"没有编号为“9\.9”"):
        calculate("9.9", {}, DAY)


@pytest.mark.parametrize("given", [Decimal(0), Decimal(-5)])
def test_a_base_that_cannot_be_is_refused(given):
    with pytest.raises(AnswerRefusedError, match="大于0"):
        calculate("4.14", {}, DAY, bases={"所需处置费用": given})
    with pytest.raises(AnswerRefusedError, match="大于0"):
        calculate("1.5", {}, DAY, bases={"所收费用": given})
