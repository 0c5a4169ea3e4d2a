"""Day level, night level and day-night level of hourly equivalent levels.

    >>> import numpy as np
    >>> hourly = np.where((np.arange(24) >= 6) & (np.arange(24) < 22), 60.0, 50.0)
    >>> days = day_levels(hourly, np.datetime64("2026-03-01"))
    >>> float(days.ld[0]), round(float(days.ln[0]), 6), float(days.ldn[0])
    (60.0, 50.0, 60.0)

The night of a day is its hours before and after its day-time, not one joined night. It refuses
runs that are no whole days, and a level of a half with too few valid hours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import When, numbers_on
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.noise.levels import energy_mean
from zhihuan.standards.noise.periods import day_time_of
from zhihuan.standards.parameters import parameter

__all__ = ["DayLevels", "day_levels", "day_night_level"]

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
_HOURS = 24


@dataclass(frozen=True, slots=True)
class DayLevels:
    """Levels of each day [dB(A)], (…, days): NaN where a half has too few valid hours.

    day_hours, night_hours: valid hours; day_hours_due, night_hours_due: hours of the halves (days,).
    """

    ld: Floats
    ln: Floats
    ldn: Floats
    day_hours: Counts
    night_hours: Counts
    day_hours_due: Counts
    night_hours_due: Counts


def day_levels(
    hourly: ArrayLike,
    first_day: np.datetime64,
    *,
    day_time: tuple[int, int] | None = None,
    needed_share: float | None = None,
    checked: bool = True,
) -> DayLevels:
    """Ld, Ln and Ldn of each calendar day of Beijing.

    hourly [dB(A)]: Leq of each hour from 00:00 of ``first_day`` on, (…, days·24), NaN invalid.
    day_time: as a local government ruled, (first hour, hour after the last). needed_share: of the
    valid hours each half needs; None takes ``data_validity/noise/hours_per_day`` (20 of 24,
    unconfirmed) for both halves in proportion: 14 of 16 and 7 of 8 hours.
    Raises ValueError (no whole days), InputRefusedError, OutsideEditionsError.
    Source: GB 3096-2008, definitions of Ld and Ln; Ldn as ``day_night_level``. No rounding.
    """
    given = np.asarray(hourly, dtype=np.float64)
    if given.shape[-1] % _HOURS:
        raise ValueError(f"{given.shape[-1]} hours are no whole days; fill the ends with NaN")
    if checked:
        refuse_bad([("noise/level", given)])
    by_day = given.reshape(*given.shape[:-1], -1, _HOURS)
    days = first_day.astype("datetime64[D]") + np.arange(by_day.shape[-2])
    begins, ends = day_time_of(days, ruled=day_time)
    hour = np.arange(_HOURS)
    is_day = (hour >= begins[:, None]) & (hour < ends[:, None])
    share = _needed_share(days) if needed_share is None else np.full(days.shape, needed_share)
    due = is_day.sum(axis=-1)
    ld, day_hours = _half(by_day, is_day, share * due)
    ln, night_hours = _half(by_day, ~is_day, share * (_HOURS - due))
    ldn = day_night_level(ld, ln, day_hours=due, on=days)
    return DayLevels(ld, ln, ldn, day_hours, night_hours, due, _HOURS - due)


def day_night_level(
    ld: ArrayLike,
    ln: ArrayLike,
    *,
    day_hours: ArrayLike = 16,
    on: When,
) -> Floats:
    """Ldn [dB(A)] of day and night levels: the night counts ten decibels more.

    ld, ln [dB(A)] broadcast, NaN in either gives NaN; day_hours: hours of day-time (16).
    10 lg{[16·10^(Ld/10) + 8·10^((Ln+10)/10)]/24}: the common definition (unconfirmed in the
    standard). No rounding.

    >>> round(float(day_night_level(60.0, 55.0, on=np.datetime64("2026-03-01"))), 2)
    62.36
    """
    day, penalty = (
        np.asarray(ld, dtype=np.float64),
        numbers_on(parameter("noise/night_penalty"), on),
    )
    night, hours = np.asarray(ln, dtype=np.float64) + penalty, np.asarray(day_hours)
    both = np.stack(np.broadcast_arrays(day, night), axis=-1)
    weights = np.stack(np.broadcast_arrays(hours, _HOURS - hours), axis=-1)
    mean = energy_mean(both, weights=np.broadcast_to(weights, both.shape))
    return np.where(np.isnan(both).any(axis=-1), np.nan, mean)


def _needed_share(days: NDArray[np.datetime64]) -> Floats:
    return numbers_on(parameter("data_validity/noise/hours_per_day"), days) / _HOURS


def _half(by_day: Floats, half: NDArray[np.bool_], needed: Floats) -> tuple[Floats, Counts]:
    members = np.where(half, by_day, np.nan)
    valid = (~np.isnan(members)).sum(axis=-1)
    enough = valid >= np.maximum(needed, 1)
    return np.where(enough, energy_mean(members), np.nan), valid
