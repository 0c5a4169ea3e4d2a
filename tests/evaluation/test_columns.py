"""Headers as people write them are found; what is wrong with them is told all at once."""

from __future__ import annotations

import pytest

from zhihuan.evaluation.columns import layout_of
from zhihuan.evaluation.errors import FileRefusedError
from zhihuan.evaluation.subject import subject, subject_names
from zhihuan.standards.inputs import quantity

AIR = layout_of("air")


@pytest.mark.parametrize(
    ("header", "key", "factor"),
    [
        ("PM2.5", "PM25", 1),
        ("pm2_5", "PM25", 1),
        ("细颗粒物（µg/m³）", "PM25", 1),
        ("PM2.5(μg/m3)", "PM25", 1),
        ("PM2.5 [ug/m^3]", "PM25", 1),
        ("PM2.5(mg/m³)", "PM25", 1000),
        ("CO(μg/m³)", "CO", 0.001),
        ("臭氧8小时", "O3_8h", 1),
        ("O3-8h(µg/m³)", "O3_8h", 1),
        ("\ufeff时间", "time", 1),
        (" 监测 时间 ", "time", 1),
    ],
)
def test_a_header_is_known_by_name_width_case_and_unit(
    header: str, key: str, factor: float
) -> None:
    found = AIR.match(["时间" if key != "time" else "PM10", header])
    assert found[key].place == 1
    assert found[key].factor == pytest.approx(factor)


def test_a_unit_with_brackets_in_it_is_read_whole() -> None:
    assert layout_of("noise").match(["时间", "等效声级(dB(A))"])["level"].factor == 1


def test_a_unit_that_needs_more_than_a_factor_is_refused_with_those_that_do_not() -> None:
    with pytest.raises(FileRefusedError, match=r"第 2 列 “CO\(ppb\)” 的单位 “ppb”.*mg/m³、µg/m³"):
        AIR.match(["时间", "CO(ppb)"])


def test_two_columns_of_one_quantity_are_refused() -> None:
    with pytest.raises(FileRefusedError, match=r"第 3 列 “PM25” 与第 2 列 “PM2.5” 是同一个量"):
        AIR.match(["时间", "PM2.5", "PM25"])


def test_a_missing_column_is_told_with_the_header_that_looks_like_it() -> None:
    with pytest.raises(
        FileRefusedError, match=r"至少要有其中一列：.*“时间”.*列 “监侧时间” 是否应改名"
    ):
        AIR.match(["监侧时间", "PM2.5"])


def test_all_faults_are_told_together() -> None:
    with pytest.raises(FileRefusedError) as caught:
        AIR.match(["时刻表", "PM2.5(ppb)"])
    assert str(caught.value).count("\n- ") == 3


def test_columns_nobody_reads_are_named() -> None:
    headers = ["时间", "PM10", "经办人", ""]
    assert AIR.unused(headers, AIR.match(headers)) == ["经办人"]


@pytest.mark.parametrize("name", subject_names())
def test_every_layout_is_sound(name: str) -> None:
    layout = subject(name).layout
    keys = [column.key for column in layout.columns]
    assert all(isinstance(key, str) for key in keys)
    assert len(keys) == len(set(keys))
    headers = [header for column in layout.columns for header in column.names]
    assert all(headers)
    for column in layout.columns:
        assert column.kind in {"number", "text", "time", "day", "choice"}
        assert column.about
        assert (column.kind == "choice") == bool(column.choices)
        if column.quantity:
            assert quantity(column.quantity).unit == column.unit
    assert all(layout[key] for group in layout.one_of for key in group)


@pytest.mark.parametrize("name", subject_names())
def test_no_two_columns_of_a_layout_claim_one_header(name: str) -> None:
    layout = subject(name).layout
    for column in layout.columns:
        for header in column.names:
            others = {
                other.key
                for other in layout.columns
                if header.casefold() in {one.casefold() for one in other.names}
            }
            assert others == {column.key}, header


@pytest.mark.parametrize("name", subject_names())
def test_a_subjects_headings_are_ones_it_gives(name: str) -> None:
    assert subject(name).folders
    assert subject(name).title


@pytest.mark.parametrize(
    ("name", "header", "key"),
    [
        ("sea", "COD_Mn", "cod"),
        ("sea", "PO4-P（mg/L）", "po4"),
        ("groundwater", "硝酸盐氮", "no3n"),
        ("groundwater", "TDS(g/L)", "tds"),
        ("soil", "六价铬", "cr6"),
        ("soil", "总砷(µg/kg)", "as"),
        ("soil", "用地类型", "land_class"),
        ("water", "氨氮_raw", "nh3n_raw"),
    ],
)
def test_other_spellings_of_an_item_are_known(name: str, header: str, key: str) -> None:
    assert layout_of(name).match([header, "断面", "水体类型", "镉"])[key].place == 0


@pytest.mark.parametrize("name", [*subject_names(), "water_stations"])
def test_no_header_means_two_columns(name: str) -> None:
    layout = layout_of(name)
    for column in layout.columns:
        for header in column.names:
            needed = [other.name for other in layout.columns if other.needed and other != column]
            groups = [layout[group[0]].name for group in layout.one_of if column.key not in group]
            items = [layout[key].name for key in layout.items if key != column.key][:1]
            found = layout.match([header, *dict.fromkeys([*needed, *groups, *items])])
            assert found[column.key].place == 0


@pytest.mark.parametrize(
    ("name", "example"),
    [
        ("water", "溶解氧"),
        ("sea", "无机氮"),
        ("groundwater", "总硬度"),
        ("soil", "镉"),
        ("mobile", "不透光度"),
    ],
)
def test_a_header_that_names_nothing_to_judge_is_told_with_examples(
    name: str, example: str
) -> None:
    with pytest.raises(FileRefusedError) as caught:
        layout_of(name).match(["foo", "bar"])
    words = str(caught.value)
    assert example in words
    assert "不认识的列：“foo”、“bar”" in words
    assert f"zhihuan evaluate columns {name}" in words


def test_labels_alone_are_nothing_to_judge() -> None:
    with pytest.raises(FileRefusedError, match="没有一列是地表水水质可评价的项目"):
        layout_of("water").match(["断面", "日期"])
