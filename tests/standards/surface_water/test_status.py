"""Words for sections and basins."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.errors import OutsideEditionsError
from zhihuan.standards.surface_water.status import basin_status, section_status

DAY = date(2026, 9, 30)


def test_sections_are_called_by_their_class() -> None:
    found = section_status(["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "劣Ⅴ", ""], on=DAY)
    assert found.names.tolist() == ["优", "优", "良好", "轻度污染", "中度污染", "重度污染", ""]
    assert found.colours.tolist() == ["蓝色", "蓝色", "绿色", "黄色", "橙色", "红色", ""]
    assert found.uses[5] == "除调节局部气候外使用功能较差"
    assert "Ⅳ类 → 轻度污染（黄色）" in found.derivation(3).text()
    assert "无法评价" in found.derivation(6).conclusion
    assert str(section_status("Ⅲ", on=DAY).names) == "良好"


def test_before_2011_there_was_no_such_rule_here() -> None:
    with pytest.raises(OutsideEditionsError):
        section_status(["Ⅰ"], on=date(2009, 1, 1))


def slow_basin(numbers: list[int]) -> str:
    """The table as printed, read in its order."""
    if len(numbers) < 5:
        return ""
    good = 100 * sum(n <= 3 for n in numbers) / len(numbers)
    inferior = 100 * sum(n == 6 for n in numbers) / len(numbers)
    if good >= 90:
        return "优"
    if 75 <= good < 90:
        return "良好"
    if good < 75 and inferior < 20:
        return "轻度污染"
    if good < 75 and 20 <= inferior < 40:
        return "中度污染"
    if good < 60 and inferior >= 40:
        return "重度污染"
    return "open"


@given(st.lists(st.integers(1, 6), min_size=1, max_size=40))
def test_basins_are_called_by_the_table(numbers: list[int]) -> None:
    found = basin_status(numbers, on=DAY)
    slow = slow_basin(numbers)
    assert str(found.names[0]) == ("重度污染" if slow == "open" else slow)
    assert bool(found.on_gap[0]) == (slow == "open")
    assert bool(found.too_few[0]) == (len(numbers) < 5)


def test_the_one_point_the_table_leaves_open_is_flagged() -> None:
    found = basin_status(["Ⅱ"] * 6 + ["劣Ⅴ"] * 4, on=DAY)
    assert (found.names.tolist(), found.on_gap.tolist()) == (["重度污染"], [True])
    assert "分级表未规定之处" in found.derivation().text()


def test_groups_stand_for_themselves_and_few_sections_are_said_to_be_few() -> None:
    classes = ["Ⅱ"] * 9 + ["Ⅳ"] + ["Ⅳ", "Ⅳ", "", "", ""]
    found = basin_status(classes, on=DAY, groups=["西江"] * 10 + ["石岐河"] * 5)
    by_name = dict(zip(found.shares.groups, found.names.tolist(), strict=True))
    assert by_name == {"西江": "优", "石岐河": ""}
    place = found.shares.groups.index("石岐河")
    assert "断面少于 5 个，应按各项目的断面均值评价" in found.derivation(place).conclusion
    text = found.derivation(1 - place).text()
    assert "水质优" in text
    assert "Ⅰ～Ⅲ类 90%，劣Ⅴ类 0%（未修约） → 优" in text
    assert "没有可评价的断面" in basin_status([""], on=DAY).derivation().conclusion


def test_the_least_number_and_the_table_are_dated(amend) -> None:
    amend("surface_water/basin_least_sections", "2030-01-01", "3")
    amend(
        "surface_water/section_status",
        "2030-01-01",
        "",
        table="class,status,colour,use\nI,甲,蓝,-\nII,甲,蓝,-\nIII,乙,绿,-\nIV,丙,黄,-\nV,丁,橙,-\ninferior,戊,红,-\n",
    )
    days = np.array(["2029-12-31", "2030-12-31"], dtype="datetime64[D]")
    found = basin_status(["Ⅰ"] * 6, on=days, groups=["2029"] * 3 + ["2030"] * 3)
    assert found.names.tolist() == ["", "优"]
    assert section_status(["Ⅳ", "Ⅳ"], on=days).names.tolist() == ["轻度污染", "丙"]
