"""Sewage: volumes, amounts and flow-weighted means of an outlet.

    >>> float(volume_m3(flow_l_s=5.0, seconds=600.0)), float(amount_kg(40.0, 3.0))
    (3.0, 0.12)

The formulas of HJ 212-2017, annex D, D.1 (informative; in force 2017-05-01 to 2025-12-31). They
take scalars or arrays that broadcast and return float64; NaN in gives NaN out. They refuse to
round, and to fill what was not measured.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["amount_kg", "flow_weighted_mg_l", "mean_flow_l_s", "volume_m3"]

Floats = NDArray[np.float64]


def volume_m3(flow_l_s: ArrayLike, seconds: ArrayLike) -> Floats:
    """Volume [m³] of a flow [L/s] over a time [s]. Source: HJ 212-2017, D.1.1.1, formula (1)."""
    return _floats(flow_l_s) * _floats(seconds) / 1000.0


def mean_flow_l_s(volume: ArrayLike, seconds: ArrayLike) -> Floats:
    """Mean flow [L/s] of a volume [m³] over a period [s].

    Source: HJ 212-2017, D.1.1.3, formulas (5)–(7): 600, 3600 and 86400 s; 1000 L are one m³.
    """
    return _floats(volume) * 1000.0 / _floats(seconds)


def amount_kg(concentration_mg_l: ArrayLike, volume: ArrayLike) -> Floats:
    """Amount [kg] in a volume [m³] of a concentration [mg/L].

    Source: HJ 212-2017, D.1.2.1, formula (8).
    """
    return _floats(concentration_mg_l) * _floats(volume) / 1000.0


def flow_weighted_mg_l(amount: ArrayLike, volume: ArrayLike) -> Floats:
    """Flow-weighted mean [mg/L] of an amount [kg] in a volume [m³]; NaN for a volume of zero.

    Source: HJ 212-2017, D.1.2.3, formulas (12)–(14).
    """
    cubic_metres = _floats(volume)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(cubic_metres > 0, 1000.0 * _floats(amount) / cubic_metres, np.nan)


def _floats(values: ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float64)
