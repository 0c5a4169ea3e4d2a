"""One outlet's factors and their hours, for tests of the room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from zhihuan.standards.data_validity import Subject
from zhihuan.standards.emission import Limit, Period
from zhihuan.supervision.exceedance import Mark, Monitored, Rows, Window, window_of

#: 2026-03-01 00:00 in Beijing.
MIDNIGHT = int(datetime(2026, 2, 28, 16, tzinfo=UTC).timestamp())
HOUR, DAY = 3600, 86_400
NAN = float("nan")


def limit(upper: float = 35.0, period: Period = Period.HOUR, **fields: Any) -> Limit:
    """A limit of an invented permit, in force since 2019."""
    given = {"in_force_from": date(2019, 1, 1), "clause": "表1", "standard": "排污许可证"}
    return Limit("二氧化硫", "mg/m³", period, upper=upper, **(given | fields))


def flue(*limits: Limit, marks: Sequence[Mark] = (), factor: str = "a21026") -> Monitored:
    """A factor of a stack; hourly and daily limits sorted by their period."""
    return _monitored(Subject.FLUE_GAS, factor, limits, marks)


def water(*limits: Limit, marks: Sequence[Mark] = (), flow: int | None = None) -> Monitored:
    """A factor of a sewer."""
    return _monitored(Subject.WASTEWATER, "w01018", limits, marks, flow)


def _monitored(
    subject: Subject,
    factor: str,
    limits: Sequence[Limit],
    marks: Sequence[Mark],
    flow: int | None = None,
) -> Monitored:
    hourly = tuple(each for each in limits if each.period is Period.HOUR)
    daily = tuple(each for each in limits if each.period is Period.DAY)
    return Monitored(factor, subject, hourly, daily, tuple(marks), flow)


def hours(
    *series: Sequence[float],
    marks: Sequence[Sequence[str]] | None = None,
    short: Sequence[tuple[int, int]] = (),
    until: int | None = None,
) -> Window:
    """Hours from MIDNIGHT on, filled up to whole days with nothing; marks: letters; short: places."""
    count = max(len(each) for each in series)
    days = -(-count // 24)
    letters = marks or [["N"] * len(each) for each in series]
    found = [
        (row, MIDNIGHT + HOUR * place, value, letters[row][place], (row, place) in short)
        for row, values in enumerate(series)
        for place, value in enumerate(values)
    ]
    columns = list(zip(*found, strict=True))
    rows = Rows(
        np.array(columns[0]), np.array(columns[1]), np.array(columns[2], dtype=float),
        np.array(columns[3], dtype="U4"), np.array(columns[4], dtype=bool),
    )  # fmt: skip
    ended = MIDNIGHT + days * DAY if until is None else until
    return window_of(rows, series=len(series), start=MIDNIGHT, hours=days * 24, until=ended)


def mark(first: float, last: float, kind: str = "fault", **fields: Any) -> Mark:
    """A mark over the hours [first, last) of the first day, made at its end unless said otherwise."""
    start, end = MIDNIGHT + int(first * HOUR), MIDNIGHT + int(last * HOUR)
    given = {"number": 1, "made": end}
    return Mark(kind=kind, start=start, end=end, **(given | fields))


def moment(text: str) -> int:
    """``2026-03-02 12:00`` of Beijing as epoch seconds."""
    return int((datetime.fromisoformat(text) - timedelta(hours=8)).replace(tzinfo=UTC).timestamp())
