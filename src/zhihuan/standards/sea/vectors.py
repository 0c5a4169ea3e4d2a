"""Published near-shore cases, each computed by the public functions.

    >>> shares = {"1": 19.8, "2": 48.1, "3": 14.8, "4": 7.4, "inferior4": 9.9}
    >>> KINDS["nearshore_grade"]({"pct_class": shares}, "")
    {'grade': '一般'}

A case gives shares by class; a class it leaves out has none of the area. The day is the case's own
(``on``, ``date`` or ``year``) when it has one, else the newest edition judges.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from zhihuan.standards.parameters import Parameter, parameter
from zhihuan.standards.sea.nearshore import quality_grade

__all__ = ["KINDS"]

_KEYS = ("1", "2", "3", "4", "inferior4")
_NUMERALS = {"一": "1", "二": "2", "三": "3", "四": "4", "iv": "4", "iii": "3", "ii": "2", "i": "1"}
_WORSE = re.compile(r"inferior|worse|beyond|劣|[>_\s]")
_CLASS = re.compile(r"第|类|class")


def _nearshore_grade(case: Mapping[str, Any], standard: str) -> dict[str, Any]:
    given = {_key(name): float(share or 0.0) for name, share in case["pct_class"].items()}
    shares = [given.get(key, 0.0) for key in _KEYS]
    limits = parameter("sea/nearshore_grades")
    return {"grade": str(quality_grade(shares, on=_day(case, standard, limits)).names())}


def _key(name: object) -> str:
    """The key of a class under any of its names: 1, Ⅰ, 一类, 第一类; inferior4, 劣四类."""
    text = unicodedata.normalize("NFKC", str(name)).casefold()
    bare = _WORSE.sub("", _CLASS.sub("", text))
    number = _NUMERALS.get(bare, bare)
    return "inferior4" if _WORSE.search(text) and number in {"4", ""} else number


def _day(case: Mapping[str, Any], standard: str, limits: Parameter) -> np.datetime64:
    stated = case.get("on") or case.get("date") or case.get("year")
    if stated:
        text = str(stated)
        return np.datetime64(f"{text}-12-31" if len(text) == len("2017") else text, "D")
    named = [edition for edition in limits.editions if edition.name and edition.name in standard]
    return np.datetime64((named or limits.editions)[-1].in_force_from, "D")


KINDS: Mapping[str, Callable[[Mapping[str, Any], str], dict[str, Any]]] = {
    "nearshore_grade": _nearshore_grade,
}
