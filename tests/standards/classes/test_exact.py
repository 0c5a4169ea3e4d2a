"""Narrow floats, masked arrays and texts are read as the numbers people mean by them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from zhihuan.standards.classes import exact_columns, exact_floats, unmasked
from zhihuan.standards.errors import InputRefusedError
from zhihuan.standards.groundwater import groundwater_class
from zhihuan.standards.sea import sea_class
from zhihuan.standards.soil import development_land, farmland
from zhihuan.standards.surface_water import water_class

DAY = date(2026, 9, 30)


@pytest.mark.parametrize("kind", [np.float64, np.float32, np.float16])
def test_a_value_at_its_limit_keeps_it_in_every_width(kind: type) -> None:
    assert water_class({"nh3n": kind(0.15)}, on=DAY).names.item() == "Ⅰ"
    assert groundwater_class({"as": kind(0.05)}, on=DAY).names().item() == "Ⅳ类"
    assert sea_class({"din": kind(0.2)}, on=DAY).names().item() == "第一类"
    assert development_land({"cr6": kind(5.7)}, 2, on=DAY).worst == 1
    assert farmland({"cd": kind(0.3)}, kind(5.5), "other", on=DAY).worst == 1


def test_what_a_mask_hides_is_missing() -> None:
    hidden = np.ma.array([0.1, 90.0], mask=[False, True])
    assert water_class({"nh3n": hidden}, on=DAY).names.tolist() == ["Ⅰ", ""]
    assert groundwater_class({"nh3n": hidden}, on=DAY).worst.tolist() == [2, 0]
    assert sea_class({"din": hidden}, on=DAY).worst.tolist() == [1, 0]
    assert development_land({"cd": hidden}, 1, on=DAY).worst.tolist() == [1, 0]
    counts = np.ma.array([1, 2], mask=[True, False])
    np.testing.assert_array_equal(exact_floats(counts), [np.nan, 2.0])
    texts = np.ma.array(["0.1L", "9"], mask=[False, True], dtype=object)
    assert np.asarray(unmasked(texts)).tolist()[0] == "0.1L"
    assert water_class({"nh3n": texts}, on=DAY).names.tolist() == ["Ⅰ", ""]


def test_what_is_wide_already_is_not_copied() -> None:
    values = np.array([1.0, np.nan])
    assert exact_floats(values) is values


def test_text_that_is_no_number_is_told_with_its_row() -> None:
    with pytest.raises(InputRefusedError, match=r"第 2 行，cd = 0\.1L：不是数"):
        exact_columns({"cd": ["0.1", "0.1L"]})
    with pytest.raises(InputRefusedError, match=r"第 1 行，无机氮 = 多"):
        sea_class({"无机氮": "多"}, on=DAY)


def test_no_samples_with_marks_are_no_error() -> None:
    nothing = np.array([], dtype="datetime64[D]")
    assert sea_class({"din": []}, below={"din": []}, on=nothing).worst.size == 0
    assert groundwater_class({"as": []}, below={"as": []}, on=nothing).worst.size == 0
