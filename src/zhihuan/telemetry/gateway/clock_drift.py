"""How far a device's clock is off, from the QN of its frames.

QN is the sender's clock when it made the frame, so QN minus the moment of receipt is the drift
plus the time on the way. A re-sent frame keeps its old QN and looks late; therefore the smallest
lateness of the last few frames counts, never one frame alone. Frames marked as back-filled
(RF=1) are left out by the caller.

Source: HJ 212-2017, 6.3.2 table 2 (QN: YYYYMMDDhhmmsszzz, Beijing time).
"""

from __future__ import annotations

from collections import deque

__all__ = ["ClockDrift"]

_FRAMES = 5


class ClockDrift:
    """The drift of one device. Positive seconds: its clock is ahead of ours."""

    __slots__ = ("_last", "_limit_seconds", "beyond", "seconds")

    def __init__(self, limit_seconds: float) -> None:
        self._limit_seconds = limit_seconds
        self._last: deque[float] = deque(maxlen=_FRAMES)
        self.seconds: float | None = None
        self.beyond = False

    def observe(self, ahead_seconds: float) -> bool:
        """Take one frame's QN minus receipt, seconds. True when ``beyond`` changed.

        Nothing is decided before five frames were seen.
        """
        self._last.append(ahead_seconds)
        if len(self._last) < _FRAMES:
            return False
        self.seconds = min(self._last, key=abs)
        beyond = abs(self.seconds) > self._limit_seconds
        changed = beyond != self.beyond
        self.beyond = beyond
        return changed
