"""Where the device's statistic and ours disagree.

Both figures are kept; this only says how far apart they are. The tolerance is a dated parameter
(``data_validity/mismatch_tolerance``); besides, a difference within one step of the last digit the
device reports is its rounding, not a disagreement. It refuses a verdict on who is right, and it
never compares what one side does not have.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.parameters import parameter

__all__ = [
    "Tolerance",
    "relative_difference",
    "reported_step",
    "tolerance_on",
    "which_mismatch",
]

Floats = NDArray[np.float64]


_FINEST_DECIMALS = 6
# floats near a decimal: a value of up to 1e6 with six decimals is told from its neighbours by this
_SAME_DECIMAL = 1e-4


@dataclass(frozen=True, slots=True)
class Tolerance:
    """relative: of the larger of the two; absolute: in the factor's unit. Both must be passed to
    count as a mismatch."""

    relative: float
    absolute: float


def tolerance_on(day: date) -> Tolerance:
    """The tolerance in force on a day of Beijing. Raises OutsideEditionsError."""
    table = parameter("data_validity/mismatch_tolerance").on(day).table
    return Tolerance(relative=float(str(table["relative"])), absolute=float(str(table["absolute"])))


def relative_difference(theirs: Floats, ours: Floats) -> Floats:
    """|theirs − ours| over the larger of the two in size; 0 when both are 0, NaN when one is missing.

    Never above 2; symmetric in its arguments.
    """
    larger = np.maximum(np.abs(theirs), np.abs(ours))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(larger == 0, 0.0, np.abs(theirs - ours) / larger)


def reported_step(theirs: Floats, series: NDArray[np.int64]) -> Floats:
    """The step of the last digit that a series' device uses, for each row: 0.1 when the finest of
    its values has one decimal.

    theirs: figures as sent, NaN ignored. series: 0 … n−1, the device and factor of each row.
    """
    decimals = np.zeros(len(theirs), dtype=np.int64)
    known = np.where(np.isfinite(theirs), theirs, 0.0)
    for places in range(_FINEST_DECIMALS):
        scaled = known * 10.0**places
        decimals[np.abs(scaled - np.rint(scaled)) > _SAME_DECIMAL] = places + 1
    finest = np.zeros(int(series.max(initial=-1)) + 1, dtype=np.int64)
    np.maximum.at(finest, series, decimals)
    return np.asarray(10.0 ** -finest[series].astype(np.float64))


def which_mismatch(
    theirs: Floats, ours: Floats, tolerance: Tolerance, step: Floats
) -> NDArray[np.bool_]:
    """Which pairs differ by more than the tolerance, both relatively and absolutely, and by more
    than one reported step.

    Their rounding is worth half a step, and that of the members our mean is made of another half.
    Arrays of one shape, NaN = missing; a pair with a missing side is never a mismatch.
    """
    least = np.maximum(tolerance.absolute, step * (1.0 + 1e-9))
    with np.errstate(invalid="ignore"):
        apart = np.abs(theirs - ours) > least
        is_beyond = apart & (relative_difference(theirs, ours) > tolerance.relative)
    return np.asarray(is_beyond, dtype=np.bool_)
