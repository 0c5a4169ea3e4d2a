"""Soil: each sample against the screening and intervention values of its land."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.evaluation.classes_found import item_keys, measured
from zhihuan.evaluation.errors import AskedError
from zhihuan.evaluation.labels import label_columns, words_of
from zhihuan.evaluation.rows import Rows
from zhihuan.evaluation.subject import Asked, Choice, Judged, Subject
from zhihuan.standards.soil import SoilRisk, development_items, development_land, farmland
from zhihuan.standards.soil.farmland import farmland_items


def judge(rows: Rows, asked: Asked) -> Judged:
    """One result a row."""
    days = asked.days_of(rows)
    found = (_farmland if asked["land"] == "farmland" else _development)(rows, days, asked)
    over = np.stack([item.level > 1 for item in found.items])
    names = {item.item: item.name for item in found.items}
    columns: dict[str, NDArray[Any]] = {
        **label_columns(rows),
        **({"采样深度": rows["depth"]} if "depth" in rows else {}),
        "风险判定": found.names(),
        "超过筛选值的项目": words_of(over, list(names), names.__getitem__),
        "最大超标倍数": _largest(found),
        "参评项目数": found.counted.astype(np.int64),
    }
    return Judged(rows.numbers, columns, found.derivation, days)


def _development(rows: Rows, days: NDArray[np.datetime64], asked: Asked) -> SoilRisk:
    known = {row["item"] for item in np.unique(days) for row in development_items(on=item)}
    given, below = measured(rows, _items(known))
    land = np.where(rows.text("land_class") == "2", 2, 1)
    return development_land(given, land, on=days, edition=asked.edition, below=below, checked=False)


def _farmland(rows: Rows, days: NDArray[np.datetime64], asked: Asked) -> SoilRisk:
    if "land_use" not in rows or (rows["land_use"] == "").any():
        raise AskedError("农用地评价需要“土地利用”列（水田、果园、其他、水旱轮作地），不得有空格")
    known = {row["item"] for item in np.unique(days) for row in farmland_items(on=item)}
    given, below = measured(rows, _items(known))
    return farmland(
        given,
        rows.number("ph"),
        rows["land_use"].astype(str),
        on=days,
        edition=asked.edition,
        below=below,
        checked=False,
    )


def _items(known: set[str]) -> tuple[str, ...]:
    """The layout's items that the standard of this land has limits for."""
    return tuple(key for key in item_keys(SUBJECT.layout) if key in known)


def _largest(found: SoilRisk) -> NDArray[np.float64]:
    """The largest exceedance multiple above screening of each sample; NaN where none is above."""
    multiples = np.stack([item.multiples for item in found.items])
    largest = np.fmax.reduce(multiples, axis=0)
    return np.where(largest > 0, np.round(largest, 10), np.nan)


SUBJECT = Subject(
    name="soil",
    judge=judge,
    folders=("soil",),
    by=None,
    choices=(
        Choice(
            "land",
            "Built land (GB 36600) or farmland (GB 15618).",
            ("development", "farmland"),
        ),
    ),
    tallies=("风险判定",),
    figures=("参评项目数",),
)
