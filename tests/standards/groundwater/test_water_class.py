"""Groundwater classes: the tables read aloud beside the fast way, both editions, reasons, guards."""

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
from zhihuan.standards.groundwater import CLASS_NAMES, groundwater_class, groundwater_items
from zhihuan.standards.parameters import Confidence

DAY, EARLIER = date(2026, 5, 1), date(2017, 5, 1)
NAN = float("nan")
ROMAN = ("I", "II", "III", "IV")


def rows_of(table: str) -> dict[str, dict[str, str]]:
    source = files("zhihuan.standards") / "tables" / table / "limits.csv"
    lines = source.read_text(encoding="utf-8").splitlines()
    return {row["item"]: row for row in csv.DictReader(lines)}


ROWS = {DAY: rows_of("gbt14848_2017"), EARLIER: rows_of("gbt14848_1993")}


def class_by_reading(row: dict[str, str], value: float) -> int:
    if isnan(value):
        return 0
    for number, column in enumerate(ROMAN, start=1):
        cell = row[column]
        if cell == "":
            return number
        if row["relation"] == "range":
            low, high = map(float, cell.split("-"))
            kept = low <= value <= high
        else:
            kept = value <= (0 if cell == "ND" else float(cell))
        if kept:
            return number
    return 5


def values_near_limits(row: dict[str, str]):
    cells = [row[column] for column in ROMAN if row[column] not in ("", "ND")]
    limits = sorted({float(part) for cell in cells for part in cell.split("-")})
    nearby = [limit * factor for limit in limits for factor in (0.97, 1.0, 1.03)]
    return st.lists(st.sampled_from([*nearby, 0.0, NAN]), min_size=4, max_size=4)


@settings(max_examples=40)
@given(st.data())
def test_every_item_takes_the_best_class_whose_limit_it_keeps_and_the_worst_wins(data):
    day = data.draw(st.sampled_from([DAY, EARLIER]))
    rows = ROWS[day]
    items = data.draw(st.lists(st.sampled_from(sorted(rows)), min_size=1, max_size=5, unique=True))
    columns = {item: data.draw(values_near_limits(rows[item])) for item in items}
    judged = groundwater_class(columns, on=day, checked=False)
    slow = [[class_by_reading(rows[item], value) for value in columns[item]] for item in items]
    assert judged.classed.item_class.tolist() == slow
    assert judged.worst.tolist() == [max(sample) for sample in zip(*slow, strict=True)]


@pytest.mark.parametrize(
    ("item", "value", "name"),
    [
        ("ph", 6.5, "Ⅰ类"),
        ("ph", 6.4, "Ⅳ类"),
        ("ph", 9.0, "Ⅳ类"),
        ("ph", 5.4, "Ⅴ类"),
        ("mn", 0.05, "Ⅰ类"),  # I and II share the limit: the better one
        ("las", 0.3, "Ⅲ类"),  # III and IV share the limit
        ("las", 0.0, "Ⅰ类"),
        ("alpha", 0.6, "Ⅳ类"),  # IV and V print the same value
        ("hg", 0.0021, "Ⅴ类"),
        ("odour", 1, "Ⅴ类"),
        ("hardness", 600, "Ⅳ类"),
    ],
)
def test_known_limits(item, value, name):
    assert str(groundwater_class({item: value}, on=DAY).names()) == name


def test_one_call_may_span_both_editions():
    days = np.array(["2018-04-30", "2018-05-01"], dtype="datetime64[D]")
    judged = groundwater_class({"hardness": [600, 600], "al": [0.3, 0.3]}, on=days)
    assert judged.names().tolist() == ["Ⅴ类", "Ⅳ类"]  # 550 until then, 650 since
    assert judged.classed.counted.tolist() == [1, 2]  # aluminium came in 2018
    assert groundwater_class({"hardness": 600}, on=DAY, edition="GB/T 14848-93").worst == 5
    standards = [judged.derivation(n).basis[0].standard for n in (0, 1)]
    assert standards == ["GB/T 14848-93", "GB/T 14848-2017"]
    assert any("当时的标准没有规定" in caution for caution in judged.derivation(0).cautions)


def test_one_sample_none_and_missing_ones():
    assert groundwater_class({"fe": 0.1}, on=DAY).worst.shape == ()
    empty = groundwater_class({"fe": []}, on=DAY)
    assert empty.worst.shape == (0,)
    assert groundwater_class({"fe": []}, on=[], below={"fe": []}).multiples().shape == (1, 0)
    judged = groundwater_class({"fe": [0.1, NAN, NAN], "mn": [NAN, 0.2, NAN]}, on=DAY)
    assert judged.worst.tolist() == [1, 4, 0]
    assert judged.names().tolist() == ["Ⅰ类", "Ⅳ类", "无法评价"]
    assert judged.derivation(2).conclusion == "无法评价"


def test_multiples_refer_to_the_third_class_or_to_the_target():
    judged = groundwater_class({"fe": [0.9, 0.3, NAN], "ph": [5.0, 7.0, 7.0]}, on=DAY)
    assert judged.multiples()[0][:2].tolist() == pytest.approx([2.0, 0.0])
    assert np.isnan(judged.multiples()[1]).all()
    assert groundwater_class({"fe": 0.9}, on=DAY, target=2).multiples()[0] == pytest.approx(3.5)
    assert "铁超Ⅲ类：(0.9−0.3)÷0.3 → 2 倍" in judged.derivation(0).text()


def test_half_the_detection_limit_stands_in_and_none_detected_is_kept():
    below = {"hg": [True, True, False], "las": [True, True, True]}
    judged = groundwater_class(
        {"hg": [0.0001, 0.0021, 0.0021], "las": [0.05, 0.05, 0.05]}, on=DAY, below=below
    )
    assert judged.classed.item_class.tolist() == [[1, 4, 5], [1, 1, 1]]
    derivation = judged.derivation(1)
    assert derivation.basis[1].decides == "未检出值的取值"
    assert "检出限过高，不足以判定类别：汞" in derivation.cautions
    assert derivation.facts[0].text() == "汞：<0.0021 mg/L（未检出，以 0.00105 参加评价）"


def test_radioactivity_over_its_guide_value_asks_for_nuclides():
    judged = groundwater_class({"总α放射性": [0.6, 0.4]}, on=DAY)
    assert judged.derivation(0).cautions[0].startswith("总α放射性超过指导值")
    assert judged.derivation(1).cautions == ()


@pytest.mark.parametrize(
    ("item", "value", "words"),
    [
        ("as", 12.0, "可能是以 µg/L 为单位"),
        ("benzene", 0.005, "可能是以 mg/L 为单位"),
        ("ph", 0.1, "小得不合常理"),
        ("tds", 0.001, "g/L"),
        ("nh3n", -1.0, "不能为负"),
    ],
)
def test_values_in_another_unit_are_refused_with_the_row_and_a_guess(item, value, words):
    with pytest.raises(InputRefusedError, match=words) as caught:
        groundwater_class({item: [NAN, value]}, on=DAY)
    assert caught.value.problems[0].row == 1
    groundwater_class({item: [NAN, value]}, on=DAY, checked=False)


def test_every_item_has_a_plausible_range_around_its_limits():
    for day, rows in ROWS.items():
        for item, row in rows.items():
            cells = [row[column] for column in ROMAN if row[column] not in ("", "ND")]
            limits = [float(part) for cell in cells for part in cell.split("-")]
            groundwater_class({item: limits}, on=day)


def test_unknown_items_days_and_editions_are_refused():
    with pytest.raises(UnknownItemError):
        groundwater_class({"unobtainium": 1.0}, on=DAY)
    with pytest.raises(UnknownItemError):
        groundwater_class({"al": 0.1}, on=EARLIER)
    with pytest.raises(OutsideEditionsError):
        groundwater_class({"fe": 0.1}, on=date(1994, 9, 30))
    with pytest.raises(UnknownEditionError):
        groundwater_class({"fe": 0.1}, on=DAY, edition="GB/T 14848-2030")


def test_the_derivation_names_the_deciding_items_and_how_sure_it_is():
    derivation = groundwater_class({"nh3n": 1.8, "fe": 0.2}, on=DAY).derivation()
    assert derivation.conclusion == "Ⅴ类，决定指标：氨氮"
    assert "氨氮：1.8 不符合Ⅳ类 ≤1.50 → Ⅴ类【决定项】" in derivation.text()
    assert derivation.confidence is Confidence.ONE_SOURCE
    early = groundwater_class({"fe": 0.1}, on=EARLIER).derivation()
    assert early.confidence is Confidence.UNCONFIRMED
    assert early.conclusion == "Ⅰ类"


def test_the_items_of_each_table():
    assert len(list(groundwater_items(on=DAY))) == 93
    assert len(list(groundwater_items(on=DAY, group="常规"))) == 39
    assert len(list(groundwater_items(on=EARLIER))) == 39
    assert groundwater_items(on=DAY, edition="GB/T 14848-93")["fe"].high == (0.1, 0.2, 0.3, 1.5)
    assert CLASS_NAMES == ("Ⅰ类", "Ⅱ类", "Ⅲ类", "Ⅳ类", "Ⅴ类")


@pytest.mark.shared
def test_the_packaged_limits_are_those_of_the_reference_table(shared):
    source = shared / "data" / "standards" / "gbt14848_2017.csv"
    reference = list(csv.DictReader(source.open(encoding="utf-8")))
    compared = 0
    for ours, theirs in zip(ROWS[DAY].values(), reference, strict=True):
        for column in ROMAN:
            if theirs["op"] == "<=" and not theirs[column].startswith(">"):
                assert ours[column] == theirs[column], (ours["item"], column)
                compared += 1
    assert compared == 4 * 90 - 2
