"""Day-time and night-time: which hours they are, and how a caller says which one is meant.

    >>> is_night(["昼间", "night"])
    array([False,  True])

The hours are a dated quantity (06:00 to 22:00), and a local government may rule others: then the
caller passes them. It refuses any other word, naming the row.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import spans_in_force
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.hours import BEIJING_OFFSET_SECONDS
from zhihuan.standards.parameters import parameter

__all__ = ["DAY_TIME", "day_time_of", "in_night", "is_night"]

DAY_TIME = "data_validity/noise/day_time"
_NIGHT, _DAY = ("night", "夜间", "夜"), ("day", "昼间", "昼")


def is_night(period: ArrayLike) -> NDArray[np.bool_]:
    """Whether each word means the night. Raises InputRefusedError naming the row of another word.

    period: ``day``/``night``, 昼间/夜间, any shape; booleans are taken as they are.
    """
    words = np.asarray(period)
    if words.dtype == np.bool_:
        return words
    night, day = np.isin(words, _NIGHT), np.isin(words, _DAY)
    unknown = np.argwhere(~np.atleast_1d(night | day))[:100]
    if len(unknown):
        texts = np.atleast_1d(words)
        raise InputRefusedError(
            [
                InputProblem(
                    int(place[0]),
                    "时段",
                    str(texts[tuple(place)]),
                    "不是时段",
                    "请填写 昼间 或 夜间（day、night）",
                )
                for place in unknown
            ]
        )
    return night


def day_time_of(
    days: NDArray[np.datetime64], *, ruled: tuple[int, int] | None = None
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first hour of day-time and the hour after its last, for each day of Beijing.

    ruled: both hours as a local government ruled them, instead of the standard's.
    Source: GB 3096-2008, definitions (second hand); parameter ``data_validity/noise/day_time``.
    Raises OutsideEditionsError.
    """
    if ruled is not None:
        return np.full(days.shape, ruled[0]), np.full(days.shape, ruled[1])
    begins, ends = np.zeros(days.shape, dtype=np.int64), np.zeros(days.shape, dtype=np.int64)
    for span in spans_in_force(parameter(DAY_TIME), days):
        begins[span.where] = int(str(span.edition.table["begins_hour"]))
        ends[span.where] = int(str(span.edition.table["ends_hour"]))
    return begins, ends


def in_night(times: ArrayLike, *, day_time: tuple[int, int] | None = None) -> NDArray[np.bool_]:
    """Whether each moment lies in the night of Beijing's clock.

    times: epoch seconds UTC, any shape. day_time: (first hour, hour after the last) where a local
    government ruled others than the standard's.

    >>> in_night([1767196799, 1767196800])  # 23:59:59 and 24:00 of 2025-12-31
    array([ True,  True])
    """
    local = np.asarray(times, dtype=np.int64) + BEIJING_OFFSET_SECONDS
    hour = local // 3600 % 24
    days = np.asarray(local // 86_400).astype("datetime64[D]")
    begins, ends = day_time_of(days, ruled=day_time)
    return np.asarray((hour < begins) | (hour >= ends))
