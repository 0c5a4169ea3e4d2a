"""The words of a class judgement: each sample by its own edition, values and doubts."""

from __future__ import annotations

from functools import cache

import numpy as np

from zhihuan.standards.classes import (
    Below,
    basis_of,
    cautions_of,
    class_table,
    facts_of,
    judge_on,
    steps_of,
)
from zhihuan.standards.parameters import Confidence, parameter_from

PARAMETER = parameter_from(
    "test/limits",
    """
title: 限值表
unit: "-"
editions:
  - {edition: 旧, in_force_from: 2000-01-01, value: old, confidence: official,
     reference: {title: 旧标准, clause: 表1}, last_checked: 2026-11-23}
  - {edition: 新, in_force_from: 2026-01-01, value: new, confidence: official,
     reference: {title: 新标准, clause: 表2}, last_checked: 2026-11-23}
""",
)
LIMITS = {"old": ("1", "2"), "new": ("0.5", "1")}
NAN = float("nan")


@cache
def table_of(edition):
    first, second = LIMITS[edition.text]
    common = {"unit": "mg/L", "relation": "<=", "I": first, "II": second}
    rows = [
        {"item": "cod", "name": "化学需氧量", "confidence": "one source"} | common,
        {"item": "mark", "name": "标记", "confidence": ""} | common | {"unit": "-"},
    ]
    if edition.text == "new":
        rows.append({"item": "late", "name": "新增项目", "confidence": ""} | common)
    return class_table(rows, classes={"I": "一类", "II": "二类"}, beyond="劣二类")


def judged(cod, mark=0.1, **more):
    days = np.array(["2025-12-31", "2026-01-01"], dtype="datetime64[D]")
    return judge_on(table_of, PARAMETER, {"cod": cod, "mark": mark}, on=days, **more)


def test_every_item_is_compared_and_the_deciding_one_said():
    result = judged([1.5, NAN])
    assert [step.text() for step in steps_of(result, 0)] == [
        "化学需氧量：1.5 符合二类 ≤2，不符合一类 ≤1 → 二类【决定项】",
        "标记：0.1 符合一类 ≤1 → 一类",
        "单因子评价：2 项中最差的一项 → 二类",
    ]
    assert [step.what for step in steps_of(result, 1)] == ["标记", "单因子评价"]


def test_worse_than_all_is_compared_with_the_worst_limit_of_its_own_edition():
    result = judged([3.0, 3.0])
    assert [steps_of(result, n)[0].how for n in (0, 1)] == ["3 不符合二类 ≤2", "3 不符合二类 ≤1"]
    assert steps_of(result, 0)[0].result == "劣二类"


def test_values_are_told_as_given_and_missing_ones_as_missing():
    below = Below(masks={"cod": [True, False]}, factors={"cod": 0.5})
    result = judged([0.8, NAN], below=below)
    assert [fact.text() for fact in facts_of(result, 0)] == [
        "化学需氧量：<0.8 mg/L（未检出，以 0.4 参加评价）",
        "标记：0.1",
    ]
    assert facts_of(result, 1)[0].text() == "化学需氧量：缺测"


def test_nothing_to_judge_is_said():
    result = judged([NAN, NAN], mark=NAN)
    assert [step.text() for step in steps_of(result, 1)] == [
        "单因子评价：没有可评价的项目 → 无法评价"
    ]
    assert basis_of(result, 1, decides="类别").confidence is Confidence.OFFICIAL


def test_the_law_is_that_of_the_day_and_as_sure_as_its_least_sure_row():
    result = judged([0.8, NAN])
    assert basis_of(result, 0, decides="类别").standard == "旧标准"
    assert basis_of(result, 1, decides="类别").standard == "新标准"
    assert basis_of(result, 0, decides="类别").confidence is Confidence.ONE_SOURCE
    assert basis_of(result, 1, decides="类别").confidence is Confidence.OFFICIAL
    assert not basis_of(result, 0, decides="类别").forced
    assert basis_of(judged([1, 1], edition="新"), 0, decides="类别").forced


def test_coarse_detection_limits_and_missing_items_are_cautioned():
    below = Below(masks={"cod": True}, factors={"cod": 0.5})
    result = judged([1.5, 0.1], mark=[0.1, NAN], below=below)
    assert cautions_of(result, 0) == ("检出限过高，不足以判定类别：化学需氧量",)
    assert cautions_of(result, 1) == ("缺测而未参加评价：标记",)
    assert cautions_of(judged([0.1, 0.1]), 0) == ()


def test_an_item_that_the_edition_of_the_day_lacks_is_cautioned():
    days = np.array(["2025-12-31", "2026-01-01"], dtype="datetime64[D]")
    result = judge_on(table_of, PARAMETER, {"late": 5.0, "cod": 0.1}, on=days)
    assert cautions_of(result, 0) == ("当时的标准没有规定而未参加评价：late",)
    assert cautions_of(result, 1) == ()
    assert [step.what for step in steps_of(result, 0)] == ["化学需氧量", "单因子评价"]


def test_the_rounding_is_told_with_the_last_step():
    last = steps_of(judged([0.1, 0.1]), 0, rounding="不修约")[-1]
    assert last.text() == "单因子评价：2 项中最差的一项（不修约） → 一类"
