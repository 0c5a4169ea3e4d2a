"""Class judgements by day: each sample by its own edition, and the reasons of each."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pytest

from zhihuan.standards.classes import class_table, judge_on
from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError, UnknownEditionError
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
    return class_table(rows, classes={"I": "一类", "II": "二类"}, beyond="劣二类")


def judged(cod, mark=0.1, on=("2025-12-31", "2026-01-01"), **more):
    days = np.array(on, dtype="datetime64[D]")
    return judge_on(table_of, PARAMETER, {"cod": cod, "mark": mark}, on=days, **more)


def test_each_sample_is_judged_by_the_edition_of_its_day():
    result = judged([0.8, 0.8])
    assert result.worst.tolist() == [1, 2]
    assert [result.at(n)[0].name for n in (0, 1)] == ["旧", "新"]
    assert judged([0.8, 0.8], edition="旧").worst.tolist() == [1, 1]


def test_a_day_for_each_column_of_a_block_broadcasts():
    result = judged([[0.4], [0.8], [1.5], [NAN]])
    assert result.worst.tolist() == [[1, 1], [1, 2], [2, 3], [1, 1]]
    assert result.counted.tolist() == [[2, 2], [2, 2], [2, 2], [1, 1]]
    assert result.deciding[0].tolist() == [
        [True, True],
        [True, True],
        [True, True],
        [False, False],
    ]


def test_multiples_are_taken_against_the_edition_of_the_day():
    result = judged([2.0, 2.0])
    assert result.multiples(1)[0].tolist() == pytest.approx([1.0, 3.0])


def test_one_sample_on_one_day():
    result = judge_on(table_of, PARAMETER, {"cod": 1.5}, on=date(2026, 3, 1))
    assert result.worst == 3
    assert result.multiples(2)[0] == pytest.approx(0.5)
    assert result.deciding_items(()) == ("cod",)
    assert result.basis((), decides="类别").standard == "新标准"


def test_no_samples_give_no_classes():
    result = judged([], mark=[], on=())
    assert result.worst.shape == (0,)
    assert result.multiples(1).shape == (2, 0)
    with pytest.raises(IndexError):
        result.at(0)


def test_the_reasons_name_edition_items_and_the_deciding_one():
    result = judged([0.8, NAN])
    texts = [step.text() for step in result.steps(0)]
    assert texts == [
        "化学需氧量：0.8 符合≤1 → 一类【决定项】",
        "标记：0.1 符合≤1 → 一类【决定项】",
        "单因子评价：2 项中最差的一项 → 一类",
    ]
    assert [fact.text() for fact in result.facts(1)] == ["化学需氧量：缺测 mg/L", "标记：0.1"]
    assert [step.what for step in result.steps(1)] == ["标记", "单因子评价"]


def test_a_missed_better_class_is_said_beside_the_kept_one():
    result = judged([0.8, 0.8], mark=[5.0, 0.1])
    assert result.steps(1)[0].how == "0.8 符合≤1，不符合一类 ≤0.5"
    assert result.steps(0)[1].how == "5 不符合二类 ≤2"


def test_the_basis_is_as_sure_as_the_least_sure_row_that_took_part():
    assert judged([0.8, NAN]).basis(0, decides="类别").confidence is Confidence.ONE_SOURCE
    assert judged([0.8, NAN]).basis(1, decides="类别").confidence is Confidence.OFFICIAL
    nothing = judged([NAN, NAN], mark=NAN)
    assert nothing.basis(1, decides="类别").confidence is Confidence.OFFICIAL
    assert nothing.deciding_items(1) == ()


def test_a_forced_edition_is_said_to_be_forced():
    assert judged([1, 1], edition="新").basis(0, decides="类别").forced
    assert not judged([1, 1]).basis(0, decides="类别").forced


def test_days_outside_and_days_that_do_not_fit_are_refused():
    with pytest.raises(OutsideEditionsError):
        judged([1.0], on=("1999-12-31",))
    with pytest.raises(UnknownEditionError):
        judged([1.0, 1.0], edition="最新")
    with pytest.raises(InputRefusedError, match="日期与样品的个数不一致"):
        judged([1.0, 1.0, 1.0])
