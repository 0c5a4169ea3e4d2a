"""Whether people warm or cool a water too much: the first item of GB 3838 table 1.

    >>> from datetime import date
    >>> keeps_temperature([0.8, 1.2, -2.0], on=date(2026, 7, 31)).tolist()
    [True, False, True]

The same for all five classes: the largest weekly mean change that people cause may be a rise of
1 °C and a fall of 2 °C at most. It refuses to tell what people caused: give the change, upstream
against downstream.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import When, as_days, spans_in_force
from zhihuan.standards.parameters import parameter

__all__ = ["keeps_temperature"]

_CHANGE = "surface_water/water_temperature_change"


def keeps_temperature(weekly_mean_change_c: ArrayLike, *, on: When) -> NDArray[np.bool_]:
    """Whether each change keeps the limit; False for NaN.

    weekly_mean_change_c: largest weekly mean change caused by people [°C], rises positive. on: day
    or days, broadcast. Source: GB 3838-2002 table 1, water temperature (in force 2002-06-01).
    """
    change, days = np.asarray(weekly_mean_change_c, dtype=np.float64), as_days(on)
    keeps = np.zeros(np.broadcast_shapes(change.shape, days.shape), dtype=bool)
    for span in spans_in_force(parameter(_CHANGE), days):
        rise, fall = (float(str(span.edition.table[key])) for key in ("rise", "fall"))
        keeps |= span.where & (change <= rise) & (change >= -fall)
    return keeps
