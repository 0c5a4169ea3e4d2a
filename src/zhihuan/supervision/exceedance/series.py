"""What is judged: the hours of many series on one grid, and what each series is judged by.

    window = window_of(rows, series=2, start=midnight, hours=48, until=now)

It refuses spans that are no whole days of Beijing: daily means are made of the same hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.data_validity import Subject
from zhihuan.standards.dated import Days
from zhihuan.standards.emission.limits import Limit
from zhihuan.standards.emission.states import HourState, States, states_of_marks
from zhihuan.standards.hours import BEIJING_OFFSET_SECONDS
from zhihuan.standards.inputs import suspects
from zhihuan.supervision.exceedance.marks import Mark

__all__ = ["Monitored", "Rows", "Window", "window_of"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
_HOUR, _DAY = 3600, 86_400
# infinite, negative and absurd numbers are no measurement
_GUARD = "emission/other"


@dataclass(frozen=True, slots=True)
class Monitored:
    """One factor of one outlet. factor: HJ 212 code. hour_limits, day_limits: its limits in any order; of
    several in force on a day the one that came into force last governs. marks: the discharger's, all of
    the outlet. flow: the row of the window that holds its water flow, None for an unweighted daily mean. start_stop: from
    which day of Beijing on hours of start-up and shut-down are left out (True) or judged, oldest first, none left out before
    the first; each hour is judged by its own day. (): as each limit says."""

    factor: str
    subject: Subject
    hour_limits: tuple[Limit, ...] = ()
    day_limits: tuple[Limit, ...] = ()
    marks: tuple[Mark, ...] = ()
    flow: int | None = None
    start_stop: tuple[tuple[date, bool], ...] = ()

    @property
    def only_warns_by_hour(self) -> bool:
        """Hours of waste water warn; the daily mean decides."""
        return self.subject is Subject.WASTEWATER

    @property
    def limits_of_hours(self) -> tuple[Limit, ...]:
        """What hours are held against: hourly limits, for waste water without any the daily ones."""
        if self.hour_limits or not self.only_warns_by_hour:
            return self.hour_limits
        return self.day_limits


@dataclass(frozen=True, slots=True)
class Rows:
    """Hourly rows of the series, in any order, each (series, hour) once.

    series: row of the window; time: start of the hour [epoch s]; value: in the limits' unit, of flue gas
    as converted (折算); mark: the device's letter, "" counts as N; short: fewer valid minutes than needed.
    """

    series: NDArray[np.intp]
    time: Ints
    value: Floats
    mark: NDArray[np.str_]
    short: Bools


@dataclass(frozen=True, slots=True)
class Window:
    """Whole days of hours. value: (series, hours), NaN missing. state: by device mark and validity. short:
    left out for too few valid minutes. start: 00:00 of Beijing [epoch s]; periods that end after ``until``
    [epoch s] are not judged yet."""

    start: int
    until: int
    value: Floats
    state: States
    short: Bools

    @property
    def hours(self) -> int:
        """How many hours."""
        return int(self.value.shape[-1])

    @property
    def days(self) -> Days:
        """The days of Beijing (days,)."""
        first = (self.start + BEIJING_OFFSET_SECONDS) // _DAY
        return (first + np.arange(self.hours // 24)).astype("datetime64[D]")

    def ended(self, step_seconds: int) -> Bools:
        """Which periods of that length have ended by ``until``."""
        count = self.hours * _HOUR // step_seconds
        return self.start + step_seconds * (1 + np.arange(count)) <= self.until


def window_of(rows: Rows, *, series: int, start: int, hours: int, until: int) -> Window:
    """Rows laid on the grid; rows outside it are left out.

    Raises ValueError for a span that is no whole days, OutsideEditionsError for days before the mark
    table (2017-05-01).
    """
    if (start + BEIJING_OFFSET_SECONDS) % _DAY or hours % 24:
        raise ValueError(f"a window is whole days of Beijing: start {start}, {hours} hours")
    place = (rows.time - start) // _HOUR
    inside = (place >= 0) & (place < hours)
    at = (rows.series[inside], place[inside])
    value = np.full((series, hours), np.nan)
    value[at] = rows.value[inside]
    short = np.zeros((series, hours), dtype=bool)
    short[at] = rows.short[inside]
    state = np.zeros((series, hours), dtype=np.int8)
    state[at] = _states(rows, inside)
    state[short | suspects(_GUARD, value)] = HourState.INVALID
    return Window(start, until, value, state, short)


def _states(rows: Rows, inside: Bools) -> States:
    letters = rows.mark[inside]
    days = (rows.time[inside] + BEIJING_OFFSET_SECONDS) // _DAY
    return states_of_marks(np.where(letters == "", "N", letters), on=days.astype("datetime64[D]"))
