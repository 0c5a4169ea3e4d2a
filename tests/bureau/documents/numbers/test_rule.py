"""Numbers are written and read by the packaged rules."""

from __future__ import annotations

import csv

import pytest

from zhihuan.bureau.documents.numbers.rule import (
    NumberParts,
    UnknownRuleError,
    number_rule,
    number_rules,
    rules_from,
)


def test_a_branch_has_its_mark_in_brackets_and_the_bureau_none():
    rule = number_rule("penalty_decision")
    assert rule.write(2026, 15, mark="三角") == "中（三角）环罚字〔2026〕15号"
    assert rule.write(2026, 15) == "中环罚字〔2026〕15号"


def test_a_preview_has_a_blank_in_place_of_the_number():
    assert number_rule("penalty_decision").blank(2026, "三角") == "中（三角）环罚字〔2026〕＿＿号"
    assert number_rule("eia_table_approval").blank(2026) == "中环建表〔2026〕＿＿号"


@pytest.mark.parametrize("rule", number_rules().values(), ids=lambda rule: rule.code)
def test_what_is_written_is_read_back(rule):
    more = dict.fromkeys(rule.asks_for, "442000")
    mark = "角" if rule.has_mark else ""
    text = rule.write(2026, 37, mark, **more)
    assert rule.read(text) == NumberParts(2026, 37, mark)
    assert rule.read(text + "，") is None


def test_no_text_is_a_number_of_two_rules():
    texts = {
        rule.write(2026, 3, **dict.fromkeys(rule.asks_for, "442000")): rule
        for rule in number_rules().values()
    }
    assert len(texts) == len(number_rules())
    for text, rule in texts.items():
        assert [each for each in number_rules().values() if each.read(text)] == [rule]


def test_numbers_that_ask_for_more_fail_without_it():
    with pytest.raises(KeyError):
        number_rule("plan_filing").write(2026, 1)


def test_an_unknown_rule_is_told_with_those_there_are():
    with pytest.raises(UnknownRuleError, match="penalty_decision"):
        number_rule("nothing")


def test_a_rule_without_a_running_number_is_refused():
    entry = {"title": "x", "pattern": "x{year}", "source": "s", "confidence": "official"}
    with pytest.raises(ValueError, match="number"):
        rules_from({"x": entry})


def test_the_forms_gathered_are_the_forms_packaged(shared):
    """Each form of the table has its rule, but those that other platforms or cities give out."""
    file = shared / "data" / "procedures" / "document_number_formats.csv"
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = {row["document"]: row["pattern"] for row in csv.DictReader(opened)}
    foreign = {"市政府发文", "市政府函", "环评登记表备案号", "排污许可证编号", "排污登记编号",
               "危废转移联单", "夜间施工证明(佛山例)", "零散工业废水转移联单", "应急预案备案编号"}  # fmt: skip
    written = {rule.write(2026, 7, "×") for rule in number_rules().values() if not rule.asks_for}
    for document, pattern in rows.items():
        if document in foreign:
            continue
        expected = pattern.replace("YYYY", "2026").replace("NNNN", "0007").replace("N", "7")
        assert expected.replace("(", "（").replace(")", "）") in written, document
