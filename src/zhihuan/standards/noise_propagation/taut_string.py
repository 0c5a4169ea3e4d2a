"""The shortest way round: a string pulled taut over the corners on one side of a straight line.

    string = taut_string(points_x, points_y, valid, end_x, start_y, end_y)
    string.length, string.first, string.last       # whole, first leg, last leg

Used upright for the way over top edges (x along the ground, y height) and lying for the way round
side edges (x along the line, y to the side). Many strings at once; it refuses nothing: corners
right of the line are not touched.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["TautString", "taut_string"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
# A corner this little left of a leg [m²] lies on it: no corner.
_TOUCH = 1e-9


@dataclass(frozen=True, slots=True)
class TautString:
    """Of each line: whole length, first and last leg [m], number of corners touched."""

    length: Floats
    first: Floats
    last: Floats
    corners: NDArray[np.int64]

    @property
    def between(self) -> Floats:
        """The way between first and last corner [m], 0 for one corner."""
        return np.where(self.corners > 1, self.length - self.first - self.last, 0.0)


def taut_string(  # noqa: PLR0913 - one array a coordinate
    x: Floats, y: Floats, valid: Bools, *, end_x: Floats, start_y: Floats, end_y: Floats
) -> TautString:
    """Strings from (0, start_y) to (end_x, end_y), left of that line around the valid corners.

    x, y, valid: (lines, corners); end_x, start_y, end_y: (lines,). A string that touches nothing
    is the straight line with no corner and both legs its length.
    """
    lines = len(end_x)
    length, first, last = np.zeros(lines), np.zeros(lines), np.zeros(lines)
    corners = np.zeros(lines, dtype=np.int64)
    going = np.arange(lines)  # the strings that have not reached their end
    at, end = (np.zeros(lines), start_y.astype(np.float64)), (end_x, end_y)
    x, y = np.ascontiguousarray(x.T), np.ascontiguousarray(y.T)
    valid = np.ascontiguousarray(valid.T)
    for leg in range(len(x) + 1):
        to = _leftmost(x, y, valid, at, end)
        step = np.hypot(to[0] - at[0], to[1] - at[1])
        length[going] += step
        last[going] = step
        if leg == 0:
            first = step
        on = (to[0] != end[0]) | (to[1] != end[1])
        if not on.any():
            break
        going = going[on]
        corners[going] += 1
        x, y, valid = x[:, on], y[:, on], valid[:, on]
        at, end = (to[0][on], to[1][on]), (end[0][on], end[1][on])
    return TautString(length, first, last, corners)


def _leftmost(
    x: Floats, y: Floats, valid: Bools, at: tuple[Floats, Floats], end: tuple[Floats, Floats]
) -> tuple[Floats, Floats]:
    """The next point of each string: the one with no valid corner left of the leg to it. x, y,
    valid: (corners, lines).
    """
    best_x, best_y = end
    for corner_x, corner_y, real in zip(x, y, valid, strict=True):
        turn = (best_x - at[0]) * (corner_y - at[1]) - (best_y - at[1]) * (corner_x - at[0])
        further = turn > _TOUCH
        further &= real
        if further.any():
            best_x = np.where(further, corner_x, best_x)
            best_y = np.where(further, corner_y, best_y)
    return best_x, best_y
