"""Which day an hour lies in, when hours are labelled by their end.

    >>> days_of_hours(["2026-02-28T23:00", "2026-03-01T00:00", "2026-03-01T01:00"])
    array(['2026-02-28', '2026-02-28', '2026-03-01'], dtype='datetime64[D]')

The value stamped 00:00 is the mean of 23:00 to 24:00 and belongs to the day before; an edition that
begins on a day governs the hours from 01:00 on. It refuses nothing but text that is no time.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from zhihuan.standards.dated import Days

__all__ = ["days_of_hours"]


def days_of_hours(labels: ArrayLike) -> Days:
    """The calendar day of Beijing that each hour lies in, ``datetime64[D]`` in the labels' shape.

    labels: ends of hours in Beijing time, ``datetime64`` or ISO text without zone; NaT stays NaT.
    Source: labelling of the national feed; HJ 633-2012, 5.1.2 (a day is the 24 hours before 0:00).
    """
    ends = np.asarray(labels, dtype="datetime64[m]")
    return np.asarray((ends - np.timedelta64(1, "m")).astype("datetime64[D]"))
