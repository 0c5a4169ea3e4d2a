"""Hours and days of Beijing time, on arrays of epoch seconds.

Beijing time is UTC+8 without daylight saving (none since 1991), so a period's start is plain
integer arithmetic. This module refuses any other calendar: months and years are not periods of
HJ 212.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

__all__ = ["BEIJING_OFFSET_SECONDS", "Length", "beijing_days", "hour_of_day", "period_start"]

BEIJING_OFFSET_SECONDS = 8 * 3600


class Length(IntEnum):
    """A period's length in seconds."""

    HOUR = 3600
    DAY = 86400


def period_start(time: NDArray[np.int64], length: int) -> NDArray[np.int64]:
    """The start of the period each moment lies in. time: epoch seconds UTC, any shape.

    length: seconds, a divisor of a day. Periods begin at midnight of Beijing.

    >>> period_start(np.array([1717200000 + 5]), Length.DAY).tolist()  # 2024-06-01 08:00:05
    [1717171200]
    """
    local = time + BEIJING_OFFSET_SECONDS
    return local - local % length - BEIJING_OFFSET_SECONDS


def beijing_days(time: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """The calendar day of Beijing of each moment (epoch seconds UTC), datetime64[D]."""
    return ((time + BEIJING_OFFSET_SECONDS) // Length.DAY).astype("datetime64[D]")


def hour_of_day(time: NDArray[np.int64]) -> NDArray[np.int64]:
    """The hour of Beijing's clock, 0–23, of each moment (epoch seconds UTC)."""
    return (time + BEIJING_OFFSET_SECONDS) % Length.DAY // Length.HOUR
