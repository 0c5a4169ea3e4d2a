"""The periodic test: every item at its limit and a hair above it, groups, editions."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError
from zhihuan.standards.mobile import Fuel, LimitSet, judge_inspection
from zhihuan.standards.parameters import parameter

DAY = date(2026, 3, 1)
_TABLES = [
    (fuel, row, limit_set)
    for fuel in Fuel
    for row in parameter(fuel).on(DAY).rows
    for limit_set in LimitSet
]


def _passing(fuel: Fuel, method: str, limit_set: LimitSet) -> dict[str, float]:
    """Every item exactly at its limit."""
    return {
        row["item"]: float(row[f"upper_{limit_set}"] or row[f"lower_{limit_set}"])
        for row in parameter(fuel).on(DAY).rows
        if row["method"] == method
    }


@pytest.mark.parametrize(("fuel", "row", "limit_set"), _TABLES)
def test_an_item_passes_at_its_limit_and_fails_beyond(
    fuel: Fuel, row: dict[str, str], limit_set: LimitSet
) -> None:
    readings = _passing(fuel, row["method"], limit_set)
    at_limit = judge_inspection(fuel, row["method"], readings, on=DAY, limit_set=limit_set)
    assert at_limit.verdict.tolist() == [0]
    away = 1.001 if row[f"upper_{limit_set}"] else 0.999
    worse = readings | {row["item"]: readings[row["item"]] * away}
    beyond = judge_inspection(fuel, row["method"], worse, on=DAY, limit_set=limit_set)
    assert beyond.verdict.tolist() == [1]
    assert beyond.derivation(0).conclusion == "不合格"
    deciding = [step.what for step in beyond.derivation(0).steps if step.deciding]
    assert deciding == [row["name"]]


def test_lambda_has_two_sides_and_may_be_left_out() -> None:
    readings = _passing(Fuel.PETROL, "two_speed_idle", LimitSet.A)
    lean = judge_inspection(Fuel.PETROL, "two_speed_idle",
                            readings | {"lambda": [0.94, 0.95, np.nan]}, on=DAY)  # fmt: skip
    assert lean.verdict.tolist() == [1, 0, 0]
    del readings["lambda"]
    assert judge_inspection(Fuel.PETROL, "two_speed_idle", readings, on=DAY).verdict == [0]
    assert "要求 ≥ 0.95 且 ≤ 1.05" in lean.derivation(0).text()


def test_absorption_and_opacity_stand_for_each_other() -> None:
    found = judge_inspection(
        Fuel.DIESEL, "free_acceleration",
        {"absorption": [1.0, np.nan, np.nan, 1.0], "opacity": [np.nan, 39.0, np.nan, 50.0]},
        on=DAY,
    )  # fmt: skip
    assert found.verdict.tolist() == [0, 0, -1, 1]


def test_an_item_not_measured_leaves_the_test_open_unless_another_fails() -> None:
    found = judge_inspection(Fuel.PETROL, "asm5025", {"co": [0.1, 0.9], "hc": [50.0, 50.0]}, on=DAY)
    assert found.verdict.tolist() == [-1, 1]
    assert "NO：缺测" in found.derivation(0).text()
    assert found.derivation(0).conclusion == "无法判定"


def test_limit_b_of_nitrogen_oxides_tightened_within_one_call() -> None:
    days = np.array(["2020-06-30", "2020-07-01"], "datetime64[D]")
    readings = {"absorption": 0.5, "nox": 1000.0, "power_percent": 60.0}
    found = judge_inspection(Fuel.DIESEL, "lug_down", readings, on=days, limit_set=LimitSet.B)
    assert found.verdict.tolist() == [0, 1]
    assert found.derivation(0).basis[0].clause != found.derivation(1).basis[0].clause
    forced = judge_inspection(
        Fuel.DIESEL, "lug_down", readings, on=days, limit_set=LimitSet.B, edition="GB 3847-2018"
    )
    assert forced.verdict.tolist() == [1, 1]
    assert forced.derivation(0).basis[0].forced


def test_no_vehicles_no_verdicts() -> None:
    found = judge_inspection(
        Fuel.PETROL, "transient", {"co": [], "hc_nox": []}, on=np.empty(0, "datetime64[D]")
    )
    assert found.verdict.shape == (0,)


def test_what_the_tables_do_not_know_is_refused() -> None:
    with pytest.raises(InputRefusedError, match="可用的有：two_speed_idle"):
        judge_inspection(Fuel.PETROL, "idle", {"co": 1.0}, on=DAY)
    with pytest.raises(InputRefusedError, match="可用的有：co、hc、nox"):
        judge_inspection(Fuel.PETROL, "short_transient", {"氮": 1.0}, on=DAY)
    with pytest.raises(InputRefusedError, match="可用的有：co、hc_nox"):
        judge_inspection(Fuel.PETROL, "transient", {"黑度": 1.0}, on=DAY)
    with pytest.raises(InputRefusedError, match=r"可用的有：ringelmann$"):
        judge_inspection(Fuel.DIESEL, "lug_down", {"ringelman": 1.0}, on=DAY)
    with pytest.raises(InputRefusedError, match="没有读数"):
        judge_inspection(Fuel.PETROL, "transient", {}, on=DAY)
    with pytest.raises(InputRefusedError, match="不能为负"):
        judge_inspection(Fuel.PETROL, "transient", {"co": -1.0}, on=DAY)
    with pytest.raises(OutsideEditionsError):
        judge_inspection(Fuel.PETROL, "transient", {"co": 1.0}, on=date(2019, 4, 30))


_METHODS = {
    "双怠速 idle": ("two_speed_idle", "_idle"), "双怠速 high idle": ("two_speed_idle", "_high"),
    "ASM5025": ("asm5025", ""), "ASM2540": ("asm2540", ""), "简易瞬态 VMAS": ("short_transient", ""),
    "瞬态": ("transient", ""),
}  # fmt: skip


def test_petrol_limits_are_those_of_the_reference_table(shared: Path) -> None:
    ours = {(row["method"], row["item"]): row for row in parameter(Fuel.PETROL).on(DAY).rows}
    for row in csv.DictReader((shared / "data/standards/gb18285_2018_limits.csv").open()):
        method, tail = _METHODS[row["method"]]
        item = re.sub(r"\+", "_", row["item"].lower()) + (tail if row["item"] != "lambda" else "")
        found = ours.pop((method, item))
        if item == "lambda":
            assert (found["lower_a"], found["upper_a"]) == ("0.95", "1.05")
        else:
            assert float(found["upper_a"]) == float(row["limit_a"])
            assert float(found["upper_b"]) == float(row["limit_b"])
    assert not ours
