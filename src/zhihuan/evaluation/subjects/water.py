"""Surface water: each sample's class, the items that decide it, and how far beyond its target it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.evaluation.labels import joined, label_columns, words_of
from zhihuan.evaluation.rows import Rows
from zhihuan.evaluation.subject import Asked, Judged, Subject
from zhihuan.standards.derivation import Derivation
from zhihuan.standards.parameters import parameter
from zhihuan.standards.rounding import round_half_even_array
from zhihuan.standards.surface_water.classification import WaterClass, water_class
from zhihuan.standards.surface_water.exceedance import Exceedance, exceedance_of
from zhihuan.standards.surface_water.names import ITEM_TABLE, item_name
from zhihuan.standards.surface_water.quality_class import class_names
from zhihuan.standards.surface_water.reported import Reported
from zhihuan.standards.tables import table_rows

_ITEMS = frozenset(row["item"] for row in table_rows(ITEM_TABLE))
_DECIMALS = "surface_water/exceedance_decimals"


def judge(rows: Rows, asked: Asked) -> Judged:
    """One result a row."""
    days = asked.days_of(rows)
    waterbody = rows.text("waterbody", "river")
    found = water_class(_measured(rows), on=days, waterbody=waterbody, edition=asked.edition)
    columns: dict[str, NDArray[Any]] = {
        **label_columns(rows),
        "水质类别": found.names,
        "定类项目": words_of(found.deciding, found.items, _name),
        "参评项目数": found.counted.astype(np.int64),
    }
    if "target" not in rows:
        return Judged(rows.numbers, columns, found.derivation, days)
    target = np.array([int(word or 0) for word in rows["target"]])
    beyond = exceedance_of(found, target=target)
    columns |= {
        "目标类别": class_names(target),
        "是否达标": _kept(found, target),
        "超标项目及倍数": _multiples(beyond),
    }
    return Judged(rows.numbers, columns, _both(found, beyond), days)


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
    decimals = int(parameter(_DECIMALS).editions[-1].number)
    for item, over, multiples in zip(beyond.items, beyond.exceeding, beyond.multiples, strict=True):
        rounded = round_half_even_array(np.round(multiples, 10), decimals)
        for place in np.flatnonzero(over):
            value = rounded[place]
            told = _name(item) + (f"({value:.{decimals}f})" if not np.isnan(value) else "")
            words[place] = f"{words[place]}、{told}" if words[place] else told
    return words


def _both(found: WaterClass, beyond: Exceedance) -> Callable[[int], Derivation]:
    return lambda place: joined(found.derivation(place), beyond.derivation(place))


SUBJECT = Subject(
    name="water",
    judge=judge,
    folders=("surface_water",),
    tallies=("水质类别", "是否达标"),
    figures=("参评项目数",),
)
