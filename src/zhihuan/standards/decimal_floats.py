"""Values as float64 that stand for the decimals people see, whatever the caller's number type.

    >>> decimal_floats(np.array([1.1], dtype=np.float32))
    array([1.1])

A float32 of 1.1 is 1.10000002 as float64, and an index that rounds up would count the difference.
So narrow floats are taken by the shortest decimal of up to four digits behind the point that they
stand for. It refuses text: reading numbers is the reader's work. What a masked array hides is missing.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.errors import InputProblem, InputRefusedError

__all__ = ["decimal_floats"]

_MOST_DECIMALS = 4


def decimal_floats(values: ArrayLike) -> NDArray[np.float64]:
    """``values`` as float64 of the same shape; float64 is returned as it is.

    values: integers, floats of any width, objects that are numbers or None (missing).
    Raises InputRefusedError for text, booleans and all else that is no number.
    """
    if isinstance(values, np.ma.MaskedArray):
        values = np.ma.filled(values.astype(np.float64), np.nan)
    given = np.asarray(values)
    if given.dtype.kind not in "iuf":
        _refuse_other(given)
    if given.dtype.kind != "f" or given.dtype.itemsize >= 8:
        return np.asarray(given, dtype=np.float64)
    wide = given.astype(np.float64)
    for decimals in range(_MOST_DECIMALS, -1, -1):
        short = np.round(wide, decimals)
        np.copyto(wide, short, where=short.astype(given.dtype) == given)
    return wide


def _refuse_other(given: NDArray[np.generic]) -> None:
    """Raise InputRefusedError for what float64 would take without being a number."""
    for row, value in enumerate(given.reshape(-1).tolist()):
        if isinstance(value, str | bytes | bool | complex):
            problem = InputProblem(
                row, "浓度", repr(value), "不是数值", "请先转换为数值，缺测填 NaN"
            )
            raise InputRefusedError([problem])
