"""Groundwater: each sample's class, the items that decide it, and by how much items pass class III."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.evaluation.classes_found import class_columns, item_keys, measured
from zhihuan.evaluation.labels import label_columns
from zhihuan.evaluation.rows import Rows
from zhihuan.evaluation.subject import Asked, Judged, Subject
from zhihuan.standards.groundwater import (
    CLASS_NAMES,
    GroundwaterClasses,
    groundwater_class,
)


def judge(rows: Rows, asked: Asked) -> Judged:
    """One result a row."""
    days = asked.days_of(rows)
    given, below = measured(rows, item_keys(SUBJECT.layout))
    found = groundwater_class(given, on=days, edition=asked.edition, below=below, checked=False)
    columns: dict[str, NDArray[Any]] = {
        **label_columns(rows),
        "质量类别": found.names(),
        **class_columns(found.classed, SUBJECT.layout),
        f"超{CLASS_NAMES[found.measure - 1]}项目及倍数": _multiples(found),
    }
    return Judged(rows.numbers, columns, found.derivation, days)


def _multiples(found: GroundwaterClasses) -> NDArray[np.object_]:
    """氨氮(0.2)、锰(1.5): the items above the measure class, with their multiple where it has one."""
    words = np.full(found.worst.shape, "", dtype=object)
    beyond = found.classed.item_class > found.measure
    for item, over, multiples in zip(found.classed.items, beyond, found.multiples(), strict=True):
        name = SUBJECT.layout[item].name
        for place in np.flatnonzero(over):
            value = float(multiples[place])
            told = name if np.isnan(value) else f"{name}({value:.3g})"
            words[place] = f"{words[place]}、{told}" if words[place] else told
    return words


SUBJECT = Subject(
    name="groundwater",
    judge=judge,
    folders=("groundwater",),
    tallies=("质量类别",),
    figures=("参评项目数",),
)
