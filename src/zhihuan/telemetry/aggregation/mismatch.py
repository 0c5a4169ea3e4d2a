"""Where the device's statistic and ours disagree.

Both figures are kept; this only says how far apart they are. The tolerance is a dated parameter
(``data_validity/mismatch_tolerance``). It refuses a verdict on who is right, and it never compares
what one side does not have.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.parameters import parameter

__all__ = ["Tolerance", "relative_difference", "tolerance_on", "which_mismatch"]

Floats = NDArray[np.float64]


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


def which_mismatch(theirs: Floats, ours: Floats, tolerance: Tolerance) -> NDArray[np.bool_]:
    """Which pairs differ by more than the tolerance, both relatively and absolutely.

    Arrays of one shape, NaN = missing; a pair with a missing side is never a mismatch.
    """
    with np.errstate(invalid="ignore"):
        apart = np.abs(theirs - ours) > tolerance.absolute
        return apart & (relative_difference(theirs, ours) > tolerance.relative)
