"""Day level, night level and day-night level of hourly sound levels.

    Ld, Ln: energy means over the hours of day and night; Ldn = 10 lg{[16·10^(Ld/10) +
    8·10^((Ln+10)/10)]/24} for a day of 16 hours.

Source: GB 3096-2008, definitions (second hand); Ldn from general knowledge of the field. The hours
that are day come from the dated parameter ``data_validity/noise/day_time``; a local government may
rule others. It refuses levels of a day with no valid hour in the half it needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.data_validity import Mean
from zhihuan.standards.parameters import parameter
from zhihuan.telemetry.aggregation.grouping import grouped
from zhihuan.telemetry.aggregation.means import mean_of_groups
from zhihuan.telemetry.aggregation.periods import Length, hour_of_day

__all__ = ["DayLevels", "DayTime", "day_levels", "day_time_on"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_NIGHT_PENALTY_DB = 10.0


@dataclass(frozen=True, slots=True)
class DayTime:
    """The hours of Beijing's clock that count as day: begins ≤ hour < ends."""

    begins: int
    ends: int

    @property
    def hours(self) -> int:
        """How many hours of 24 are day."""
        return self.ends - self.begins


@dataclass(frozen=True, slots=True)
class DayLevels:
    """One row a series and day: levels [dB], NaN where a half has no hour; counts of hours used."""

    series: Ints
    start: Ints
    day: Floats
    night: Floats
    day_night: Floats
    day_hours: Ints
    night_hours: Ints


def day_time_on(day: date) -> DayTime:
    """The day-time in force on a day of Beijing. Raises OutsideEditionsError."""
    table = parameter("data_validity/noise/day_time").on(day).table
    return DayTime(begins=int(str(table["begins_hour"])), ends=int(str(table["ends_hour"])))


def day_levels(
    series: Ints, time: Ints, hourly_db: Floats, usable: NDArray[np.bool_], day_time: DayTime
) -> DayLevels:
    """Ld, Ln and Ldn of each series and calendar day of Beijing.

    time: start of each hour, epoch seconds UTC; hourly_db: its Leq [dB]; usable: the hour is
    valid. The night of a day is its hours before and after the day-time, not one joined night.
    """
    groups = grouped(series, time, Length.DAY)
    order = groups.order
    hour = hour_of_day(time[order])
    by_day = usable[order] & (hour >= day_time.begins) & (hour < day_time.ends)
    by_night = usable[order] & ~((hour >= day_time.begins) & (hour < day_time.ends))
    levels, none = hourly_db[order], np.full(len(order), np.nan)
    day, night = (
        mean_of_groups(Mean.ENERGY, levels, none, half, groups) for half in (by_day, by_night)
    )
    return DayLevels(
        series=groups.series,
        start=groups.start,
        day=day,
        night=night,
        day_night=_day_night(day, night, day_time),
        day_hours=groups.sums(by_day.astype(np.int64)),
        night_hours=groups.sums(by_night.astype(np.int64)),
    )


def _day_night(day: Floats, night: Floats, day_time: DayTime) -> Floats:
    penalised = night + _NIGHT_PENALTY_DB
    loudest = np.maximum(day, penalised)
    by_day = day_time.hours * 10.0 ** ((day - loudest) / 10.0)
    by_night = (24 - day_time.hours) * 10.0 ** ((penalised - loudest) / 10.0)
    return loudest + 10.0 * np.log10((by_day + by_night) / 24.0)
