"""How many digits reports print: rounded by the edition of the day, half to even.

    >>> from datetime import date
    >>> reported("surface_water/percent_decimals", [33.35, 66.6667], on=date(2026, 9, 30))
    array([33.4, 66.7])

The numbers of digits are dated parameters. Quotients of measured decimals carry binary noise that
would turn a tie into none; it is taken off first. It refuses to round anything twice for you.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import When, as_days, spans_in_force
from zhihuan.standards.parameters import parameter
from zhihuan.standards.rounding import round_half_even_array

__all__ = ["reported", "without_noise"]

Floats = NDArray[np.float64]
_NOISE_DECIMALS = 10  # what a quotient of measured decimals carries beyond is binary noise


def reported(name: str, values: ArrayLike, *, on: When) -> Floats:
    """Values rounded to the decimals that a parameter gives for their days; NaN stays NaN.

    name: of the packaged number of decimals. on: day or days, broadcast to the values.
    """
    numbers, days = without_noise(values), as_days(on)
    result = np.full(np.broadcast_shapes(numbers.shape, days.shape), np.nan)
    spread = np.broadcast_to(numbers, result.shape)
    for span in spans_in_force(parameter(name), days):
        where = np.broadcast_to(span.where, result.shape)
        result[where] = round_half_even_array(spread[where], int(span.edition.number))
    return result


def without_noise(values: ArrayLike) -> Floats:
    """Quotients of decimals freed of binary noise: (0.22 − 0.1)/0.1 is 1.2, not 1.1999999999999997.

    Not a rounding step: it restores the decimal that the quotient is, so that a tie is one.
    """
    return np.asarray(np.round(np.asarray(values, dtype=np.float64), _NOISE_DECIMALS))
