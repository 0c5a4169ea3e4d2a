"""Vehicle specific power: how hard the engine worked as the beam crossed its plume.

    >>> round(float(specific_power(15.0, 0.5, 1.0)), 3)
    13.817

Remote sensing counts only inside a window of it. The formula is one of the literature for light
vehicles; the annexes of HJ 845-2017 with other classes were not at hand, and the upper end of the
window is disputed: both are dated parameters, marked unconfirmed. It refuses speeds that are
probably in km/h.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import When, as_days, spans_in_force
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.parameters import Edition, parameter

__all__ = ["inside_window", "specific_power"]

Floats = NDArray[np.float64]
_COEFFICIENTS = "mobile/vsp_coefficients"
_WINDOW = "mobile/vsp_window"


def specific_power(
    speed_m_s: ArrayLike,
    acceleration_m_s2: ArrayLike,
    slope_degrees: ArrayLike = 0.0,
    *,
    formula: str = "Jiménez-Palacios 1999",
) -> Floats:
    """Power per mass [kW/t] of a light vehicle: v·(1.1a + 9.81·sin θ + 0.132) + 0.000302·v³.

    speed_m_s [m/s], acceleration_m_s2 [m/s²], slope_degrees [°] (uphill positive): broadcast.
    formula: which published set of coefficients. NaN in gives NaN out. No rounding.
    Raises InputRefusedError, UnknownEditionError.
    Source: Jiménez-Palacios 1999 (unconfirmed; see the module's docstring).
    """
    speed, gain, slope = (
        decimal_floats(one) for one in (speed_m_s, acceleration_m_s2, slope_degrees)
    )
    refuse_bad([
        ("mobile/speed_m_s", speed), ("mobile/acceleration_m_s2", gain),
        ("mobile/slope_degrees", slope),
    ])  # fmt: skip
    chosen = parameter(_COEFFICIENTS).named(formula)
    a, g, roll, drag = (_number(chosen, key) for key in ("inertia", "gravity", "rolling", "drag"))
    return np.asarray(speed * (a * gain + g * np.sin(np.radians(slope)) + roll) + drag * speed**3)


def inside_window(vsp: ArrayLike, on: When, *, edition: str | None = None) -> NDArray[np.bool_]:
    """Whether the specific power lets a remote-sensing record count, by the window of its day.

    vsp [kW/t]: any shape; on: broadcasts to it. NaN is outside. Raises OutsideEditionsError.
    Source: HJ 845-2017 (unconfirmed: above 0, up to 14; other sources say 20).
    """
    power = decimal_floats(vsp)
    days = np.broadcast_to(as_days(on), power.shape)
    inside = np.zeros(power.shape, dtype=bool)
    for span in spans_in_force(parameter(_WINDOW), days, edition=edition):
        above, upto = (_number(span.edition, key) for key in ("above", "upto"))
        inside |= span.where & (power > above) & (power <= upto)
    return inside


def _number(edition: Edition, key: str) -> float:
    return float(str(edition.table[key]))
