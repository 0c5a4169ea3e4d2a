"""Flue gas: concentrations at standard state, at reference oxygen, flow and amount emitted.

    >>> converted_concentration(80.0, oxygen_percent=9.0, reference_oxygen_percent=6.0)
    array(100.)

All formulas are those printed in HJ 212-2017, annex D, D.2 (informative; in force 2017-05-01 to
2025-12-31), which took them from HJ/T 75-2007 and HJ/T 76-2007. They take scalars or arrays of any
shape that broadcast, and return float64; NaN in gives NaN out. They refuse to round.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "amount_kg",
    "concentration_from_ppm",
    "converted_by_excess_air",
    "converted_concentration",
    "dry_concentration",
    "excess_air",
    "nox_as_no2",
    "standard_concentration",
    "standard_dry_flow_m3_h",
]

Floats = NDArray[np.float64]

_STANDARD_PRESSURE_PA = 101325.0
_ICE_POINT_K = 273.0  # the formulas print 273, not 273.15
_MOLAR_VOLUME_L = 22.4
_OXYGEN_OF_AIR_PERCENT = 21.0
# Closer to ambient air than this, the factor explodes and says nothing about the stack.
_MOST_OXYGEN_PERCENT = 20.9
_NO2_PER_NO = 46.0 / 30.0
_MG_PER_KG = 1e6


def standard_concentration(
    actual_mg_m3: ArrayLike, ambient_pa: ArrayLike, static_pa: ArrayLike, flue_celsius: ArrayLike
) -> Floats:
    """Concentration at standard state (273 K, 101325 Pa) [mg/m³] of the one at stack conditions.

    actual_mg_m3 [mg/m³]; ambient_pa: air pressure [Pa]; static_pa: of the flue gas [Pa];
    flue_celsius [°C]. Both concentrations are equally dry or wet.
    Source: HJ 212-2017, D2.1, formula (18).
    """
    actual, temperature = _floats(actual_mg_m3), _floats(flue_celsius)
    pressure = _floats(ambient_pa) + _floats(static_pa)
    return actual * _STANDARD_PRESSURE_PA / pressure * (_ICE_POINT_K + temperature) / _ICE_POINT_K


def dry_concentration(wet: ArrayLike, moisture_percent: ArrayLike) -> Floats:
    """Dry-basis concentration (or oxygen content) of a wet one, in the same unit.

    moisture_percent: water content of the flue gas [%]; 100 or more gives NaN.
    Source: HJ 212-2017, D2.1, formula (19).
    """
    dry_share = 1.0 - _floats(moisture_percent) / 100.0
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(dry_share > 0, _floats(wet) / dry_share, np.nan)


def concentration_from_ppm(ppm: ArrayLike, molar_mass_g: float) -> Floats:
    """Mass concentration at standard state [mg/m³] of a volume concentration [µmol/mol].

    Source: HJ 212-2017, D2.1, formula (20).
    """
    return _floats(ppm) * molar_mass_g / _MOLAR_VOLUME_L


def nox_as_no2(no_mg_m3: ArrayLike, no2_mg_m3: ArrayLike) -> Floats:
    """Nitrogen oxides, counted as NO₂ [mg/m³], of NO and NO₂ measured apart [mg/m³].

    Source: HJ 212-2017, D2.1, formula (21).
    """
    return _floats(no_mg_m3) * _NO2_PER_NO + _floats(no2_mg_m3)


def converted_concentration(
    dry_mg_m3: ArrayLike, oxygen_percent: ArrayLike, reference_oxygen_percent: ArrayLike
) -> Floats:
    """Concentration converted to reference oxygen [mg/m³].

    dry_mg_m3: dry, standard state [mg/m³]; oxygen_percent: measured, dry [%];
    reference_oxygen_percent: of the emission standard [%]; NaN where the standard sets none, then
    the concentration is returned as it is (D2.3 (4)). Measured oxygen of 20.9 % or more gives
    NaN: next to ambient air the factor has no meaning (our guard, not printed).
    Source: HJ 212-2017, D2.3, formula (28).
    """
    dry, reference = _floats(dry_mg_m3), _floats(reference_oxygen_percent)
    converted = dry * (_OXYGEN_OF_AIR_PERCENT - reference) / _oxygen_gap(oxygen_percent)
    return np.where(np.isnan(reference), dry, converted)


def excess_air(oxygen_percent: ArrayLike) -> Floats:
    """The excess-air coefficient α of a dry oxygen content [%]; NaN from 20.9 % on.

    Source: HJ 212-2017, D2.3, formula (27).
    """
    return _OXYGEN_OF_AIR_PERCENT / _oxygen_gap(oxygen_percent)


def converted_by_excess_air(
    dry_mg_m3: ArrayLike, oxygen_percent: ArrayLike, reference_excess_air: ArrayLike
) -> Floats:
    """Concentration converted by excess air [mg/m³]: C·α/αs.

    reference_excess_air: αs of the emission standard (> 0).
    Source: HJ 212-2017, D2.3, formulas (26), (27).
    """
    return _floats(dry_mg_m3) * excess_air(oxygen_percent) / _floats(reference_excess_air)


def standard_dry_flow_m3_h(  # noqa: PLR0913 - the formula has these six quantities
    velocity_m_s: ArrayLike,
    area_m2: ArrayLike,
    *,
    ambient_pa: ArrayLike,
    static_pa: ArrayLike,
    flue_celsius: ArrayLike,
    moisture_percent: ArrayLike,
) -> Floats:
    """Hourly flow of dry flue gas at standard state [m³/h].

    velocity_m_s: mean of the hour, already times the velocity-field coefficient (formula (29)).
    Source: HJ 212-2017, D2.4, formulas (30), (31).
    """
    actual_m3_h = 3600.0 * _floats(area_m2) * _floats(velocity_m_s)
    cooled = _ICE_POINT_K / (_ICE_POINT_K + _floats(flue_celsius))
    pressed = (_floats(ambient_pa) + _floats(static_pa)) / _STANDARD_PRESSURE_PA
    return actual_m3_h * cooled * pressed * (1.0 - _floats(moisture_percent) / 100.0)


def amount_kg(dry_mg_m3: ArrayLike, standard_dry_m3: ArrayLike) -> Floats:
    """Amount emitted [kg] with a volume of dry gas at standard state [m³].

    Source: HJ 212-2017, D2.5, formula (33): kg/h when the volume is that of an hour.
    """
    return _floats(dry_mg_m3) * _floats(standard_dry_m3) / _MG_PER_KG


def _oxygen_gap(oxygen_percent: ArrayLike) -> Floats:
    """21 − O₂ [%]; NaN next to ambient air."""
    oxygen = _floats(oxygen_percent)
    gap = _OXYGEN_OF_AIR_PERCENT - oxygen
    return np.where(oxygen < _MOST_OXYGEN_PERCENT, gap, np.nan)


def _floats(values: ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float64)
