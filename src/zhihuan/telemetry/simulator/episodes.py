"""What happens at a plant on some days: a raised concentration, a calibration, a stop, a fault.

Decided from the seed and the day alone, so that it is known for any past day. Refuses to span
midnight: an episode that would is cut off there, which keeps each day independent.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhihuan.telemetry.simulator.chance import Floats, Integers, seed_from, uniform
from zhihuan.telemetry.simulator.kinds import KindSpec
from zhihuan.telemetry.simulator.signals import BEIJING_SECONDS, DAY_SECONDS

__all__ = ["MARKS", "marks_at", "raised_by", "within_daily_span"]

Bools = NDArray[np.bool_]
Marks = NDArray[np.uint8]

#: data marks of HJ 212-2017, table 8; a mark in an array is its index here, 0 is normal
MARKS = "NFMSDCTB"
# how many hours each lasts when it happens, and the Beijing hours it may begin in
_MARK_HOURS = {"F": 8.0, "M": 1.5, "S": 1.0, "D": 2.5, "C": 0.4, "T": 0.4, "B": 0.8}
_MARK_BEGINS = {"C": (0.0, 5.0), "F": (0.0, 15.0), "M": (9.0, 16.0)}
_ANY_HOUR = (0.0, 21.0)
_EPISODE_BEGINS = (6.0, 21.0)


def raised_by(kind: KindSpec, device_seed: int, code: str, seconds: Integers) -> Floats | float:
    """The factor by which an episode raises the concentration at each moment; 1 outside."""
    if code not in kind.episode_factors or not kind.episode_chance:
        return 1.0
    seed = seed_from(device_seed, "episode")
    inside = within_daily_span(
        seed, seconds, kind.episode_chance, kind.episode_hours, _EPISODE_BEGINS
    )
    # not every factor of the plant is raised in every episode
    struck = uniform(seed_from(seed, code), _days(seconds)) < 0.75
    return np.where(inside & struck, kind.episode_factor, 1.0)


def marks_at(kind: KindSpec, device_seed: int, seconds: Integers) -> Marks:
    """The data mark at each moment, as its index in ``MARKS``."""
    marks = np.zeros(seconds.shape, dtype=np.uint8)
    for mark, chance in kind.marks.items():
        begins = _MARK_BEGINS.get(mark, _ANY_HOUR)
        seed = seed_from(device_seed, "mark", mark)
        inside = within_daily_span(seed, seconds, chance, _MARK_HOURS[mark], begins)
        marks[inside] = MARKS.index(mark)
    return marks


def within_daily_span(
    seed: int, seconds: Integers, chance: float, hours: float, begins: tuple[float, float]
) -> Bools:
    """Whether each moment lies in that day's span of about ``hours``, on the days that have one."""
    days = _days(seconds)
    first, last = (int(days.min()), int(days.max())) if days.size else (0, 0)
    each_day = np.arange(first, last + 1, dtype=np.int64)
    struck = uniform(seed, each_day * 3) < chance
    begin = begins[0] + (begins[1] - begins[0]) * uniform(seed, each_day * 3 + 1)
    end = begin + hours * (0.5 + uniform(seed, each_day * 3 + 2))
    if not struck.any():
        return np.zeros(seconds.shape, dtype=np.bool_)
    index = days - first
    hour = (seconds + BEIJING_SECONDS) % DAY_SECONDS / 3600.0
    return np.asarray(struck[index] & (hour >= begin[index]) & (hour < end[index]))


def _days(seconds: Integers) -> Integers:
    return np.asarray((seconds + BEIJING_SECONDS) // DAY_SECONDS)
