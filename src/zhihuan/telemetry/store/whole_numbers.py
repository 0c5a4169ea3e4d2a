"""Whole numbers into the engine's integer types, without a value ever wrapping around."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from zhihuan.telemetry.store.errors import RowsRefused

__all__ = ["LAST_MOMENT", "whole"]

#: DateTime is an unsigned 32-bit count of seconds: it ends in 2106.
LAST_MOMENT = 2**32 - 1


def whole(name: str, values: Any, greatest: int, kind: type[np.integer[Any]]) -> NDArray[Any]:
    """``values`` as ``kind``; ``RowsRefused`` naming the first row that is no whole number from 0
    to ``greatest``.

    >>> whole("time", [1, 2], LAST_MOMENT, np.uint32).tolist()
    [1, 2]
    """
    if not len(values):
        return np.empty(0, dtype=kind)
    found = values if isinstance(values, np.ndarray) else _from_list(values, kind)
    if found is None or not _fits(found, greatest):
        raise RowsRefused(_first_misfit(name, values, greatest))
    return found.astype(kind, copy=False)


def _from_list(values: Any, kind: type[np.integer[Any]]) -> NDArray[Any] | None:
    """None when some value does not fit. Arrow refuses what NumPy would round or wrap."""
    try:
        array = pa.array(values, pa.from_numpy_dtype(kind))
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
        return None
    return None if array.null_count else np.asarray(array)


def _fits(found: NDArray[Any], greatest: int) -> bool:
    return found.dtype.kind in "iu" and int(found.min()) >= 0 and int(found.max()) <= greatest


def _first_misfit(name: str, values: Any, greatest: int) -> str:
    for row, value in enumerate(values):
        if not (isinstance(value, int | np.integer) and 0 <= value <= greatest):
            return f"{name} of row {row} is {value!r}; expected a whole number from 0 to {greatest}"
    return f"{name}: expected whole numbers from 0 to {greatest}, not {type(values[0]).__name__}"
