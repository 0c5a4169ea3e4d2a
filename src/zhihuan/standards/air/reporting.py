"""Reported figures of ambient air: how many decimals each has, and rounding to them.

    >>> from datetime import date
    >>> reported([160.5, 161.5], "O3", on=date(2024, 7, 1))
    array([160., 162.])

The decimals are data (``parameters/air/evaluation/decimals``); the rule is GB/T 8170, half to even
on decimal digits. A mean of decimal readings is a short decimal fraction that binary arithmetic
misses by a hair (0.95 becomes 0.9499999999999998), so the hair is taken off before a tie is
decided. It refuses to round what is going to be computed with.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.air.law import Law, governing
from zhihuan.standards.dated import When
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.parameters import Edition
from zhihuan.standards.rounding import round_half_even_array

__all__ = [
    "POLLUTANTS",
    "decimals_in",
    "decimals_law",
    "highest_reported",
    "name_of",
    "reported",
    "round_reported",
    "unit_of",
]

Floats = NDArray[np.float64]

POLLUTANTS = ("SO2", "NO2", "PM10", "PM25", "CO", "O3")
_DECIMALS = "air/evaluation/decimals"
# Sums of up to 10^5 readings with at most three decimals, divided by their number, lie either on
# a tie or at least 10^-9 from it; binary noise is below 10^-10.
_NOISE_DECIMALS = 9


def reported(
    values: ArrayLike, pollutant: str, *, on: When | None = None, edition: str | None = None
) -> Floats:
    """The values as they are reported, rounded to the pollutant's decimals.

    values: [µg/m³; CO mg/m³], any shape to which ``on`` broadcasts. NaN stays NaN.
    Source: HJ 663-2013, rounding of concentrations (second hand); GB/T 8170-2008.
    """
    exact = decimal_floats(values)
    law = governing(_DECIMALS, decides="修约位数", on=on, edition=edition)
    result = np.full(exact.shape, np.nan)
    for span in law.spans:
        where = np.broadcast_to(span.where, exact.shape)
        result[where] = round_reported(exact[where], decimals_in(span.edition, pollutant))
    return result


def round_reported(values: ArrayLike, decimals: int) -> Floats:
    """Round half to even after binary noise is taken off; for the last step before people read.

    >>> round_reported(sum([0.9] * 12 + [1.0] * 12) / 24, 1)
    array(1.)
    """
    clean = np.round(np.asarray(values, dtype=np.float64), decimals + _NOISE_DECIMALS)
    return round_half_even_array(clean, decimals)


def highest_reported(
    target: float, pollutant: str, *, on: When | None = None, edition: str | None = None
) -> float:
    """The largest unrounded value still reported as ``target`` or less [same unit].

    A tie goes to the even digit, so 160.5 is still 160, but 161.5 is 162 already.

    >>> highest_reported(160, "O3", edition="HJ 663-2013")
    160.5
    """
    law = governing(_DECIMALS, decides="修约位数", on=on, edition=edition)
    decimals = min(decimals_in(span.edition, pollutant) for span in law.spans)
    tie = round(target + 0.5 * 10.0**-decimals, decimals + 1)
    met = float(round_reported(tie, decimals)) <= target
    return tie if met else float(np.nextafter(tie, -np.inf)) - 10.0**-_NOISE_DECIMALS


def decimals_in(edition: Edition, pollutant: str) -> int:
    """The decimals an edition's table gives a pollutant. Raises KeyError naming those it has."""
    table = edition.table
    if pollutant not in table:
        raise KeyError(f"{pollutant!r} is none of: {', '.join(table)}")
    return int(str(table[pollutant]))


def decimals_law(on: When | None, edition: str | None) -> Law:
    """The law of reporting decimals, for derivations."""
    return governing(_DECIMALS, decides="修约位数", on=on, edition=edition)


def name_of(pollutant: str) -> str:
    """How people write it: ``PM25`` is PM2.5."""
    return {"PM25": "PM2.5", "NOX": "NOx", "BAP": "BaP", "PB": "Pb"}.get(pollutant, pollutant)


def unit_of(pollutant: str) -> str:
    """The unit of its concentration: mg/m³ for CO, µg/m³ for all others."""
    return "mg/m³" if pollutant == "CO" else "µg/m³"
