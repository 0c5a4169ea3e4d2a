"""Implausible values are found, and the words say what they probably are."""

from __future__ import annotations

import numpy as np
import pytest

from zhihuan.standards.errors import InputRefusedError
from zhihuan.standards.inputs import problems_of, quantity, refuse_bad, suspects


@pytest.mark.parametrize(
    ("code", "value", "says"),
    [
        ("air/PM25", 0.035, "可能是以 mg/m³ 为单位"),
        ("air/CO", 800.0, "可能是以 µg/m³ 为单位"),
        ("air/PM25", -3.0, "不能为负"),
        ("air/PM25", np.inf, "不是有限的数"),
        ("air/PM25", -np.inf, "不是有限的数"),
        ("noise/level", 543.0, "大得不合常理"),
        ("noise/level", 0.0, "小得不合常理"),
    ],
)
def test_a_suspect_value_is_told_with_what_it_probably_is(
    code: str, value: float, says: str
) -> None:
    (problem,) = problems_of(code, [value])
    assert says in str(problem)
    assert problem.row == 0


def test_plausible_zero_and_missing_values_are_no_problem() -> None:
    assert problems_of("air/PM25", [35.0, 0.0, np.nan]) == []
    assert suspects("air/PM25", [35.0, 0.0, np.nan]).tolist() == [False] * 3
    refuse_bad([("air/PM25", [35.0]), ("air/CO", 0.8)])


def test_rows_are_counted_along_the_first_axis_and_told_up_to_a_number() -> None:
    values = np.full((4, 3), 35.0)
    values[2, 1] = -1.0
    assert [problem.row for problem in problems_of("air/PM25", values)] == [2]
    assert len(problems_of("air/PM25", np.full(50, -1.0), most=7)) == 7
    assert problems_of("air/PM25", -1.0)[0].row == 0


def test_all_columns_are_refused_together_and_the_message_stays_short() -> None:
    with pytest.raises(InputRefusedError) as caught:
        refuse_bad([("air/PM25", np.full(8, -1.0)), ("air/CO", [500.0])])
    assert len(caught.value.problems) == 9
    assert str(caught.value).count("\n") == 5
    assert "另有 4 处" in str(caught.value)


@pytest.mark.parametrize("code", ["air/XYZ", "nowhere/PM25"])
def test_a_quantity_nobody_declared_is_an_error(code: str) -> None:
    with pytest.raises(KeyError, match=code):
        quantity(code)


@pytest.mark.parametrize("value", [71.0, 0.2])
def test_what_has_no_unit_is_not_to_be_converted(value: float) -> None:
    words = str(problems_of("surface_water/ph", [value])[0])
    assert words.endswith("请核对原始记录，更正或剔除")
    assert "换算" not in words
    assert " ：" not in words
