"""Surface water: each sample's class, the items that decide it, and how far beyond its target it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.evaluation.labels import joined, label_columns, words_of
from zhihuan.evaluation.rows import Rows
from zhihuan.evaluation.subject import Asked, Choice, Judged, Subject
from zhihuan.evaluation.water_periods import water_periods
from zhihuan.evaluation.water_publication import as_measured, once_each, with_waterbodies
from zhihuan.standards.dated import numbers_on
from zhihuan.standards.derivation import Derivation
from zhihuan.standards.parameters import parameter
from zhihuan.standards.surface_water import (
    Exceedance,
    Reported,
    WaterClass,
    class_names,
    exceedance_of,
    item_name,
    section_status,
    water_class,
)
from zhihuan.standards.surface_water.digits import reported
from zhihuan.standards.surface_water.names import ITEM_TABLE
from zhihuan.standards.tables import table_rows

_ITEMS = frozenset(row["item"] for row in table_rows(ITEM_TABLE))
_DECIMALS = "surface_water/exceedance_decimals"


def judge(rows: Rows, asked: Asked) -> Judged:
    """One result a row, or one a section and period."""
    stations = Path(asked["stations"]) if asked["stations"] else None
    rows = with_waterbodies(as_measured(rows), stations)
    if asked["period"] != "row":
        rows = once_each(rows)
        return _of_periods(rows, asked.days_of(rows), asked)
    days = asked.days_of(rows)
    found = water_class(
        _measured(rows), on=days, waterbody=rows["waterbody"], edition=asked.edition
    )
    columns = label_columns(rows) | _columns(found, days)
    return _with_target(rows, found, Judged(rows.numbers, columns, found.derivation, days))


def _of_periods(rows: Rows, days: NDArray[np.datetime64], asked: Asked) -> Judged:
    made = water_periods(rows, days, asked["period"], _ITEMS)
    found = made.judged.judged
    labels = label_columns(made.rows)
    columns: dict[str, NDArray[Any]] = {
        **{name: labels[name] for name in labels if name not in ("时间", "日期")},
        "起": made.first_days,
        "止": made.last_days,
        "样品数": made.samples,
        **_columns(found, made.last_days),
    }
    judged = Judged(made.rows.numbers, columns, made.judged.derivation, made.last_days)
    return _with_target(made.rows, found, judged)


def _columns(found: WaterClass, days: NDArray[np.datetime64]) -> dict[str, NDArray[Any]]:
    return {
        "水质类别": found.names,
        "水质状况": section_status(found.codes, on=days).names,
        "定类项目": words_of(found.deciding, found.items, _name),
        "参评项目数": found.counted.astype(np.int64),
    }


def _with_target(rows: Rows, found: WaterClass, judged: Judged) -> Judged:
    """The same with what the target class says, where the file has one."""
    if "target" not in rows:
        return judged
    target = np.array([int(word or 0) for word in rows["target"]])
    beyond = exceedance_of(found, target=target)
    columns = {
        **judged.columns,
        "目标类别": class_names(target),
        "是否达标": _kept(found, target),
        "超标项目及倍数": _multiples(beyond),
    }
    return replace(judged, columns=columns, derivation=_both(judged.derivation, beyond))


def _measured(rows: Rows) -> dict[str, Any]:
    return {
        key: Reported(rows[key], rows.below[key]) if key in rows.below else rows[key]
        for key in rows.columns
        if key in _ITEMS
    }


def _name(row: str) -> str:
    return item_name(row.removesuffix("_lake"))


def _kept(found: WaterClass, target: NDArray[np.int64]) -> NDArray[np.object_]:
    """达标 or 未达标; nothing where the class or the target is missing."""
    words = np.where(found.meets(target), "达标", "未达标").astype(object)
    words[(found.codes == 0) | (target == 0)] = ""
    return words


def _multiples(beyond: Exceedance) -> NDArray[np.object_]:
    """氨氮(2.6)、溶解氧: the items beyond the target, with the multiple where there is one."""
    words = np.full(beyond.target.shape, "", dtype=object)
    days = beyond.judged.days
    decimals = np.broadcast_to(numbers_on(parameter(_DECIMALS), days), words.shape).astype(int)
    for item, over, multiples in zip(beyond.items, beyond.exceeding, beyond.multiples, strict=True):
        rounded = reported(_DECIMALS, multiples, on=days)
        for place in np.flatnonzero(over):
            value, digits = rounded[place], decimals[place]
            told = _name(item) + (f"({value:.{digits}f})" if not np.isnan(value) else "")
            words[place] = f"{words[place]}、{told}" if words[place] else told
    return words


def _both(first: Callable[[int], Derivation], beyond: Exceedance) -> Callable[[int], Derivation]:
    return lambda place: joined(first(place), beyond.derivation(place))


SUBJECT = Subject(
    name="water",
    judge=judge,
    folders=("surface_water",),
    whole=lambda asked: asked["period"] != "row",
    choices=(
        Choice(
            "period",
            "Judge the rows as they are, or the means of each section: months of samples, quarters "
            "and years of months.",
            ("row", "month", "quarter", "year"),
        ),
        Choice(
            "stations",
            "FILE of sections with river or lake for each (columns section, waterbody, province), "
            "for rows that do not tell.",
        ),
    ),
    by=("province", "station"),
    tallies=("水质类别", "是否达标"),
    figures=("参评项目数",),
)
