"""Ranking cities, towns or channels by an index, and by how much it improved.

    >>> ranks([2.4, 5.8, 2.4, float("nan")])
    array([ 1.,  3.,  1., nan])
    >>> change_percent(2.4, 3.0)
    array(-20.)

Lower is better, so the smallest index ranks first; equal indices share a rank and the next one is
skipped. A change is (now − before)/before; negative is better. What has no index has no rank and
is never put last for it. It refuses to rank on rounded values: round afterwards.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import When
from zhihuan.standards.surface_water.digits import reported

__all__ = ["change_percent", "ranks", "reported_change"]

Floats = NDArray[np.float64]
_DECIMALS = "surface_water/cwqi_change_decimals"


def ranks(index: ArrayLike) -> Floats:
    """The rank of each index, 1 for the smallest; ties share the better rank; NaN has none.

    index: (n,) water quality indices of one item list, or their changes [%] for the ranking of
    improvement. Source: 环办监测〔2017〕51号 (second hand); ties: our convention.
    """
    values = np.asarray(index, dtype=np.float64)
    order = np.sort(values[~np.isnan(values)])
    # the number of strictly smaller indices: ties share a rank, the next one is skipped
    places = np.searchsorted(order, values) + 1.0
    return np.where(np.isnan(values), np.nan, places)


def change_percent(now: ArrayLike, before: ArrayLike) -> Floats:
    """By how much an index changed [%]: negative is better. NaN where either is missing or the
    earlier one is zero. Shapes broadcast; nothing is rounded.

    Source: 环办监测〔2017〕51号, ΔCWQI = (CWQI − CWQI₀)/CWQI₀ × 100 % (two notices agree).
    """
    later, earlier = np.asarray(now, dtype=np.float64), np.asarray(before, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(earlier > 0, 100.0 * (later - earlier) / earlier, np.nan)


def reported_change(percent: ArrayLike, *, on: When) -> Floats:
    """Changes [%] as reports print them, half to even. on: day or days, for the digits."""
    return reported(_DECIMALS, percent, on=on)
