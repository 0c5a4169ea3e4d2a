"""What ties the factors of one plant together: flows, conversion, sound levels.

Takes the independent readings and adds what follows from them. The formulas of HJ 212-2017,
annex D (informative), read by us: standard dry flow and conversion to reference oxygen. Refuses to
convert near ambient oxygen, where the formula runs away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from zhihuan.telemetry.simulator.chance import Floats
from zhihuan.telemetry.simulator.episodes import MARKS, Marks
from zhihuan.telemetry.simulator.kinds import KindSpec

__all__ = ["converted", "standard_dry_flow_m3_s", "tie_together"]

Readings = dict[str, Floats]
_STOPPED = MARKS.index("F")
_CALIBRATING = MARKS.index("C")
_AMBIENT_OXYGEN_PERCENT = 21.0
_LEAST_OXYGEN_GAP_PERCENT = 1.0
_STANDARD_KPA = 101.325


def standard_dry_flow_m3_s(  # noqa: PLR0913, PLR0917 - one argument for each symbol of the formula
    velocity_m_s: Floats,
    duct_area_m2: float,
    temperature_c: Floats,
    barometric_kpa: float,
    static_kpa: Floats,
    moisture_percent: Floats,
) -> Floats:
    """Flow at 273 K, 101.325 kPa, dry (HJ 212-2017, annex D): F·V·273/(273+t)·(Ba+Ps)/101.325·(1−X)."""
    warm = 273.0 / (273.0 + temperature_c)
    pressed = (barometric_kpa + static_kpa) / _STANDARD_KPA
    return duct_area_m2 * velocity_m_s * warm * pressed * (1.0 - moisture_percent / 100.0)


def converted(concentration: Floats, oxygen_percent: Floats, reference_percent: float) -> Floats:
    """Concentration at reference oxygen: C·(21−O₂ref)/(21−O₂); NaN where O₂ is within 1 % of 21."""
    gap = _AMBIENT_OXYGEN_PERCENT - oxygen_percent
    usable = gap >= _LEAST_OXYGEN_GAP_PERCENT
    share = (_AMBIENT_OXYGEN_PERCENT - reference_percent) / np.where(usable, gap, 1.0)
    return np.where(usable, concentration * share, np.nan)


def tie_together(kind: KindSpec, readings: Readings, marks: Marks) -> tuple[Readings, Readings]:
    """All factors of the plant, and the converted ones, from the independent readings.

    Returns (values, converted values by factor code); arrays keep their shape.
    """
    values = _RULES[kind.physics](kind, dict(readings), marks)
    reference = kind.constants.get("reference_oxygen_percent")
    if reference is None or "a19001" not in values:
        return values, {}
    return values, {
        spec.code: converted(values[spec.code], values["a19001"], reference)
        for spec in kind.factors
        if spec.converted and spec.code in values
    }


def _plain(kind: KindSpec, readings: Readings, marks: Marks) -> Readings:
    return _calibrate(kind, readings, marks)


def _flue_gas(kind: KindSpec, readings: Readings, marks: Marks) -> Readings:
    stopped = marks == _STOPPED
    readings["a01011"] = np.where(stopped, 0.25, readings["a01011"])
    if "a19001" in readings:
        readings["a19001"] = np.where(stopped, 20.6, readings["a19001"])
    for code in kind.episode_factors:
        if code in readings:
            readings[code] = np.where(stopped, readings[code] * 0.05, readings[code])
    readings["a00000"] = standard_dry_flow_m3_s(
        readings["a01011"],
        kind.constants["duct_area_m2"],
        readings["a01012"],
        kind.constants["barometric_kpa"],
        readings["a01013"],
        readings["a01014"],
    )
    return _calibrate(kind, readings, marks)


def _wastewater(kind: KindSpec, readings: Readings, marks: Marks) -> Readings:
    readings["w00000"] = np.where(marks == _STOPPED, 0.0, readings["w00000"])
    return _calibrate(kind, readings, marks)


def _ambient_air(kind: KindSpec, readings: Readings, marks: Marks) -> Readings:
    if "a34002" in readings and "a34004" in readings:
        # the fine particles are part of the coarse ones
        readings["a34002"] = np.maximum(readings["a34002"], readings["a34004"] * 1.12)
    return _calibrate(kind, readings, marks)


def _power(_kind: KindSpec, readings: Readings, _marks: Marks) -> Readings:
    # the treatment facility must run while production runs; an episode (in which it does not) is
    # what a detector has to find
    load = readings["d20405"] / 60.0
    readings["d30406"] = readings["d30406"] * (4.0 + 9.0 * np.tanh(load))
    return readings


def _calibrate(kind: KindSpec, readings: Readings, marks: Marks) -> Readings:
    calibrating = marks == _CALIBRATING
    if calibrating.any():
        for code in kind.episode_factors:
            if code in readings:
                readings[code] = np.where(calibrating, readings[code] * 0.15, readings[code])
    return readings


_RULES: Mapping[str, Callable[[KindSpec, Readings, Marks], Readings]] = {
    "plain": _plain,
    "flue_gas": _flue_gas,
    "wastewater": _wastewater,
    "ambient_air": _ambient_air,
    "noise": _plain,
    "power": _power,
}
