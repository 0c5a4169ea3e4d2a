"""Cells of laboratories and stations: numbers, detection limits, gaps."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from zhihuan.standards.errors import InputRefusedError
from zhihuan.standards.surface_water.reported import (
    counted_below_detection,
    exact_floats,
    read_reported,
)

DAY = date(2024, 5, 1)


@pytest.mark.parametrize(
    ("cell", "value", "below"),
    [
        ("0.62", 0.62, False), (" 7 ", 7.0, False), ("1e-3", 0.001, False), (".5", 0.5, False),
        ("<0.05", 0.05, True), ("＜ 0.05", 0.05, True), ("0.05L", 0.05, True),
        ("0.05l", 0.05, True), ("0.05（L）", 0.05, True), ("0.05ND", 0.05, True),
        ("小于0.05", 0.05, True), (0.3, 0.3, False), (3, 3.0, False),
    ],
)  # fmt: skip
def test_a_cell_is_a_number_or_a_detection_limit(cell: object, value: float, below: bool) -> None:
    read = read_reported(np.array([cell], dtype=object))
    assert (read.values.tolist(), read.below.tolist()) == ([value], [below])


@pytest.mark.parametrize("cell", ["", "--", "*", "—", "NaN", None, "缺测", "/", "断流"])
def test_an_empty_cell_is_missing_not_zero(cell: object) -> None:
    read = read_reported(np.array([cell], dtype=object))
    assert np.isnan(read.values).all()
    assert not read.below.any()


def test_not_detected_needs_its_limit() -> None:
    with pytest.raises(InputRefusedError, match=r"第 2 行.*没有给出检出限"):
        read_reported(["0.1", "未检出"])
    read = read_reported(["0.1", "ND"], detection_limit=0.04)
    assert (read.values.tolist(), read.below.tolist()) == ([0.1, 0.04], [False, True])


def test_what_is_no_number_is_refused_by_row() -> None:
    with pytest.raises(InputRefusedError, match=r"第 3 行，数值 = 约0.3：不是数字"):
        read_reported(["0.1", "0.2", "约0.3"])


def test_shapes_are_kept_and_half_of_the_limit_counts() -> None:
    read = read_reported([["0.05L", "1"], ["", "<0.2"]])
    counted = read.counted(on=DAY)
    np.testing.assert_array_equal(counted, [[0.025, 1.0], [np.nan, 0.1]])
    assert float(read_reported("0.05L").counted(on=DAY)) == 0.025


def test_the_share_of_the_limit_is_dated(amend) -> None:
    amend("surface_water/below_detection_share", "2030-01-01", "1.0")
    days = np.array(["2029-12-31", "2030-01-01"], dtype="datetime64[D]")
    assert counted_below_detection([0.2, 0.2], True, on=days).tolist() == [0.1, 0.2]


def test_narrow_floats_are_read_by_their_decimals_and_wide_ones_not_copied() -> None:
    assert exact_floats(np.array([0.15, 0.02], dtype=np.float32)).tolist() == [0.15, 0.02]
    wide = np.array([0.15])
    assert exact_floats(wide) is wide
    assert np.isnan(exact_floats(np.array([np.nan], dtype=np.float32)))
