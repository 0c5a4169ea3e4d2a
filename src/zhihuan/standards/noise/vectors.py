"""Published noise evaluations recomputed: one function a topic of the vector files.

    KINDS["hj640_level"]({"kind": "area", "period": "day", "leq": 54.5}, "")

A case names no day; it is evaluated by the edition that every such publication cites, HJ 640-2012.
It refuses other topics by not holding them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from zhihuan.standards.noise.attainment import attainment_rate
from zhihuan.standards.noise.city import city_grade
from zhihuan.standards.parameters import parameter

__all__ = ["KINDS"]

_HJ640 = "HJ 640-2012"
_KINDS = {
    "区域": "area",
    "区域声环境": "area",
    "道路": "road",
    "道路交通": "road",
    "traffic": "road",
}


def _level(given: Mapping[str, Any], _standard: str) -> dict[str, Any]:
    kind = _KINDS.get(str(given["kind"]), given["kind"])
    grade = city_grade(kind, given["leq"], given["period"], on=_day(), edition=_HJ640)
    return {"level": int(grade.grade), "zh": str(grade.name)}


def _attainment(given: Mapping[str, Any], _standard: str) -> dict[str, Any]:
    rate = attainment_rate(given["passing"], given["total"], on=_day())
    return {"pct_1dp": float(rate)}


def _day() -> np.datetime64:
    return np.datetime64(parameter("noise/area_grades").named(_HJ640).in_force_from, "D")


KINDS: Mapping[str, Callable[[Mapping[str, Any], str], dict[str, Any]]] = {
    "hj640_level": _level,
    "attainment_rate": _attainment,
}
