"""The limits of GB 3838 table 1 by edition, and which water they speak of: rivers or lakes.

    >>> from zhihuan.standards.parameters import parameter
    >>> limit_table(parameter(LIMITS).editions[-1])["nh3n"].high
    (0.15, 0.5, 1.0, 1.5, 2.0)

Total phosphorus has other limits in lakes and reservoirs (row ``tp_lake``), total nitrogen has
limits only there. Words for the kind of water are read here; an unknown one is refused.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.classes import ClassTable, class_table
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.parameters import Edition
from zhihuan.standards.surface_water.quality_class import CLASS_COLUMNS
from zhihuan.standards.tables import table_rows

__all__ = ["LAKES_ONLY", "LAKE_ROWS", "LIMITS", "lake_mask", "limit_table"]

LIMITS = "surface_water/basic_items"
LAKE_ROWS = {"tp": "tp_lake"}  # the row of the table that speaks of lakes and reservoirs
LAKES_ONLY = frozenset({"tn"})

_RIVER_WORDS = {"river", "rivers", "河流", "河", "江河", "河涌", "水渠", "入海河流", ""}
_LAKE_WORDS = {
    "lake",
    "lakes",
    "reservoir",
    "湖泊",
    "湖",
    "湖库",
    "水库",
    "库",
    "湖、库",
    "湖泊水库",
}
_WORDS = {**dict.fromkeys(_RIVER_WORDS, False), **dict.fromkeys(_LAKE_WORDS, True)}


def limit_table(edition: Edition) -> ClassTable:
    """The class table of an edition of table 1."""
    return _limit_table(str(edition.table["rows"]))


@cache
def _limit_table(rows: str) -> ClassTable:
    return class_table(table_rows(rows), classes=CLASS_COLUMNS, beyond="劣Ⅴ类")


def lake_mask(waterbody: ArrayLike) -> NDArray[np.bool_]:
    """Which samples are of lakes and reservoirs, in the shape given.

    waterbody: "river" or "lake" (河流, 湖库 …) or booleans, True for lakes. An empty text is a
    river. Raises InputRefusedError for an unknown word.
    """
    given = np.asarray(waterbody)
    if given.dtype.kind == "b":
        return given
    # a nation repeats a few words: each different one is looked up once
    flat = np.array([_word(cell) for cell in given.ravel().tolist()], dtype=np.str_)
    words, places = np.unique(flat, return_inverse=True)
    for number, word in enumerate(words.tolist()):
        if word not in _WORDS:
            row = int(np.argmax(places == number)) if given.ndim else -1
            raise InputRefusedError([InputProblem(row, "水体类型", word, *_FAULT)])
    lakes = np.array([_WORDS[word] for word in words.tolist()], dtype=bool)
    return (
        np.asarray(lakes[places]).reshape(given.shape) if flat.size else np.zeros(given.shape, bool)
    )


_FAULT = ("不认识的水体类型", "请填 river（河流）或 lake（湖泊、水库）")


def _word(cell: object) -> str:
    return "" if cell is None else str(cell).strip().casefold()
