"""Class judgements by day: each sample by its own edition, and the reasons of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest

from zhihuan.standards.classes import Below, class_table, judge_on
from zhihuan.standards.errors import (
    InputRefusedError,
    OutsideEditionsError,
    UnknownEditionError,
    UnknownItemError,
)
from zhihuan.standards.parameters import parameter_from

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
    assert result.at(())[0].reference.title == "新标准"


def test_no_samples_give_no_classes():
    result = judged([], mark=[], on=())
    assert result.worst.shape == (0,)
    assert result.multiples(1).shape == (2, 0)
    with pytest.raises(IndexError):
        result.at(0)


def test_days_outside_and_days_that_do_not_fit_are_refused():
    with pytest.raises(OutsideEditionsError):
        judged([1.0], on=("1999-12-31",))
    with pytest.raises(UnknownEditionError):
        judged([1.0, 1.0], edition="最新")
    with pytest.raises(InputRefusedError, match="日期与样品的个数不一致"):
        judged([1.0, 1.0, 1.0])


def test_below_detection_is_judged_by_its_stand_in_in_every_edition():
    below = Below(masks={"cod": [True, True, False]}, factors={"cod": 0.5})
    days = ("2025-12-31", "2026-01-01", "2026-01-01")
    result = judged([1.2, 1.2, 1.2], on=days, below=below)
    assert result.worst.tolist() == [1, 2, 3]
    assert result.undecided.tolist() == [[True, True, False], [False, False, False]]
    assert result.multiples(1)[0].tolist() == pytest.approx([-0.4, 0.2, 1.4])
    assert [part[3] for part in result.sample(0)] == pytest.approx([0.6, 0.1])


def test_an_item_that_an_edition_lacks_is_not_judged_there():
    days = np.array(["2025-12-31", "2026-01-01"], dtype="datetime64[D]")
    result = judge_on(table_of, PARAMETER, {"late": [5.0, 5.0], "cod": 0.1}, on=days)
    assert result.item_class.tolist() == [[0, 3], [1, 1]]
    assert result.counted.tolist() == [1, 2]
    assert np.isnan(result.multiples(1)[0]).tolist() == [True, False]
    assert [part[0].item for part in result.sample(0)] == ["cod"]
    assert result.numbers(0) == {"cod": 1}
    alone = judge_on(table_of, PARAMETER, {"late": [5.0, 5.0]}, on=days)
    assert alone.worst.tolist() == [0, 3]


def test_an_item_that_no_governing_edition_has_is_refused():
    with pytest.raises(UnknownItemError):
        judge_on(table_of, PARAMETER, {"late": 5.0}, on=date(2025, 12, 31))
    assert judge_on(table_of, PARAMETER, {"late": []}, on=[]).worst.shape == (0,)


def test_a_later_edition_changes_no_earlier_class():
    with_one, with_two = (replace(PARAMETER, editions=PARAMETER.editions[:n]) for n in (1, 2))
    days = np.array(["2000-01-01", "2013-06-01", "2025-12-31"], dtype="datetime64[D]")
    columns = {"cod": np.linspace(0, 3, 31)[:, np.newaxis], "mark": 0.1}
    before, after = (judge_on(table_of, law, columns, on=days) for law in (with_one, with_two))
    assert np.array_equal(before.item_class, after.item_class)
    assert np.array_equal(before.worst, after.worst)


def test_marks_of_below_detection_want_a_column():
    with pytest.raises(InputRefusedError, match="没有同名的数值列"):
        judged([1.0, 1.0], below=Below(masks={"化学需氧量": True}))
