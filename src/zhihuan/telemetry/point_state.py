"""The state of a monitoring point, decided from what was received last: a pure function over arrays.

Four states, one per point, in order of what a duty officer must look at first::

    offline    离线  nothing was received for longer than the point's device may be silent
    exceeding  超标  a fresh, valid value lies outside a limit in force for its kind of data
    abnormal   异常  a fresh value carries a mark that says it must not be judged
    normal     正常  none of these

A value is judged only by a limit of its own kind: a real-time value against a real-time limit, an
hourly mean against an hourly limit. A value marked invalid never counts as exceeding: data marked
invalid are not used to find exceedance (MEE notice 2022 No. 21, read at second hand). A value
marked "stopped" (F) says that the facility stands still, which is neither.

It refuses to look anything up: limits, marks and silence are given by the caller, and it knows no
factor. It does not decide whether an exceedance is an offence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from zhihuan.hj212.codes import Edition, is_normal

__all__ = [
    "MIN_SILENCE_SECONDS",
    "PointState",
    "Readings",
    "Verdict",
    "judge",
    "mark_verdicts",
    "point_states",
    "silence_seconds",
]

#: A device may be late three times before it counts as offline, and never less than five minutes:
#: a mobile link that drops and returns is not an event. A choice of this project, not of a standard.
MIN_SILENCE_SECONDS = 300
_LATE_INTERVALS = 3


class PointState(IntEnum):
    """Larger means: look here first."""

    NORMAL = 0
    ABNORMAL = 1
    EXCEEDING = 2
    OFFLINE = 3

    @property
    def slug(self) -> str:
        """The word used in addresses, JSON and style sheets."""
        return self.name.lower()


class Verdict(IntEnum):
    """What one value says about its point. The order is the order of ``PointState``."""

    NOTHING = 0  # missing, stale, or the facility stands still
    GOOD = 1
    INVALID = 2
    EXCEEDING = 3


# Stopped (停运): HJ 212-2017, table 8. L, below detection (低于检出限): surface-water profile, at
# second hand; neither fault nor exceedance.
_QUIET_MARKS = frozenset({"F", "f", "L"})


@dataclass(frozen=True, slots=True)
class Readings:
    """The newest value of every (point, factor, kind), as columns of equal length.

    point: index of the point, 0-based. value, upper, lower: in the factor's unit; NaN = missing,
    or not bounded on that side. verdict: what its mark alone says (see ``mark_verdicts``).
    fresh: False for a value too old to say anything about now.
    """

    point: NDArray[np.int64]
    value: NDArray[np.float64]
    upper: NDArray[np.float64]
    lower: NDArray[np.float64]
    verdict: NDArray[np.int8]
    fresh: NDArray[np.bool_]


def mark_verdicts(marks: Sequence[str]) -> NDArray[np.int8]:
    """What each data mark alone says: GOOD, INVALID, or NOTHING where there is nothing to
    judge (the facility stands still, the value is below detection).

    A mark is normal when any edition's table says so (``hj212.codes``); no mark at all counts as
    normal. An unknown mark is INVALID: a value whose mark nobody understands must not be judged.
    """
    known = {mark: _verdict_of_mark(mark) for mark in set(marks)}
    return np.fromiter((known[mark] for mark in marks), dtype=np.int8, count=len(marks))


@lru_cache(maxsize=4096)
def _verdict_of_mark(mark: str) -> Verdict:
    if mark in _QUIET_MARKS:
        return Verdict.NOTHING
    normal = any(is_normal(mark, edition) for edition in Edition)
    return Verdict.GOOD if normal else Verdict.INVALID


def judge(readings: Readings) -> NDArray[np.int8]:
    """The verdict of each reading, as ``Verdict`` values; shape as the input.

    Missing (NaN) or stale values say NOTHING. A value equal to its limit keeps it.
    """
    verdict = readings.verdict.copy()
    outside = (readings.value > readings.upper) | (readings.value < readings.lower)
    verdict[outside & (verdict == Verdict.GOOD)] = Verdict.EXCEEDING
    silent = np.isnan(readings.value) & (verdict != Verdict.INVALID)
    verdict[silent | ~readings.fresh] = Verdict.NOTHING
    return verdict


def silence_seconds(interval_seconds: NDArray[np.float64]) -> NDArray[np.float64]:
    """How long a device with this reporting interval [s] may be silent before it is offline [s]."""
    allowed = np.nan_to_num(interval_seconds, nan=0.0) * _LATE_INTERVALS
    return np.maximum(allowed, MIN_SILENCE_SECONDS)


def point_states(
    readings: Readings,
    *,
    last_seen: NDArray[np.float64],
    silence: NDArray[np.float64],
    now: float,
) -> NDArray[np.int8]:
    """The state of each point, as ``PointState`` values; shape of ``last_seen``.

    last_seen: when anything was last received from each point [epoch s, UTC]; NaN = never.
    silence: how long each may be silent [s]. now: [epoch s, UTC].
    """
    worst = np.zeros(len(last_seen), dtype=np.int8)
    np.maximum.at(worst, readings.point, judge(readings))
    states = _STATE_OF_VERDICT[worst]
    # "not younger than" rather than "older than", so that never seen (NaN) is offline too
    offline = ~(now - last_seen <= silence)
    return np.where(offline, np.int8(PointState.OFFLINE), states)


_STATE_OF_VERDICT = np.array(
    [PointState.NORMAL, PointState.NORMAL, PointState.ABNORMAL, PointState.EXCEEDING], dtype=np.int8
)
