"""A point's state over the last days: stretches of hours that exceeded, or must not be judged.

From the devices' own hourly values, each judged by the limit in force on its day. Neighbouring hours
of one factor and one verdict become one episode. It refuses to fill gaps: an hour without a value
ends an episode.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from zhihuan.bureau.registry.models import PointLimit
from zhihuan.telemetry.point_state import PointState, Readings, Verdict, judge, mark_verdicts
from zhihuan.telemetry.store import MeasurementColumns

_HOUR_SECONDS = 3_600
_TOLD = {Verdict.EXCEEDING: PointState.EXCEEDING, Verdict.INVALID: PointState.ABNORMAL}


@dataclass(frozen=True, slots=True)
class Episode:
    """From the start of its first hour to the end of its last [epoch s]. worst: the value furthest
    beyond its limit, NaN where the value must not be judged; marks: what the device said."""

    factor: str
    state: PointState
    start: int
    end: int
    worst: float
    marks: tuple[str, ...]

    @property
    def hours(self) -> int:
        return (self.end - self.start) // _HOUR_SECONDS


def episodes(rows: MeasurementColumns, limits: Sequence[PointLimit]) -> list[Episode]:
    """The episodes in hourly ``rows`` (by mn, factor, time), newest first."""
    if len(rows) == 0:
        return []
    upper, lower = _limit_columns(rows, limits)
    judged = np.where(np.isnan(rows.zs_value), rows.value, rows.zs_value)
    verdicts = judge(
        Readings(
            point=np.zeros(len(rows), dtype=np.int64),
            value=judged,
            upper=upper,
            lower=lower,
            verdict=mark_verdicts(list(rows.flag)),
            fresh=np.ones(len(rows), dtype=np.bool_),
        )
    )
    found = (
        _episode(rows, judged, verdicts, stretch, upper)
        for stretch in _stretches(rows, verdicts)
        if Verdict(int(verdicts[stretch[0]])) in _TOLD
    )
    return sorted(found, key=lambda episode: (-episode.start, episode.factor))


def _limit_columns(
    rows: MeasurementColumns, limits: Sequence[PointLimit]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The limit in force on the day of each row; of several the one that came into force last."""
    upper, lower = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    for limit in sorted(limits, key=lambda limit: limit.valid_from):
        begin = _midnight(limit.valid_from)
        end = _midnight(limit.valid_until + dt.timedelta(days=1)) if limit.valid_until else np.inf
        here = (rows.factor == limit.factor) & (rows.time >= begin) & (rows.time < end)
        upper[here] = np.nan if limit.upper is None else limit.upper
        lower[here] = np.nan if limit.lower is None else limit.lower
    return upper, lower


def _midnight(day: dt.date) -> float:
    return timezone.make_aware(dt.datetime.combine(day, dt.time())).timestamp()


def _stretches(rows: MeasurementColumns, verdicts: NDArray[np.int8]) -> Iterator[tuple[int, int]]:
    """Index ranges [first, last] of neighbouring hours of one device, factor and verdict."""
    breaks = (
        (rows.mn[1:] != rows.mn[:-1])
        | (rows.factor[1:] != rows.factor[:-1])
        | (np.diff(rows.time) != _HOUR_SECONDS)
        | (verdicts[1:] != verdicts[:-1])
    )
    firsts = [0, *(np.flatnonzero(breaks) + 1).tolist()]
    lasts = [*(first - 1 for first in firsts[1:]), len(rows) - 1]
    yield from zip(firsts, lasts, strict=True)


def _episode(
    rows: MeasurementColumns,
    judged: NDArray[np.float64],
    verdicts: NDArray[np.int8],
    stretch: tuple[int, int],
    upper: NDArray[np.float64],
) -> Episode:
    first, last = stretch
    inside = slice(first, last + 1)
    state = _TOLD[Verdict(int(verdicts[first]))]
    above = bool((judged[inside] > upper[inside]).any())
    worst = np.nan
    if state is PointState.EXCEEDING:
        worst = float(judged[inside].max() if above else judged[inside].min())
    return Episode(
        factor=rows.factor[first],
        state=state,
        start=int(rows.time[first]),
        end=int(rows.time[last]) + _HOUR_SECONDS,
        worst=worst,
        marks=tuple(sorted({mark for mark in rows.flag[inside] if mark})),
    )
