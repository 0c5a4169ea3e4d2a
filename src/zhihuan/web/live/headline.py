"""One short text per point: its first factor's newest value, with unit.

Formatting ten thousand numbers at every look is waste, so the caller says which points changed. A
missing value gives "", never 0.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from zhihuan.web.live.catalogue import Catalogue
from zhihuan.web.live.factor_words import words


def headlines(
    catalogue: Catalogue,
    slot_time: NDArray[np.float64],
    slot_value: NDArray[np.float64],
    points: NDArray[np.int64],
) -> list[str]:
    """Texts of ``points`` (indices) in their order, e.g. ``化学需氧量 32.1 mg/L``."""
    value = newest_value(catalogue.headline_slots[points], slot_time, slot_value)
    return [
        words(catalogue.factors[point][0]).reading(number) if not math.isnan(number) else ""
        for point, number in zip(points.tolist(), value.tolist(), strict=True)
    ]


def newest_value(
    slots: NDArray[np.int64], slot_time: NDArray[np.float64], slot_value: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Per row of ``slots`` the value with the latest time; NaN when there is none.

    slots: (points, kinds) of slot numbers, -1 where there is none.
    """
    if slots.size == 0 or slot_time.size == 0:
        return np.full(len(slots), np.nan)
    times = np.where((slots < 0) | np.isnan(slot_value[slots]), -np.inf, slot_time[slots])
    times = np.nan_to_num(times, nan=-np.inf)
    best = times.argmax(axis=1)
    rows = np.arange(len(slots))
    chosen = slot_value[slots[rows, best]]
    return np.where(np.isneginf(times[rows, best]), np.nan, chosen)
