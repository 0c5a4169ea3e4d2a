"""Columns as callers have them, as the float64 numbers that limits are compared with.

    >>> exact_floats(np.array([0.15], dtype=np.float32))
    array([0.15])
    >>> exact_floats(np.ma.array([0.1, 9.0], mask=[False, True]))
    array([0.1, nan])

A limit is compared on decimals: narrow floats stand for the shortest decimal that names them. What
a masked array hides is missing. It refuses text that is no number, with its row.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.errors import InputProblem, InputRefusedError

__all__ = ["exact_columns", "exact_floats", "unmasked"]


def exact_floats(values: ArrayLike) -> NDArray[np.float64]:
    """The values as float64; narrower floats by their shortest decimal text.

    0.15 stored as float32 lies a hair above 0.15 and must not become class II for that. float64
    arrays are returned as they are, without a copy.
    """
    given = np.asarray(unmasked(values))
    # the shortest decimal text that names the narrow float is what the instrument wrote
    if given.dtype.kind == "f" and given.dtype.itemsize < 8:
        return given.astype(np.str_).astype(np.float64)
    return np.asarray(given, dtype=np.float64)


def unmasked(values: ArrayLike) -> ArrayLike:
    """The values with what a masked array hides as NaN; others as they are."""
    if not isinstance(values, np.ma.MaskedArray):
        return values
    kind = values.dtype.kind
    if kind == "f":
        return np.asarray(values.filled(np.nan))
    wide = np.float64 if kind in "iub" else np.object_
    return np.asarray(np.ma.filled(values.astype(wide), np.nan))


def exact_columns(columns: Mapping[str, ArrayLike]) -> dict[str, NDArray[np.float64]]:
    """Each column as ``exact_floats``. Raises InputRefusedError naming a cell that is no number."""
    found = {}
    for name, values in columns.items():
        try:
            found[name] = exact_floats(values)
        except (TypeError, ValueError):
            raise _not_a_number(name, values) from None
    return found


def _not_a_number(name: str, values: ArrayLike) -> InputRefusedError:
    problems = []
    for row, cell in enumerate(np.asarray(values, dtype=object).ravel().tolist()):
        try:
            float(np.nan if cell is None else cell)
        except (TypeError, ValueError):
            problems.append(InputProblem(row, name, cell, "不是数", "请填数字，缺测填 NaN"))
    return InputRefusedError(problems[:100])
