"""Nitrogen of the sea: inorganic nitrogen of its three parts, un-ionised ammonia of the total.

    >>> inorganic_nitrogen(no3=0.21, no2=0.02, nh4=0.05).round(12).item()
    0.28

Formulas of GB 3097-1997, annexes A and B. They refuse implausible values; a missing part makes the
sum missing, never smaller.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import When, edition_on, numbers_on
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.parameters import parameter

__all__ = ["inorganic_nitrogen", "nitrogen_from_micromoles", "un_ionised_ammonia"]

Floats = NDArray[np.float64]
_MILLIGRAMS_PER_MICROMOLE_GRAM = 1e-3  # µmol/L × g/mol = µg/L


def inorganic_nitrogen(
    no3: ArrayLike, no2: ArrayLike, nh4: ArrayLike, *, checked: bool = True
) -> Floats:
    """Inorganic nitrogen DIN [mg/L as N]: nitrate + nitrite + ammonium nitrogen.

    no3, no2, nh4 [mg/L as N], shapes broadcast; NaN in any part gives NaN. Raises
    InputRefusedError for implausible values. Source: GB 3097-1997, 无机氮 of table 1 and annex A.
    """
    if checked:
        refuse_bad((("sea/no3", no3), ("sea/no2", no2), ("sea/nh4", nh4)))
    parts = (np.asarray(part, dtype=np.float64) for part in (no3, no2, nh4))
    return np.asarray(sum(parts))


def nitrogen_from_micromoles(values: ArrayLike, *, on: When) -> Floats:
    """Nitrogen [mg/L as N] of a concentration in µmol/L: 14 g/mol (GB 3097-1997, annex A).

    >>> from datetime import date
    >>> nitrogen_from_micromoles(10.0, on=date(2026, 8, 1)).item()
    0.14
    """
    grams = numbers_on(parameter("sea/nitrogen_molar_mass"), on)
    return np.asarray(np.asarray(values, float) * grams * _MILLIGRAMS_PER_MICROMOLE_GRAM)


def un_ionised_ammonia(
    total: ArrayLike, *, ph: ArrayLike, celsius: ArrayLike, salinity: ArrayLike, on: When
) -> Floats:
    """Un-ionised ammonia [mg/L as N] of total ammonia nitrogen [mg/L as N].

    The un-ionised fraction is 1/(10^(pKa − pH) + 1), with pKa rising with salinity and falling
    with temperature. ph, celsius [°C], salinity: shapes broadcast with total; NaN gives NaN. on:
    one day. Raises InputRefusedError for implausible values.
    Source: GB 3097-1997, annex B (coefficients unconfirmed).

    >>> from datetime import date
    >>> round(un_ionised_ammonia(0.1, ph=8.1, celsius=25, salinity=33, on=date(2026, 8, 1)).item(), 6)
    0.005414
    """
    refuse_bad(
        (("sea/nh4", total), ("sea/ph", ph), ("sea/celsius", celsius), ("sea/salinity", salinity))
    )
    law = edition_on(parameter("sea/ammonia_pka"), on).table
    base, per_salinity, per_kelvin, reference, zero = (
        float(str(law[key]))
        for key in ("base", "per_salinity", "per_kelvin", "reference_kelvin", "zero_celsius")
    )
    kelvin = np.asarray(celsius, float) + zero
    pka = base + per_salinity * np.asarray(salinity, float) + per_kelvin * (reference - kelvin)
    return np.asarray(np.asarray(total, float) / (10.0 ** (pka - np.asarray(ph, float)) + 1.0))
