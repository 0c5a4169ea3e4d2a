"""Class judging: one value, many values, missing values, and the slow way beside the fast one."""

from __future__ import annotations

from math import isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from zhihuan.standards.classes import class_table, exceedance_multiples, item_class, judge
from zhihuan.standards.errors import InputRefusedError, UnknownItemError

ROWS = [
    {"item": "pH", "name": "pH", "unit": "-", "relation": "range",
     "1": "7.8-8.5", "2": "7.8-8.5", "3": "6.8-8.8", "4": "6.8-8.8"},
    {"item": "DO", "name": "溶解氧", "unit": "mg/L", "relation": ">",
     "1": "6", "2": "5", "3": "4", "4": "3"},
    {"item": "DO2", "name": "溶解氧", "unit": "mg/L", "relation": ">=",
     "1": "6", "2": "5", "3": "3", "4": "3"},
    {"item": "oil", "name": "石油类", "unit": "mg/L", "relation": "<=",
     "1": "0.05", "2": "0.05", "3": "0.30", "4": "0.50"},
    {"item": "film", "name": "漂浮物", "unit": "-", "relation": "<",
     "1": "0", "2": "1", "3": "2", "4": ""},
]  # fmt: skip
TABLE = class_table(ROWS, classes={str(n): f"第{n}类" for n in range(1, 5)}, beyond="劣四类")
NAN = float("nan")
HOLDS = {
    "<=": lambda v, x: v <= x, "<": lambda v, x: v < x,
    ">=": lambda v, x: v >= x, ">": lambda v, x: v > x,
}  # fmt: skip


def class_by_reading(row: dict[str, str], value: float) -> int:
    """The standard read aloud: the first class whose limit the value keeps."""
    if isnan(value):
        return 0
    for number in range(1, 5):
        cell = row[str(number)]
        if cell == "":
            return number
        if row["relation"] == "range":
            low, high = map(float, cell.split("-"))
            kept = low <= value <= high
        else:
            kept = HOLDS[row["relation"]](value, float(cell))
        if kept:
            return number
    return 5


near_limits = st.sampled_from(
    [0.05, 0.3, 0.5, 3.0, 4.0, 5.0, 6.0, 6.8, 7.8, 8.5, 8.8, 0.0, 1.0, 2.0]
)
numbers = near_limits | st.floats(-1, 12) | st.just(NAN)


@settings(max_examples=60)
@given(arrays(np.float64, (5, 7), elements=numbers))
def test_the_class_is_the_first_whose_limit_is_kept_and_the_worst_item_wins(values):
    judged = judge(TABLE, {row["item"]: column for row, column in zip(ROWS, values, strict=True)})
    slow = [
        [class_by_reading(row, v) for v in column]
        for row, column in zip(ROWS, values.tolist(), strict=True)
    ]
    assert judged.item_class.tolist() == slow
    assert judged.worst.tolist() == [max(sample) for sample in zip(*slow, strict=True)]
    assert judged.counted.tolist() == [sum(c > 0 for c in s) for s in zip(*slow, strict=True)]
    decides = [[c == max(s) and c > 0 for c in s] for s in zip(*slow, strict=True)]
    assert judged.deciding.T.tolist() == decides


@pytest.mark.parametrize(("value", "number"), [(6.0, 2), (6.0001, 1), (3.0, 5), (NAN, 0)])
def test_a_limit_that_must_be_exceeded_is_not_kept_by_itself(value, number):
    assert item_class(TABLE["DO"], value) == number


def test_scalars_give_scalars_and_shapes_broadcast():
    assert judge(TABLE, {"DO": 5.5, "oil": 0.01}).worst.shape == ()
    judged = judge(TABLE, {"DO": [[5.5], [2.0]], "oil": [0.01, 0.4, NAN]})
    assert judged.worst.tolist() == [[2, 4, 2], [5, 5, 5]]
    assert judged.item_class.shape == (2, 2, 3)


def test_nothing_missing_is_ever_judged_as_kept():
    judged = judge(TABLE, {"DO": [NAN, NAN], "oil": [NAN, 0.01]})
    assert judged.worst.tolist() == [0, 1]
    assert judged.counted.tolist() == [0, 1]
    assert judged.deciding.tolist() == [[False, False], [False, True]]


def test_no_samples_give_no_classes():
    judged = judge(TABLE, {"DO": [], "oil": []})
    assert judged.worst.shape == (0,)
    assert judged.item_class.shape == (2, 0)


def test_samples_beyond_one_chunk_are_judged_like_the_first():
    many = np.resize([7.0, 5.5, 4.5, 3.5, 1.0, NAN], 100_003)
    judged = judge(TABLE, {"DO": many})
    assert np.array_equal(judged.worst, np.resize([1, 2, 3, 4, 5, 0], 100_003))


def test_no_items_or_unequal_columns_are_refused_in_words():
    with pytest.raises(InputRefusedError, match="没有任何评价项目"):
        judge(TABLE, {})
    with pytest.raises(InputRefusedError, match="个数不一致"):
        judge(TABLE, {"DO": [1.0, 2.0], "oil": [1.0, 2.0, 3.0]})
    with pytest.raises(UnknownItemError):
        judge(TABLE, {"Do": [1.0]})


def test_the_multiple_is_the_excess_over_the_limit_in_limits():
    got = exceedance_multiples(TABLE["oil"], [0.15, 0.05, 0.0, NAN], 2)
    assert got[:3].tolist() == pytest.approx([2.0, 0.0, -1.0])
    assert isnan(got[3])


@pytest.mark.parametrize(("item", "number"), [("DO", 2), ("pH", 1), ("film", 1), ("film", 4)])
def test_no_multiple_where_it_means_nothing(item, number):
    assert np.isnan(exceedance_multiples(TABLE[item], [9.0, 0.1], number)).all()


@pytest.mark.parametrize(
    ("item", "value", "number"),
    [
        ("oil", 0.1 + 0.2, 3),  # 0.30000000000000004 is the limit 0.30 of class 3
        ("oil", 0.30000001, 4),
        ("DO", 5.0 + 4e-15, 3),  # and a hair above a limit that must be exceeded does not exceed it
        ("DO", 5.0000001, 2),
        ("DO2", 6.0 - 4e-15, 1),
        ("film", 1.0 - 1e-15, 3),
        ("pH", 8.5 + 4e-15, 1),
    ],
)
def test_binary_noise_does_not_move_a_sum_of_decimals_across_a_limit(item, value, number):
    assert item_class(TABLE[item], value) == number
