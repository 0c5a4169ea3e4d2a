"""Sea water: each sample's class, the items that decide it, and whether its zone's target is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.evaluation.classes_found import class_columns, item_keys, measured
from zhihuan.evaluation.labels import joined, label_columns, texts_of
from zhihuan.evaluation.rows import Rows
from zhihuan.evaluation.subject import Asked, Judged, Subject
from zhihuan.standards.derivation import Derivation
from zhihuan.standards.sea import CLASS_NAMES, Compliance, SeaClasses, compliance, sea_class

_MET = {1: "达标", 0: "未达标"}


def judge(rows: Rows, asked: Asked) -> Judged:
    """One result a row."""
    days = asked.days_of(rows)
    given, below = measured(rows, item_keys(SUBJECT.layout))
    found = sea_class(given, on=days, edition=asked.edition, below=below, checked=False)
    columns: dict[str, NDArray[Any]] = {
        **label_columns(rows),
        "水质类别": found.names(),
        **class_columns(found.classed, SUBJECT.layout),
    }
    if "target" not in rows:
        return Judged(rows.numbers, columns, found.derivation, days)
    target = np.array([int(word or 0) for word in rows["target"]])
    kept = compliance(found.worst, np.where(target > 0, target, 1))
    columns["目标类别"] = texts_of(target, dict(enumerate(CLASS_NAMES, start=1)))
    columns["是否达标"] = texts_of(np.where(target > 0, kept.met, -1), _MET)
    return Judged(rows.numbers, columns, _why(found, kept, target > 0), days)


def _why(
    found: SeaClasses, kept: Compliance, has_target: NDArray[np.bool_]
) -> Callable[[int], Derivation]:
    def derivation(place: int) -> Derivation:
        told = found.derivation(place)
        return joined(told, kept.derivation(place)) if has_target[place] else told

    return derivation


SUBJECT = Subject(
    name="sea",
    judge=judge,
    folders=("sea",),
    whole=lambda _asked: True,  # what stands in for undetected values hangs on all values given
    tallies=("水质类别", "是否达标"),
    figures=("参评项目数",),
)
