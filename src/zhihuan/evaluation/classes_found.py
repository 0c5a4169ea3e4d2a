"""What the class judgements of sea water and groundwater share: measured items out of rows, words.

given, below = measured(rows, items)
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.evaluation.columns import Layout
from zhihuan.evaluation.labels import words_of
from zhihuan.evaluation.rows import Rows
from zhihuan.standards.classes import Classed

__all__ = ["class_columns", "item_keys", "measured"]


def item_keys(layout: Layout) -> tuple[str, ...]:
    """The columns of a layout that are measured items."""
    return tuple(column.key for column in layout.columns if column.kind == "number")


def measured(
    rows: Rows, items: tuple[str, ...]
) -> tuple[dict[str, NDArray[np.float64]], dict[str, NDArray[np.bool_]]]:
    """The items the rows have, and where their values are detection limits."""
    given = {item: rows[item] for item in items if item in rows}
    return given, {item: rows.below[item] for item in given if rows.below[item].any()}


def class_columns(classed: Classed, layout: Layout) -> dict[str, NDArray[Any]]:
    """The deciding items of each row (none at the best class), and how many items were judged."""
    deciding = classed.deciding & (classed.worst > 1)
    return {
        "决定项目": words_of(deciding, classed.items, lambda item: layout[item].name),
        "参评项目数": classed.counted.astype(np.int64),
    }
