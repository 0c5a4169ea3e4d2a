"""Class tables: what is read from a row, and which tables are refused."""

from __future__ import annotations

from math import inf

import pytest

from zhihuan.standards.classes import class_table
from zhihuan.standards.errors import ParameterFileError, UnknownItemError
from zhihuan.standards.parameters import Confidence

CLASSES = {"I": "一类", "II": "二类"}


def row(relation: str = "<=", first: str = "1", second: str = "2", **more: str) -> dict[str, str]:
    return {
        "item": "oil", "name": "石油类", "unit": "mg/L", "relation": relation,
        "I": first, "II": second,
    } | more  # fmt: skip


def only(**more: str):
    return class_table([row(**more)], classes=CLASSES, beyond="劣二类")["oil"]


@pytest.mark.parametrize(
    ("relation", "first", "second", "low", "high", "texts"),
    [
        ("<=", "1", "2", (-inf, -inf), (1, 2), ("≤1", "≤2")),
        ("<", "1", "", (-inf, -inf), (1, inf), ("<1", "")),
        (">=", "6", "5.0", (6, 5), (inf, inf), ("≥6", "≥5.0")),
        (">", "6", "5", (6, 5), (inf, inf), (">6", ">5")),
        ("range", "7.8-8.5", "6.8-8.8", (7.8, 6.8), (8.5, 8.8), ("7.8-8.5", "6.8-8.8")),
    ],
)
def test_a_row_becomes_one_interval_a_class(relation, first, second, low, high, texts):
    limits = only(relation=relation, first=first, second=second)
    assert (limits.low, limits.high, limits.texts) == (low, high, texts)
    assert limits.open_ends == (relation in "<>")


def test_the_row_may_say_how_sure_it_is():
    assert only(confidence="one source").confidence is Confidence.ONE_SOURCE
    assert only().confidence is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"relation": "=<"}, "relation '=<'"),
        ({"first": "zwei"}, "cannot read the limit 'zwei'"),
        ({"relation": "range", "first": "7"}, "cannot read the limit '7'"),
        ({"first": "3"}, "a worse class asks more"),
        ({"relation": ">", "second": "7"}, "a worse class asks more"),
        ({"first": ""}, "a worse class asks more"),
    ],
)
def test_a_table_that_cannot_be_right_is_refused_with_the_item(changes, words):
    with pytest.raises(ParameterFileError, match=words):
        only(**changes)


def test_an_item_stands_only_once():
    with pytest.raises(ParameterFileError, match="'oil' stands twice"):
        class_table([row(), row()], classes=CLASSES, beyond=None)


def test_an_unknown_item_is_told_its_neighbours_or_all_there_are():
    table = class_table([row()], classes=CLASSES, beyond=None)
    with pytest.raises(UnknownItemError, match="是否为 oil"):
        table["oils"]
    assert table["石油类"] is table["oil"]
    with pytest.raises(UnknownItemError, match="可用：oil"):
        table["镉"]


def test_class_numbers_have_names_and_nothing_lies_beyond_an_open_class():
    table = class_table([row()], classes=CLASSES, beyond="劣二类")
    assert [table.name_of(n) for n in range(4)] == ["无法评价", "一类", "二类", "劣二类"]
    open_table = class_table([row(second="")], classes=CLASSES, beyond=None)
    assert [limits.item for limits in open_table] == ["oil"]
    with pytest.raises(IndexError):
        open_table.name_of(3)
