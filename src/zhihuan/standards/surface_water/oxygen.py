"""Oxygen by its saturation: the other half of the class I limit of GB 3838.

    >>> from datetime import date
    >>> oxygen_with_saturation([6.9, 6.9], [91, 88], on=date(2024, 7, 1))
    array([7.5, 6.9])

The standard prints class I as "90 % saturation (or 7.5 mg/L)". The published national classes use
7.5 mg/L alone. It refuses to compute a saturation from temperature.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import When, as_days, spans_in_force
from zhihuan.standards.parameters import parameter
from zhihuan.standards.surface_water.limits import LIMITS, limit_table

__all__ = ["oxygen_with_saturation"]

Floats = NDArray[np.float64]


def oxygen_with_saturation(
    oxygen_mg_l: ArrayLike, saturation_percent: ArrayLike, *, on: When
) -> Floats:
    """Dissolved oxygen [mg/L] raised to the class I limit where its saturation reaches 90 %.

    GB 3838-2002 prints class I as "90 % saturation (or 7.5 mg/L)"; the published national classes
    use 7.5 mg/L alone, so ``water_class`` does too. Pass this function's result to it where a
    report is to use the saturation. Shapes broadcast; NaN saturation changes nothing.

    >>> from datetime import date
    >>> oxygen_with_saturation([6.9, 6.9], [91, 88], on=date(2024, 7, 1))
    array([7.5, 6.9])
    """
    oxygen, saturation = np.asarray(oxygen_mg_l, float), np.asarray(saturation_percent, float)
    result = np.broadcast_to(oxygen, np.broadcast_shapes(oxygen.shape, saturation.shape)).copy()
    days = np.broadcast_to(as_days(on), result.shape)
    share = parameter("surface_water/oxygen_saturation_class_one")
    for span in spans_in_force(share, days):
        enough = span.where & (saturation >= span.edition.number) & ~np.isnan(oxygen)
        for limits in spans_in_force(parameter(LIMITS), days):
            least = limit_table(limits.edition)["do"].low[0]
            np.maximum(result, least, out=result, where=enough & limits.where)
    return result
