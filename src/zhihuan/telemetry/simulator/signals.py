"""How one factor moves through day and week: a mean, a rhythm, a slow walk and instrument noise.

Values only; what they mean together (totals, conversion to reference oxygen) is ``physics``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from zhihuan.telemetry.simulator.chance import Floats, Integers, normal, seed_from, wander

BEIJING_SECONDS = 8 * 3600
DAY_SECONDS = 86_400
_MONDAY_OFFSET_DAYS = 3  # 1970-01-01 was a Thursday


@dataclass(frozen=True, slots=True)
class Signal:
    """The movement of one factor, in the unit the factor is reported in.

    mean: the middle level. spread: how much devices differ from one another (deviation of the
    logarithm, or of the value when ``scale`` is linear). day: half the swing of the day's rhythm,
    ``peak_hour`` its top in Beijing time. weekend: what Saturday and Sunday add. walk: deviation of
    the slow walk with knots ``walk_hours`` apart. city: the share of the walk that all devices
    have in common (weather). noise: deviation of the instrument. On the log scale day, weekend,
    walk and noise are parts of the mean; on the linear scale they are in the factor's unit.
    hold_seconds: an analyser that samples in cycles repeats its value for this long; 0 for none.
    """

    mean: float
    scale: Literal["log", "linear"] = "log"
    spread: float = 0.0
    day: float = 0.0
    peak_hour: float = 14.0
    weekend: float = 0.0
    walk: float = 0.0
    walk_hours: float = 3.0
    city: float = 0.0
    noise: float = 0.0
    minimum: float = 0.0
    maximum: float = math.inf
    hold_seconds: int = 0


def level(signal: Signal, device_seed: int, city_seed: int, code: str, seconds: Integers) -> Floats:
    """The factor's value at each moment (epoch seconds UTC, any shape); never NaN."""
    if signal.hold_seconds:
        seconds = seconds - seconds % signal.hold_seconds
    rhythm = _rhythm(signal, seconds) + signal.walk * _walk(
        signal, device_seed, city_seed, code, seconds
    )
    jitter = signal.noise * normal(seed_from(device_seed, code, "noise"), seconds)
    own = _own_mean(signal, device_seed, code)
    if signal.scale == "log":
        # exp keeps concentrations positive and gives them their right-hand tail
        values = own * np.exp(rhythm) * (1.0 + jitter)
    else:
        values = own + rhythm + jitter
    return np.clip(values, signal.minimum, signal.maximum)


@lru_cache(maxsize=131_072)
def _own_mean(signal: Signal, device_seed: int, code: str) -> float:
    draw = float(normal(seed_from(device_seed, code, "mean"), np.zeros(1, dtype=np.int64))[0])
    if signal.scale == "log":
        return signal.mean * math.exp(signal.spread * draw)
    return signal.mean + signal.spread * draw


def _rhythm(signal: Signal, seconds: Integers) -> Floats:
    local = seconds + BEIJING_SECONDS
    angle = 2.0 * math.pi * (local % DAY_SECONDS / 3600.0 - signal.peak_hour) / 24.0
    # a second harmonic: mornings rise faster than evenings fall
    daily = signal.day * (np.cos(angle) + 0.3 * np.cos(2.0 * angle))
    weekend = (local // DAY_SECONDS + _MONDAY_OFFSET_DAYS) % 7 >= 5
    return np.asarray(daily + signal.weekend * weekend, dtype=np.float64)


def _walk(signal: Signal, device_seed: int, city_seed: int, code: str, seconds: Integers) -> Floats:
    knots = max(60, int(signal.walk_hours * 3600))
    own = wander(seed_from(device_seed, code, "walk"), seconds, knots)
    if not signal.city:
        return own
    shared = wander(seed_from(city_seed, code, "walk"), seconds, knots)
    return math.sqrt(1.0 - signal.city**2) * own + signal.city * shared
