"""The list of minor violations: every condition, not in sensitive areas, not on a repealed article."""

from __future__ import annotations

from datetime import date

import pytest

from zhihuan.bureau.discretion.errors import AnswerRefusedError
from zhihuan.bureau.lenience import Outcome, judge_item, judge_law, minor_items

DAY, UNDER_CODE = date(2025, 5, 1), date(2026, 9, 1)


def item(number, *known, day=DAY, sensitive=False):
    holds = {index: each for index, each in enumerate(known, start=1) if each is not None}
    return judge_item(number, holds, act_on=day, in_sensitive_area=sensitive)


def test_the_list_has_twenty_acts_and_their_conditions_as_printed():
    found = minor_items()
    assert list(found) == list(range(1, 21))
    assert [len(each.conditions) for each in found.values()] == [2, 2, 2, 2, 3, 3, 4, 3, 4, 2, 2, 2, 2, 4, 3, 4, 2, 2, 4, 3]  # fmt: skip
    assert found[20].act == "已建立台账记录制度，但未按照排污许可证规定记录"
    assert [number for number, each in found.items() if each.may] == [7, 9]


def test_all_conditions_must_hold():
    assert item(6, True, True, True).outcome is Outcome.YES
    assert item(6, True, False, True).outcome is Outcome.NO
    asked = item(6, True, None, True)
    assert asked.outcome is Outcome.OPEN
    assert asked.missing == (minor_items()[6].conditions[1],)


def test_of_item_10_one_circumstance_suffices():
    assert item(10, True, False).outcome is Outcome.YES
    assert item(10, False, False).outcome is Outcome.NO
    assert item(10, False, None).outcome is Outcome.OPEN


def test_shall_and_may_are_told_apart():
    assert item(7, True, True, True, True).conclusion.endswith("可以不予行政处罚")
    assert item(6, True, True, True).conclusion.endswith("，不予行政处罚")


def test_not_in_sensitive_areas_and_not_before_that_is_known():
    assert item(6, True, True, True, sensitive=True).outcome is Outcome.NO
    assert item(6, True, True, True, sensitive=None).outcome is Outcome.OPEN


def test_an_item_of_a_repealed_law_does_not_hold_under_the_code():
    found = item(14, True, True, True, True, day=UNDER_CODE)
    assert found.outcome is Outcome.NO
    assert "第一千零五十六条" in found.reasons[0].text
    assert item(20, True, True, True, day=UNDER_CODE).outcome is Outcome.YES
    assert item(6, True, True, True, day=date(2021, 12, 31)).outcome is Outcome.NO


@pytest.mark.parametrize(
    ("known", "outcome", "words"),
    [
        ({"no_fault": True}, Outcome.YES, "不予处罚"),
        ({"minor": True, "corrected": True, "harmless": True}, Outcome.YES, "不予处罚"),
        ({"first": True, "slight": True, "corrected": True, "harmless": False}, Outcome.YES, "可以不予处罚"),
        ({"corrected": False}, Outcome.NO, "不符合不予处罚的法定情形"),
        ({"harmless": False, "corrected": True}, Outcome.OPEN, "尚不能判断是否不予处罚"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(("day", "law"), [(DAY, "行政处罚法"), (UNDER_CODE, "生态环境法典")])
def test_the_law_s_own_grounds(known, outcome, words, day, law):
    found = judge_law(known, act_on=day)
    assert (found.outcome, found.conclusion) == (outcome, words)
    assert all(law in each.clause for each in found.reasons)


def test_only_what_is_still_open_is_asked():
    assert judge_law({"harmless": False, "corrected": True}, act_on=DAY).missing == (
        "初次违法",
        "危害后果轻微",
    )
    with pytest.raises(AnswerRefusedError):
        judge_law({"weather": True}, act_on=DAY)
