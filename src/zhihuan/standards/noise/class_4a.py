"""How deep the class 4a strip beside a traffic artery reaches into the neighbouring zone.

    >>> from datetime import date
    >>> class_4a_depth(["1", "3"], on=date(2026, 3, 1))
    (array([45., 15.]), array([55., 25.]))

The standard gives a depth and a tolerance; a local government picks the depth within. Where the
first row of buildings is high enough, the strip up to its face is class 4a instead. It refuses to
pick the depth.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import When, as_days, numbers_on, spans_in_force
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.noise.limits import refuse_unknown
from zhihuan.standards.parameters import parameter

__all__ = ["class_4a_depth", "in_class_4a"]

Floats = NDArray[np.float64]


def class_4a_depth(
    adjacent_zone: ArrayLike, *, on: When, edition: str | None = None
) -> tuple[Floats, Floats]:
    """The least and the greatest depth [m] a class 4a strip may have.

    adjacent_zone: class of the neighbouring zone, ``1 2 3``; broadcasts with ``on``.
    Raises InputRefusedError (another class), OutsideEditionsError.
    Source: GB/T 15190-2014, 8.3.1.1 (from 2015-01-01, unconfirmed).
    """
    zones, days = np.broadcast_arrays(np.asarray(adjacent_zone, dtype=np.str_), as_days(on))
    least, greatest = np.full(zones.shape, np.nan), np.full(zones.shape, np.nan)
    for span in spans_in_force(parameter("noise/class_4a_depth"), days, edition=edition):
        for row in span.edition.rows:
            here = span.where & (zones == row["adjacent_zone"])
            depth, tolerance = float(row["depth"]), float(row["tolerance"])
            least[here], greatest[here] = depth - tolerance, depth + tolerance
    refuse_unknown(zones, ~np.isnan(least), "相邻功能区类别", "1 2 3")
    return least, greatest


def in_class_4a(
    distance_m: ArrayLike,
    depth_m: ArrayLike,
    *,
    on: When,
    first_row_m: ArrayLike = np.nan,
    first_row_storeys: ArrayLike = 0,
) -> NDArray[np.bool_]:
    """Whether a place lies in the class 4a strip of an artery.

    distance_m [m]: from the artery's boundary line; depth_m [m]: as the local government picked it;
    first_row_m [m]: distance of the first row's facing side, first_row_storeys: its storeys: from
    three on, the strip up to that face is 4a and the depth no longer counts. All broadcast. NaN distance gives False.
    Source: GB/T 15190-2014, 8.3.1.1, 8.3.1.2 (from 2015-01-01, unconfirmed).

    >>> in_class_4a([20.0, 20.0], 35.0, on=np.datetime64("2026-03-01"), first_row_m=12.0, first_row_storeys=[2, 6])
    array([ True, False])
    """
    distance, depth = np.asarray(distance_m, dtype=float), np.asarray(depth_m, dtype=float)
    face = np.asarray(first_row_m, dtype=float)
    refuse_bad([("noise/depth", distance), ("noise/depth", depth), ("noise/depth", face)])
    tall = np.asarray(first_row_storeys) >= numbers_on(parameter("noise/class_4a_storeys"), on)
    with np.errstate(invalid="ignore"):
        return np.asarray(distance <= np.where(tall & ~np.isnan(face), face, depth))
