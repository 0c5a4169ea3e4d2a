"""What an hour of an outlet counts as: judged, left unjudged, in start-up, or standing still.

    >>> from datetime import date
    >>> states_of_marks(["N", "M", "F", "x"], on=date(2026, 3, 1)).tolist()
    [0, 1, 3, 1]

The meaning of each mark is a dated parameter. A mark nobody knows is INVALID: it refuses to judge
by a datum whose mark cannot be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.dated import When, as_days, spans_in_force
from zhihuan.standards.parameters import parameter

__all__ = ["STATE_TEXT", "HourState", "States", "as_states", "states_of_marks"]

States = NDArray[np.int8]
_PARAMETER = "emission/state_of_mark"


class HourState(IntEnum):
    """NORMAL: judged, its amount counts. INVALID: fault, maintenance, calibration, out of control;
    never judged, its amount is substituted. STARTING: start-up or shut-down; judged unless the
    limit exempts it, its amount counts. STOPPED: the plant stands still, nothing is emitted.
    """

    NORMAL = 0
    INVALID = 1
    STARTING = 2
    STOPPED = 3


STATE_TEXT = {
    HourState.NORMAL: "正常",
    HourState.INVALID: "标记为无效（故障、维护、校准、失控等）",
    HourState.STARTING: "启停",
    HourState.STOPPED: "停运",
}


def as_states(states: object, shape: tuple[int, ...]) -> States:
    """``states`` as int8 of ``shape``; None means NORMAL throughout. Raises ValueError."""
    if states is None:
        return np.broadcast_to(np.int8(HourState.NORMAL), shape)
    array = np.asarray(states, dtype=np.int8)
    unknown = (array < min(HourState)) | (array > max(HourState))
    if unknown.any():
        first = int(array.ravel()[np.argmax(unknown.ravel())])
        raise ValueError(f"时段状态 {first} 不存在；可用的有 {', '.join(map(repr, HourState))}")
    return np.broadcast_to(array, shape)


def states_of_marks(
    marks: Sequence[str] | NDArray[np.str_], *, on: When, edition: str | None = None
) -> States:
    """The state of each hour by the mark of its datum (HJ 212 letters).

    marks: text of any shape; on: the day of each, or one day. Marks outside the table are INVALID.
    Returns int8 of the marks' shape. Raises OutsideEditionsError.
    Source: HJ 212-2017, 6.6.4, table 8 (names of the letters); that marked data decide nothing is
    known at second hand.
    """
    letters = np.asarray(marks, dtype=np.str_)
    days = np.broadcast_to(as_days(on), letters.shape)
    states = np.full(letters.shape, HourState.INVALID, dtype=np.int8)
    for span in spans_in_force(parameter(_PARAMETER), days, edition=edition):
        for letter, word in span.edition.table.items():
            states[span.where & (letters == letter)] = HourState[str(word).upper()]
    return states
