"""A weight table from its packaged rows.

Where the annex has several columns the parse ran levels and weights together (“报告表类0%”); such a
level gives its weight back here. A level without a weight is an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from zhihuan.bureau.discretion.errors import TableFileError
from zhihuan.bureau.discretion.money import chinese_number
from zhihuan.bureau.discretion.statute import tiers_of
from zhihuan.bureau.discretion.table import Factor, Formula, Level, Situation, WeightTable

__all__ = ["formula_of", "weight_table"]

START = "裁量起点"
_RUN_IN = re.compile(r"^(.*?)(\d+(?:\.\d+)?)%$")
_FLOOR = re.compile(r"不足(\d+)%按\1%计")
_MOST = re.compile(r"^(.+?)(万|倍|%)$")
_SCALE = {"万": Fraction(10_000), "倍": Fraction(1), "%": Fraction(1, 100)}
_CHECK = "解析存疑（check_pdf）：分栏表头与公式据附件备注补录，请对照附件1原文核对后再用"


def weight_table(
    case: Mapping[str, str], rows: list[dict[str, str]], readings: Mapping[str, Any]
) -> WeightTable:
    """The table. Raises TableFileError, KeyError, ValueError for rows that cannot be read."""
    number = case["case_id"]
    columns = readings["columns"].get(number, {})
    is_check = case["parse_flag"] == "check_pdf"
    base_floor = readings["base_floors"].get(number, {})
    floor = _FLOOR.search(readings["floors"].get(number, case["floor_note"]))
    notes = [_CHECK] if is_check else []
    notes += [readings["misprints"][number]] if number in readings["misprints"] else []
    return WeightTable(
        number=number,
        category=case["category"],
        title=case["violation"],
        violated=case["violated_articles_old_law"],
        penalty=case["penalty_articles_old_law"],
        tiers=tiers_of(case["statutory_fine_old_law"]),
        factors=_factors(rows, readings, number),
        is_check=is_check,
        notes=tuple(notes),
        situations=_situations(case, rows, columns),
        floor=Fraction(int(floor[1]), 100) if floor else None,
        person=_column({"name": "个人", **columns["person"]}) if "person" in columns else None,
        base_floor=Fraction(base_floor["yuan"]) if base_floor else None,
        base_floor_source=base_floor.get("source", ""),
    )


def formula_of(text: str) -> Formula:
    """“建设项目总投资额×5%” → 1/20 of that base; “100万” → a million yuan."""
    *bases, last = text.split("×")
    found = _MOST.match(last.removesuffix("元"))
    if found is None or len(bases) > 1:
        raise TableFileError(f"计算公式“{text}”读不出来")
    most = chinese_number(found[1]) * _SCALE[found[2]]
    return Formula(most, bases[0] if bases else "", text)


def _situations(
    case: Mapping[str, str], rows: list[dict[str, str]], columns: Mapping[str, Any]
) -> tuple[Situation, ...]:
    if columns:
        return tuple(_column(each) for each in columns["situations"])
    starts = [row["weight_pct"] for row in rows if row["factor"] == START]
    if len(starts) != 1:
        raise TableFileError("裁量起点不是一个")
    formula = formula_of(case["base_formula"].partition("裁量百分值总和×")[2])
    return (Situation("", _weight(starts[0]), formula),)


def _column(given: Mapping[str, str]) -> Situation:
    return Situation(given["name"], _weight(given["start"]), formula_of(given["formula"]))


def _factors(
    rows: list[dict[str, str]], readings: Mapping[str, Any], number: str
) -> tuple[Factor, ...]:
    factor_names = readings["factors"].get(number, {})
    level_names = readings["levels"].get(number, {})
    found: dict[str, list[Level]] = {}
    for row in rows:
        if row["factor"] in {START, ""}:
            continue
        name, weight = _level(row, level_names)
        if name:
            factor = factor_names.get(row["factor"], row["factor"])
            found.setdefault(factor, []).append(Level(name, weight))
    return tuple(Factor(name, tuple(levels)) for name, levels in found.items())


def _level(row: Mapping[str, str], names: Mapping[str, str]) -> tuple[str, Fraction]:
    name, weight = row["level"], row["weight_pct"]
    if not weight and (run_in := _RUN_IN.match(name)):
        name, weight = run_in[1], run_in[2]
    name = names.get(name, name)
    if name and not weight:
        raise TableFileError(f"档次“{name}”没有权重")
    return name, _weight(weight) if name else Fraction(0)


def _weight(text: str) -> Fraction:
    """“20”, “20%” → 1/5; “1/3” as it stands."""
    return Fraction(text) if "/" in text else Fraction(text.removesuffix("%")) / 100
