"""Values as float64 that stand for the decimals people see, whatever the caller's number type.

    >>> decimal_floats(np.array([1.1], dtype=np.float32))
    array([1.1])

A float32 of 1.1 is 1.10000002 as float64, and an index that rounds up would count the difference.
So narrow floats are taken by the shortest decimal of up to four digits behind the point that they
stand for. It refuses text: reading numbers is the reader's work.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["decimal_floats"]

_MOST_DECIMALS = 4


def decimal_floats(values: ArrayLike) -> NDArray[np.float64]:
    """``values`` as float64 of the same shape; float64 is returned as it is.

    values: integers, booleans are not meant, floats of any width. Raises ValueError for text.
    """
    given = np.asarray(values)
    if given.dtype.kind != "f" or given.dtype.itemsize >= 8:
        return np.asarray(given, dtype=np.float64)
    wide = given.astype(np.float64)
    for decimals in range(_MOST_DECIMALS, -1, -1):
        short = np.round(wide, decimals)
        np.copyto(wide, short, where=short.astype(given.dtype) == given)
    return wide
