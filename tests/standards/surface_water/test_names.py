"""Spellings of items, and the packaged list against the reference list."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from zhihuan.standards.errors import InputRefusedError
from zhihuan.standards.surface_water.names import (
    hj212_code,
    item_code,
    item_name,
    item_unit,
    known_item,
)


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("氨氮", "nh3n"),
        ("NH3-N", "nh3n"),
        (" nh3n_mg_L ", "nh3n"),
        ("nh3n(mg/L)", "nh3n"),
        ("w21003", "nh3n"),
        ("CODMn", "codmn"),
        ("CODcr", "cod"),
        ("pH值", "ph"),
        ("铬（六价）", "cr6"),
        ("Cr(VI)", "cr6"),
        ("总磷", "tp"),
        ("TP_lake", "tp"),
        ("Chl-a", "chla"),
        ("F-", "f"),
        ("BOD5", "bod5"),
        ("硝酸盐", "no3n"),
    ],
)
def test_an_item_goes_by_any_of_its_names(spelling: str, code: str) -> None:
    assert item_code(spelling) == code


@pytest.mark.parametrize("name", ["nh3n_ug_L", "displayed", "river", "lake", "", "mg/L"])
def test_a_name_nobody_knows_is_none_and_another_unit_is_no_spelling(name: str) -> None:
    assert known_item(name) is None


def test_an_unknown_item_is_refused_with_the_nearest_names() -> None:
    with pytest.raises(InputRefusedError, match=r"是否为.*氨氮"):
        item_code("nh3nn")
    with pytest.raises(InputRefusedError, match="请用项目代码或中文名"):
        item_code("☃")


def test_names_units_and_factor_codes() -> None:
    assert (item_name("nh3n"), item_unit("nh3n"), hj212_code("nh3n")) == ("氨氮", "mg/L", "w21003")
    assert (item_name("苯"), item_unit("苯"), hj212_code("苯")) == ("苯", "mg/L", "")
    assert item_unit("ph") == ""


def test_factor_codes_are_those_of_the_reference_table(shared: Path) -> None:
    with (shared / "data/standards/gb3838_2002_table1.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["item_code"] != "tp_lake"]
    assert {row["item_code"]: hj212_code(row["item_code"]) for row in rows} == {
        row["item_code"]: row["hj212_code"] for row in rows
    }
