"""Sea-water classes: the standard read aloud beside the fast way; what is missing, undetected,
implausible, and why a sample stands where it does."""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files
from math import isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.errors import (
    InputRefusedError,
    OutsideEditionsError,
    UnknownEditionError,
    UnknownItemError,
)
from zhihuan.standards.parameters import Confidence
from zhihuan.standards.sea import CLASS_NAMES, evaluated_items, sea_class, sea_items

DAY = date(2026, 8, 1)
NAN = float("nan")
SOURCE = files("zhihuan.standards") / "tables" / "gb3097_1997" / "limits.csv"
ROWS = {row["item"]: row for row in csv.DictReader(SOURCE.read_text(encoding="utf-8").splitlines())}


def class_by_reading(item: str, value: float) -> int:
    if isnan(value):
        return 0
    for number in range(1, 5):
        cell = ROWS[item][f"class{number}"]
        kept = {
            "<=": lambda cell=cell: cell == "" or value <= float(cell),
            ">": lambda cell=cell: value > float(cell),
            "range": lambda cell=cell: (
                float(cell.split("-")[0]) <= value <= float(cell.split("-")[1])
            ),
        }[ROWS[item]["relation"]]()
        if kept:
            return number
    return 5


def values_near_limits(item: str):
    cells = [ROWS[item][f"class{n}"] for n in range(1, 5) if ROWS[item][f"class{n}"]]
    limits = sorted({float(part) for cell in cells for part in cell.split("-")})
    nearby = [limit * factor for limit in limits for factor in (0.97, 1.0, 1.03)]
    return st.lists(st.sampled_from([*nearby, NAN]), min_size=4, max_size=4)


@settings(max_examples=40)
@given(st.data())
def test_every_item_meets_the_first_class_whose_limit_it_keeps_and_the_worst_wins(data):
    items = data.draw(st.lists(st.sampled_from(sorted(ROWS)), min_size=1, max_size=5, unique=True))
    columns = {item: data.draw(values_near_limits(item)) for item in items}
    judged = sea_class(columns, on=DAY, checked=False)
    slow = [[class_by_reading(item, value) for value in columns[item]] for item in items]
    assert judged.classed.item_class.tolist() == slow
    assert judged.worst.tolist() == [max(sample) for sample in zip(*slow, strict=True)]


@pytest.mark.parametrize(
    ("item", "value", "name"),
    [
        ("do", 6.0, "第二类"),  # must exceed its limit
        ("do", 6.01, "第一类"),
        ("din", 0.20, "第一类"),  # others may reach it
        ("din", 0.500001, "劣四类"),
        ("po4", 0.030, "第二类"),  # classes 2 and 3 share the limit: the better one
        ("po4", 0.031, "第四类"),
        ("ph", 7.8, "第一类"),
        ("ph", 8.6, "第三类"),
        ("ph", 6.7, "劣四类"),
        ("coli", 20000, "第四类"),  # the fourth class asks nothing
        ("floating", 1, "第四类"),
        ("senses", 2, "劣四类"),
        ("hg", 0.00006, "第二类"),
    ],
)
def test_known_limits(item, value, name):
    assert str(sea_class({item: value}, on=DAY).names()) == name


def test_one_sample_many_samples_none_and_missing_ones():
    assert sea_class({"din": 0.1}, on=DAY).worst.shape == ()
    assert sea_class({"din": []}, on=DAY).worst.shape == (0,)
    judged = sea_class({"din": [0.1, NAN, NAN], "do": [NAN, 4.5, NAN]}, on=DAY)
    assert judged.worst.tolist() == [1, 3, 0]
    assert judged.names().tolist() == ["第一类", "第三类", "无法评价"]
    assert judged.classed.counted.tolist() == [1, 1, 0]


def test_items_are_known_by_code_and_by_chinese_name():
    assert sea_class({"无机氮": 0.35}, on=DAY).worst == sea_class({"din": 0.35}, on=DAY).worst == 3
    with pytest.raises(UnknownItemError, match="是否为"):
        sea_class({"dinn": 0.1}, on=DAY)


@pytest.mark.parametrize(
    ("item", "value", "words"),
    [
        ("cu", 2.3, "可能是以 µg/L 为单位"),  # copper of sea water is reported in µg/L
        ("din", 35.0, "µmol/L"),
        ("do", 98.0, "饱和度"),
        ("cod", -0.1, "不能为负"),
        ("oil", float("inf"), "不是有限的数"),
        ("ph", 0.5, "小得不合常理"),
        ("temperature_rise", 28.0, "水温而非升温"),
    ],
)
def test_values_in_another_unit_are_refused_with_the_row_and_a_guess(item, value, words):
    with pytest.raises(InputRefusedError, match=words) as caught:
        sea_class({item: [NAN, value]}, on=DAY)
    assert caught.value.problems[0].row == 1


def test_the_caller_may_take_the_plausibility_on_itself():
    assert sea_class({"cu": 2.3}, on=DAY, checked=False).worst == 5


def test_every_item_of_the_standard_has_a_plausible_range_around_its_limits():
    for item, row in ROWS.items():
        limits = [float(p) for n in range(1, 5) for p in row[f"class{n}"].split("-") if p]
        sea_class({item: limits}, on=DAY)


def test_days_before_the_standard_are_refused():
    with pytest.raises(OutsideEditionsError):
        sea_class({"din": 0.1}, on=date(1998, 6, 30))
    assert sea_class({"din": 0.1}, on=date(1998, 7, 1)).worst == 1
    assert sea_class({"din": 0.1}, on=date(1990, 1, 1), edition="GB 3097-1997").worst == 1
    with pytest.raises(UnknownEditionError):
        sea_class({"din": 0.1}, on=DAY, edition="GB 3097-2030")
    with pytest.raises(InputRefusedError, match="日期与样品的个数不一致"):
        sea_class({"din": [0.1, 0.2, 0.3]}, on=[DAY, DAY])


def test_undetected_values_count_half_or_a_quarter_by_how_often_the_item_is_detected():
    values, often, seldom = (
        [0.03, 0.03, 0.09, 0.09],
        [True, True, False, False],
        [True, True, True, False],
    )
    half = sea_class({"oil": values}, on=DAY, below={"oil": often}).classed
    quarter = sea_class({"oil": values}, on=DAY, below={"oil": seldom}).classed
    assert [part[3] for part in half.sample(0)] == [0.015]
    assert [part[3] for part in quarter.sample(0)] == [0.0075]


def test_a_detection_limit_above_the_class_limit_is_cautioned():
    judged = sea_class({"oil": [0.2, 0.02]}, on=DAY, below={"oil": [True, False]})
    derivation = judged.derivation(0)
    assert "检出限过高，不足以判定类别：石油类" in derivation.cautions
    assert derivation.facts[0].text() == "石油类：<0.2 mg/L（未检出，以 0.1 参加评价）"
    assert [basis.decides for basis in derivation.basis] == ["海水水质类别限值", "未检出值的取值"]


def test_the_derivation_tells_edition_items_and_the_deciding_one():
    judged = sea_class({"din": [0.52, 0.1], "do": [6.5, 6.5]}, on=DAY)
    text = judged.derivation(0).text()
    assert "劣四类海水，决定项目：无机氮" in text
    assert "GB 3097-1997 3.2 表1（1998-07-01 起施行" in text
    assert "无机氮：0.52 不符合第四类 ≤0.50 → 劣四类【决定项】" in text
    assert "溶解氧：6.5 符合第一类 >6 → 第一类" in text
    assert judged.derivation(1).conclusion == "第一类海水"
    assert sea_class({"din": NAN}, on=DAY).derivation().conclusion == "无法评价"


def test_a_sample_is_as_sure_as_its_least_sure_limit():
    sure = sea_class({"din": 0.1}, on=DAY).derivation()
    doubtful = sea_class({"din": 0.1, "ss": 5.0}, on=DAY).derivation()
    assert sure.confidence is Confidence.ONE_SOURCE
    assert doubtful.confidence is Confidence.UNCONFIRMED


def test_the_items_of_a_day_and_those_of_the_national_evaluation():
    table = sea_items(on=DAY)
    assert table["do"].texts == (">6", ">5", ">4", ">3")
    assert len(list(table)) == len(ROWS)
    assert sea_items(on=date(1990, 1, 1), edition="GB 3097-1997")["din"].high[0] == 0.2
    assert set(evaluated_items(on=DAY)) <= set(ROWS)
    assert {"din", "po4", "oil", "cod", "ph"} <= set(evaluated_items(on=DAY))
    with pytest.raises(OutsideEditionsError):
        evaluated_items(on=date(2017, 1, 1))


def test_the_class_names_are_the_five():
    assert CLASS_NAMES == ("第一类", "第二类", "第三类", "第四类", "劣四类")


@pytest.mark.shared
def test_the_packaged_limits_are_those_of_the_reference_table(shared):
    source = shared / "data" / "standards" / "gb3097_1997.csv"
    reference = {row["item_code"]: row for row in csv.DictReader(source.open(encoding="utf-8"))}
    compared = 0
    for item, row in ROWS.items():
        theirs = reference.get(item)
        if theirs is None or theirs["op"] == "text":
            continue
        for number in range(1, 5):
            first_word = theirs[f"class{number}"].split(" ")[0]
            assert row[f"class{number}"] == first_word, (item, number)
            compared += 1
    assert compared == 4 * 30


def test_days_may_differ_by_sample():
    days = np.array(["1999-01-01", "2026-08-01"], dtype="datetime64[D]")
    assert sea_class({"din": [0.35, 0.35]}, on=days).worst.tolist() == [3, 3]


def test_marks_of_below_detection_are_named_like_their_column():
    with pytest.raises(InputRefusedError, match="未检出标记 = oil：没有同名的数值列"):
        sea_class({"石油类": [0.03]}, on=DAY, below={"oil": [True]})
