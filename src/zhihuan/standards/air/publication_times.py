"""By when the reports of air quality are to be published, in Beijing time.

    >>> due("daily", "2026-03-01")
    array('2026-03-02T12:00', dtype='datetime64[m]')
    >>> due("hourly", "2026-03-01T16:00")
    array('2026-03-01T17:00', dtype='datetime64[m]')

The daily report by 12:00 of the next day, the real-time report within an hour of the full hour, the
forecast by 20:00 of each day. It refuses to invent a time: the 2012 edition gives none for the daily
report and the forecast, so theirs is missing (NaT).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.air.hour_labels import days_of_hours
from zhihuan.standards.dated import spans_in_force
from zhihuan.standards.parameters import Edition, parameter

__all__ = ["due", "forecast_days"]

Times = NDArray[np.datetime64]
_TIMES = "air/aqi/publication_times"


def due(report: str, of: ArrayLike, *, edition: str | None = None) -> Times:
    """The latest moment of publication, ``datetime64[m]`` in the shape of ``of``; NaT for none.

    report: ``hourly``, ``daily`` or ``forecast``. of: the hour's label (its end) for hourly, else
    the day reported, or the day on which the forecast is made; ``datetime64`` or ISO text, Beijing.
    Raises KeyError for another report, OutsideEditionsError, UnknownEditionError.
    Source: HJ 633-2012, 5.1.3; HJ 633-2026, 5.2.1–5.2.3 (from 2026-03-01).
    """
    if report not in _DUE:
        raise KeyError(f"no report {report!r}; there are: {', '.join(_DUE)}")
    moments = np.asarray(of, dtype="datetime64[m]")
    days = days_of_hours(moments) if report == "hourly" else moments.astype("datetime64[D]")
    found = np.full(moments.shape, np.datetime64("NaT", "m"), dtype="datetime64[m]")
    key, reckon = _DUE[report]
    for span in spans_in_force(parameter(_TIMES), days, edition=edition):
        hours = _hours(span.edition, key)
        if hours is not None:
            np.copyto(found, reckon(moments, hours), where=span.where)
    return found


def forecast_days(*, on: date) -> int | None:
    """How many days ahead a forecast covers at least, today not counted; None where not ruled.

    Source: HJ 633-2026, 5.2.3.
    """
    return _hours(parameter(_TIMES).on(on), "forecast_days")


def _hours(edition: Edition, key: str) -> int | None:
    value = edition.table.get(key)
    return None if value is None else int(str(value))


def _after(moments: Times, hours: int) -> Times:
    return np.asarray(moments + np.timedelta64(hours, "h"))


def _next_day_at(moments: Times, hours: int) -> Times:
    return _same_day_at(moments + np.timedelta64(1, "D"), hours)


def _same_day_at(moments: Times, hours: int) -> Times:
    return np.asarray(moments.astype("datetime64[D]") + np.timedelta64(hours, "h"))


_DUE: Mapping[str, tuple[str, Callable[[Times, int], Times]]] = MappingProxyType(
    {
        "hourly": ("hourly_within_h", _after),
        "daily": ("daily_by_h", _next_day_at),
        "forecast": ("forecast_by_h", _same_day_at),
    }
)
