"""Names of classes: every way to write them, and what is not one."""

from __future__ import annotations

import numpy as np
import pytest

from zhihuan.standards.errors import InputRefusedError
from zhihuan.standards.surface_water.quality_class import (
    class_name,
    class_names,
    class_number,
    class_numbers,
    target_numbers,
)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("Ⅰ", 1), ("I", 1), ("i类", 1), ("一类", 1), (1, 1), ("1", 1), ("1.0", 1),
        ("Ⅱ类水质", 2), ("II", 2), ("Ⅲ类", 3), ("III", 3), ("class III", 3), ("三类水", 3),
        ("IV", 4), ("Ⅳ", 4), ("V", 5), ("Ⅴ类", 5), ("五", 5),
        ("劣Ⅴ", 6), ("劣V类", 6), ("劣五类", 6), ("劣于Ⅴ类", 6), ("劣", 6), ("inferior V", 6),
        ("inferior_v", 6), ("V inferior", 6), ("worse than V", 6), (">V", 6), ("＞Ⅴ", 6), ("V+", 6), ("VI", 6),
        (6, 6), ("", 0), ("-", 0), ("--", 0), ("—", 0), ("*", 0), (None, 0), (0, 0), ("nan", 0),
    ],
)  # fmt: skip
def test_a_class_may_be_written_in_many_ways(name: object, number: int) -> None:
    assert class_number(name) == number


@pytest.mark.parametrize("name", ["VII", "7", "I-II", "劣Ⅲ", "好", "Ⅰ～Ⅲ", "-1", "2.5"])
def test_what_is_no_class_is_refused(name: str) -> None:
    with pytest.raises(InputRefusedError, match="不是水质类别"):
        class_number(name)


def test_arrays_of_names_and_numbers_keep_their_shape() -> None:
    assert class_numbers([["Ⅰ", "劣Ⅴ"], ["", "III"]]).tolist() == [[1, 6], [0, 3]]
    assert class_numbers(np.array([1.0, np.nan, 6.0])).tolist() == [1, 0, 6]
    assert class_numbers(np.array(["Ⅰ", None], dtype=object)).tolist() == [1, 0]
    assert class_numbers([]).shape == (0,)
    assert class_numbers(np.array([], dtype="<U2")).shape == (0,)
    assert int(class_numbers("Ⅱ")) == 2


@pytest.mark.parametrize("bad", [[1, 7], [1.5, 1.0], np.array(7), [-1]])
def test_numbers_that_are_no_class_name_their_row(bad: object) -> None:
    with pytest.raises(InputRefusedError, match="不是水质类别"):
        class_numbers(bad)  # type: ignore[arg-type]


def test_names_come_back_in_two_styles() -> None:
    assert class_names([1, 6, 0]).tolist() == ["Ⅰ", "劣Ⅴ", ""]
    assert class_names([[5, 6]], style="ascii").tolist() == [["V", "inferior V"]]
    assert (class_name(3), class_name(6, style="ascii")) == ("Ⅲ", "inferior V")


def test_a_target_cannot_be_worse_than_v() -> None:
    assert target_numbers(["Ⅱ", ""]).tolist() == [2, 0]
    with pytest.raises(InputRefusedError, match=r"第 2 行.*劣Ⅴ类没有限值"):
        target_numbers(["Ⅱ", "劣Ⅴ"])
