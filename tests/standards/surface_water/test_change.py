"""Better or worse between two periods."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from zhihuan.standards.surface_water.change import basin_change, section_change

DAY = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        ("Ⅲ", "Ⅲ", "无明显变化"),
        ("Ⅲ", "Ⅱ", "有所变好"),
        ("Ⅲ", "Ⅰ", "明显变好"),
        ("Ⅲ", "Ⅳ", "有所变差"),
        ("Ⅲ", "劣Ⅴ", "明显变差"),
        ("Ⅲ", "", ""),
        ("", "", ""),
    ],
)
def test_a_section_changes_by_classes(before: str, after: str, name: str) -> None:
    assert str(section_change(before, after, on=DAY).names) == name


@pytest.mark.parametrize(
    ("good", "inferior", "name"),
    [
        ((60.0, 70.0), (5.0, 5.0), "无明显变化"),
        ((60.0, 70.1), (5.0, 5.0), "有所变好"),
        ((60.0, 80.0), (5.0, 5.0), "有所变好"),
        ((60.0, 75.1), (10.0, 5.0), "明显变好"),
        ((60.0, 55.0), (5.0, 12.0), "有所变差"),
        ((60.0, 39.0), (5.0, 5.0), "明显变差"),
        ((60.0, np.nan), (5.0, 5.0), ""),
        ((56.9, 66.9), (0.0, 0.0), "无明显变化"),  # 10 points but for binary noise
    ],
)
def test_a_basin_changes_by_points(
    good: tuple[float, float], inferior: tuple[float, float], name: str
) -> None:
    found = basin_change(good[0], inferior[0], good[1], inferior[1], on=DAY)
    assert str(found.names) == name


def test_arrays_and_their_reasons() -> None:
    found = section_change(["Ⅲ", "Ⅴ", ""], ["Ⅱ", "劣Ⅴ", "Ⅰ"], on=DAY)
    np.testing.assert_array_equal(found.amount, [1, -1, np.nan])
    text = found.derivation(1).text()
    assert "前一时段类别 − 后一时段类别：5，6 → -1" in text
    assert "分界：1、2 个类别" in text
    assert "无法比较" in found.derivation(2).conclusion
    basin = basin_change([50.0], [10.0], [65.0], [5.0], on=DAY)
    assert "ΔG − ΔD：15，-5 → +20" in basin.derivation(0).text()
