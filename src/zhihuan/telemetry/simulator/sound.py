"""Sampled sound levels -> the statistics a noise monitor reports.

Levels are dB(A). Leq is the energy mean; Lx the level exceeded x % of the time; Ldn weighs the
night by 10 dB. Day is 06:00–22:00 Beijing time (GB 3096-2008). Refuses to average decibels.
"""

from __future__ import annotations

import numpy as np

from zhihuan.telemetry.simulator.chance import Floats

__all__ = ["energy_mean", "sound_periods"]

_EXCEEDED_PERCENT = {"L5": 5, "L10": 10, "L50": 50, "L90": 90, "L95": 95}
_DAY_BEGINS_HOUR, _NIGHT_BEGINS_HOUR = 6.0, 22.0
_NIGHT_PENALTY_DB = 10.0


def energy_mean(
    levels: Floats, where: np.ndarray[tuple[int, ...], np.dtype[np.bool_]] | None = None
) -> Floats:
    """The level whose steady sound carries the same energy, along the last axis; NaN samples and
    those not in ``where`` are left out, and NaN is the result when none is left."""
    used = ~np.isnan(levels) if where is None else where & ~np.isnan(levels)
    energy = np.where(used, 10.0 ** (np.nan_to_num(levels) / 10.0), 0.0).sum(axis=-1)
    count = used.sum(axis=-1)
    mean = energy / np.where(count, count, 1)
    return np.where(count > 0, 10.0 * np.log10(np.where(count > 0, mean, 1.0)), np.nan)


def sound_periods(levels: Floats, local_hours: Floats) -> dict[str, Floats]:
    """Statistics of each row of samples. levels, local_hours: (periods, samples) -> (periods,)."""
    daytime = (local_hours >= _DAY_BEGINS_HOUR) & (local_hours < _NIGHT_BEGINS_HOUR)
    result = {"Leq": energy_mean(levels)}
    for code, percent in _EXCEEDED_PERCENT.items():
        result[code] = np.percentile(levels, 100 - percent, axis=-1)
    result["LMx"], result["LMn"] = levels.max(axis=-1), levels.min(axis=-1)
    if daytime.any(axis=-1).all() and (~daytime).any(axis=-1).all():
        result["Ld"] = energy_mean(levels, daytime)
        result["Ln"] = energy_mean(levels, ~daytime)
        result["Ldn"] = _day_night(result["Ld"], result["Ln"])
    return result


def _day_night(day: Floats, night: Floats) -> Floats:
    hours = _NIGHT_BEGINS_HOUR - _DAY_BEGINS_HOUR
    weighted = hours * 10.0 ** (day / 10.0) + (24.0 - hours) * 10.0 ** (
        (night + _NIGHT_PENALTY_DB) / 10.0
    )
    return np.asarray(10.0 * np.log10(weighted / 24.0))
