"""The walk's own reckoning of last days, as a clerk does it on paper: by the State Council's notice for 2026
(国办发明电〔2025〕7号), day after day. Knows nothing of the platform's clock."""

from __future__ import annotations

import datetime as dt

_DAY = dt.timedelta(days=1)
#: Of autumn 2026: Mid-Autumn, National Day; the Sunday and the Saturday that are worked for them.
_OFF = {dt.date(2026, 9, day) for day in (25, 26, 27)} | {
    dt.date(2026, 10, day) for day in range(1, 8)
}
_WORKED = {dt.date(2026, 9, 20), dt.date(2026, 10, 10)}


def is_worked(day: dt.date) -> bool:
    """Whether offices work that day."""
    return day in _WORKED or (day.weekday() < 5 and day not in _OFF)


def working_days(after: dt.date, count: int) -> dt.date:
    """The last of so many working days; the day itself is not counted."""
    day = after
    while count:
        day += _DAY
        count -= is_worked(day)
    return day


def calendar_days(after: dt.date, count: int) -> dt.date:
    """The last of so many days; one on which offices are closed moves to the next that is worked."""
    day = after + count * _DAY
    while not is_worked(day):
        day += _DAY
    return day
