"""Day level, night level and day-night level of hourly sound levels.

    Ld, Ln: energy means over the hours of day and night; Ldn = 10 lg{[16·10^(Ld/10) +
    8·10^((Ln+10)/10)]/24} for a day of 16 hours.

Source: GB 3096-2008, definitions (second hand); Ldn from general knowledge of the field. The hours
that are day come from the dated parameter ``data_validity/noise/day_time``; a local government may
rule others. It refuses a level of a half without a valid hour.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.data_validity import Mean
from zhihuan.standards.noise import day_night_level
from zhihuan.standards.parameters import parameter
from zhihuan.telemetry.aggregation.grouping import grouped
from zhihuan.telemetry.aggregation.means import mean_of_groups
from zhihuan.telemetry.aggregation.periods import Length, beijing_days, hour_of_day

__all__ = ["DayLevels", "day_levels", "day_time_hours"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class DayLevels:
    """One row a series and day: levels [dB], NaN where a half has no hour; hours used and due."""

    series: Ints
    start: Ints
    day: Floats
    night: Floats
    day_night: Floats
    day_hours: Ints
    night_hours: Ints
    day_hours_due: Ints


def day_time_hours(time: Ints) -> tuple[Ints, Ints]:
    """The first hour of day-time and the hour after its last (Beijing's clock), for each moment.

    time: epoch seconds UTC. Raises OutsideEditionsError for a day before the rule.
    """
    days, which = np.unique(beijing_days(time), return_inverse=True)
    tables = [parameter("data_validity/noise/day_time").on(day).table for day in days.tolist()]
    begins = np.array([int(str(table["begins_hour"])) for table in tables], dtype=np.int64)
    ends = np.array([int(str(table["ends_hour"])) for table in tables], dtype=np.int64)
    return begins[which], ends[which]


def day_levels(series: Ints, time: Ints, hourly_db: Floats, usable: Bools) -> DayLevels:
    """Ld, Ln and Ldn of each series and calendar day of Beijing.

    time: start of each hour, epoch seconds UTC; hourly_db: its Leq [dB]; usable: the hour is
    valid. The night of a day is its hours before and after the day-time, not one joined night.
    """
    groups = grouped(series, time, Length.DAY)
    order = groups.order
    levels, moments, valid = hourly_db[order], time[order], usable[order]
    begins, ends = day_time_hours(moments)
    hour = hour_of_day(moments)
    is_day = (hour >= begins) & (hour < ends)
    nothing = np.full(len(levels), np.nan)
    day, night = (
        mean_of_groups(Mean.ENERGY, levels, nothing, valid & half, groups)
        for half in (is_day, ~is_day)
    )
    due = (ends - begins)[groups.first]
    return DayLevels(
        series=groups.series,
        start=groups.start,
        day=day,
        night=night,
        day_night=day_night_level(day, night, day_hours=due, on=beijing_days(groups.start)),
        day_hours=groups.sums((valid & is_day).astype(np.int64)),
        night_hours=groups.sums((valid & ~is_day).astype(np.int64)),
        day_hours_due=due,
    )
