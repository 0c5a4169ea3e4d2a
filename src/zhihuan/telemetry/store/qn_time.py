"""The moment a frame says it was sent (its QN), for many frames at once.

What is no such time becomes 0; nothing is repaired.

Source: HJ 212-2017, 6.3.2: QN is YYYYMMDDhhmmsszzz, Beijing time (UTC+8, no daylight saving).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["qn_epoch_seconds"]

_BEIJING_SECONDS = 8 * 3600
_LAST_MOMENT = 2**32 - 1
_DIGITS = 14


def qn_epoch_seconds(qns: Sequence[str]) -> NDArray[np.uint32]:
    """UTC epoch seconds of each QN, 0 where it has none or one outside 1970-2106.

    >>> qn_epoch_seconds(["20260601120000123", "", "20260231120000000"]).tolist()
    [1780286400, 0, 0]
    """
    if not len(qns):
        return np.empty(0, dtype=np.uint32)
    digits = _digits(qns)
    good: NDArray[np.bool_] = np.all((digits >= 0) & (digits <= 9), axis=1)
    fields = np.where(good[:, None], digits, 0) @ _FIELDS
    year, month, day, hour, minute, second = fields.T
    good &= (year >= 1970) & (month >= 1) & (month <= 12) & (hour < 24) & (minute < 60)
    good &= (second < 60) & (day >= 1) & (day <= _days_in(year, month))
    seconds = _midnight(year, month, day) + hour * 3600 + minute * 60 + second - _BEIJING_SECONDS
    return np.where(good & (seconds > 0) & (seconds <= _LAST_MOMENT), seconds, 0).astype(np.uint32)


def _digits(qns: Sequence[str]) -> NDArray[np.int64]:
    """(n, 14) digits; what is no digit is out of 0..9, what is too short has code 0 - 48."""
    codes = np.array(qns, dtype=f"U{_DIGITS}").view(np.uint32).reshape(len(qns), _DIGITS)
    return codes.astype(np.int64) - ord("0")


def _column(start: int, stop: int) -> list[int]:
    return [10 ** (stop - 1 - place) if start <= place < stop else 0 for place in range(_DIGITS)]


#: (14, 6): digits to year, month, day, hour, minute, second.
_FIELDS = np.array(
    [_column(*span) for span in ((0, 4), (4, 6), (6, 8), (8, 10), (10, 12), (12, 14))]
).T


def _months(year: NDArray[np.int64], month: NDArray[np.int64]) -> NDArray[np.datetime64]:
    return ((year - 1970) * 12 + np.clip(month, 1, 12) - 1).astype("datetime64[M]")


def _days_in(year: NDArray[np.int64], month: NDArray[np.int64]) -> NDArray[np.int64]:
    first = _months(year, month)
    days = (first + 1).astype("datetime64[D]") - first.astype("datetime64[D]")
    return np.asarray(days.astype(np.int64))


def _midnight(
    year: NDArray[np.int64], month: NDArray[np.int64], day: NDArray[np.int64]
) -> NDArray[np.int64]:
    days = _months(year, month).astype("datetime64[D]").astype(np.int64) + day - 1
    return np.asarray(days * 86_400)
