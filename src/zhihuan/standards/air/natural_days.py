"""Hours cut into natural days: labels 01:00 to 24:00 of Beijing, the last being 00:00 of the next.

    days, hours = natural_days(on_hours(times, values))   # (days,), (..., days, 24)

An hour is labelled by its end: the value stamped 16:00 is the mean of 15:00 to 16:00. So 00:00
belongs to the day before. Missing hours of the first and the last day are NaN. It refuses daily
grids.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import Days
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.hours import BEIJING_OFFSET_SECONDS, Grid

__all__ = ["HOURS", "by_rows", "natural_days"]

HOURS = 24
_HOUR, _DAY = 3600, 86_400
_CHUNK = 1 << 18  # elements: two such blocks of float64 stay in the processor's cache


def natural_days(grid: Grid) -> tuple[Days, NDArray[np.float64]]:
    """The natural days a grid of hours touches, and their 24 hours each.

    Returns days (days,) and values (..., days, 24); ``[..., d, h]`` is the hour labelled h + 1.
    Raises ValueError for a grid that is not hourly.

    >>> grid = Grid(start=0, step_seconds=3600, values=np.arange(3.0))  # 08:00 in Beijing
    >>> days, hours = natural_days(grid)
    >>> days, hours[0, 7:10]
    (array(['1970-01-01'], dtype='datetime64[D]'), array([0., 1., 2.]))
    """
    if grid.step_seconds != _HOUR:
        raise ValueError("natural_days cuts hourly grids; this one has another step")
    count = grid.values.shape[-1]
    first_hour = (grid.start + BEIJING_OFFSET_SECONDS) // _HOUR - 1  # the hour's beginning
    first_day, before = divmod(first_hour, HOURS)
    days = -(-(before + count) // HOURS) if count else 0
    padded = np.full((*grid.values.shape[:-1], days * HOURS), np.nan)
    padded[..., before : before + count] = grid.values
    calendar = np.datetime64(first_day, "D") + np.arange(days)
    return calendar, padded.reshape(*padded.shape[:-1], days, HOURS)


def by_rows(values: ArrayLike, members: int) -> tuple[NDArray[np.float64], list[slice]]:
    """``values`` (..., members) as rows, and slices of rows small enough for the cache.

    Raises ValueError when the last axis has another length.
    """
    array = decimal_floats(values)
    if array.ndim == 0 or array.shape[-1] != members:
        raise ValueError(f"the last axis must hold {members} values, the shape is {array.shape}")
    rows = array.reshape(-1, members)
    step = max(1, _CHUNK // members)
    return rows, [slice(at, at + step) for at in range(0, len(rows), step)]
