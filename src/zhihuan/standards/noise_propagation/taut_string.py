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
    at_x, at_y = np.zeros(lines), start_y.astype(np.float64)
    length, first, last = np.zeros(lines), np.zeros(lines), np.zeros(lines)
    corners = np.zeros(lines, dtype=np.int64)
    under_way = np.ones(lines, dtype=bool)
    for leg in range(x.shape[1] + 1):
        to_x, to_y = _leftmost(x, y, valid, (at_x, at_y), (end_x, end_y))
        step = np.hypot(to_x - at_x, to_y - at_y)
        length += np.where(under_way, step, 0.0)
        first = step if leg == 0 else first
        last = np.where(under_way, step, last)
        under_way = under_way & ((to_x != end_x) | (to_y != end_y))
        corners += under_way
        if not under_way.any():
            break
        at_x, at_y = to_x, to_y
    return TautString(length, first, last, corners)


def _leftmost(
    x: Floats, y: Floats, valid: Bools, at: tuple[Floats, Floats], end: tuple[Floats, Floats]
) -> tuple[Floats, Floats]:
    """The next point of each string: the one with no valid corner left of the leg to it."""
    best_x, best_y = end
    for n in range(x.shape[1]):
        turn = (best_x - at[0]) * (y[:, n] - at[1]) - (best_y - at[1]) * (x[:, n] - at[0])
        further = valid[:, n] & (turn > _TOUCH)
        best_x = np.where(further, x[:, n], best_x)
        best_y = np.where(further, y[:, n], best_y)
    return best_x, best_y
