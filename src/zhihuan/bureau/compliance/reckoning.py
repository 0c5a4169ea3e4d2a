"""Hours due, received, valid and exceeding of one point, quarter by quarter, in one pass over arrays.

Due are the factors registered at the point, every hour from the day a device stood there; an hour is
valid when its mark is normal and it has a number (as the effective transmission rate counts), and
exceeding when it is valid and outside the hourly limit that was in force that day, as converted (折算)
where the device sent that. It judges no daily or real-time limit and refuses a share of nothing: NaN.

Pure: values in, figures out; ``of_points`` reads what it needs.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from zhihuan.bureau.compliance.quarter import Quarter, epoch_of
from zhihuan.telemetry.aggregation.columns import Coded
from zhihuan.telemetry.aggregation.named_members import normal_marks
from zhihuan.telemetry.store import MeasurementColumns

HOUR = 3600
_NO_END = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Stay:
    """A device at a point in [start, end) [epoch s]."""

    mn: str
    start: int
    end: int = int(_NO_END)


@dataclass(frozen=True, slots=True)
class HourLimit:
    """A limit on hourly values in [start, end) [epoch s]; NaN: not bounded on that side."""

    factor: str
    lower: float
    upper: float
    start: int
    end: int = int(_NO_END)

    @classmethod
    def of(
        cls,
        factor: str,
        bounds: tuple[float | None, float | None],
        days: tuple[dt.date, dt.date | None],
    ) -> HourLimit:
        """``bounds``: lower, upper; ``days``: first and last day in force, None until further notice."""
        # one NaN for all: another one would be unequal, and what is kept by limits never found again
        lower, upper = (math.nan if each is None else each for each in bounds)
        first, last = days
        end = int(_NO_END) if last is None else epoch_of(last + dt.timedelta(days=1))
        return cls(factor, lower, upper, epoch_of(first), end)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a point is judged by: who measured there, what it owes, within which limits."""

    stays: tuple[Stay, ...]
    factors: tuple[str, ...]
    limits: tuple[HourLimit, ...]

    def within(self, start: int, end: int) -> Judged:
        """What of it bears on [start, end) [epoch s]: a digest of this is the same whatever was before."""
        return Judged(
            tuple(_cut(each, start, end) for each in self.stays if _meets(each, start, end)),
            self.factors,
            tuple(_cut(each, start, end) for each in self.limits if _meets(each, start, end)),
        )


_Spanning = TypeVar("_Spanning", Stay, HourLimit)


def _meets(each: Stay | HourLimit, start: int, end: int) -> bool:
    return each.start < end and each.end > start


def _cut(each: _Spanning, start: int, end: int) -> _Spanning:
    return replace(each, start=max(each.start, start), end=min(each.end, end))


@dataclass(frozen=True, slots=True)
class Hours:
    """The judged hours of one point, row by row: ``time`` [epoch s, start of the hour]."""

    factor: NDArray[np.object_]
    time: NDArray[np.int64]
    value: NDArray[np.float64]
    valid: NDArray[np.bool_]
    exceeding: NDArray[np.bool_]
    limit: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.time)


@dataclass(frozen=True, slots=True)
class Figures:
    """Hours of one point in one quarter, counted by factor and hour."""

    due: int = 0
    received: int = 0
    valid: int = 0
    exceeding: int = 0
    by_factor: Mapping[str, int] = field(default_factory=dict)

    @property
    def transmission_rate(self) -> float:
        """received / due; NaN when nothing was due."""
        return self.received / self.due if self.due else float("nan")

    @property
    def valid_share(self) -> float:
        """valid / due; NaN when nothing was due."""
        return self.valid / self.due if self.due else float("nan")

    def __add__(self, other: Figures) -> Figures:
        factors = {*self.by_factor, *other.by_factor}
        return Figures(
            self.due + other.due,
            self.received + other.received,
            self.valid + other.valid,
            self.exceeding + other.exceeding,
            {f: self.by_factor.get(f, 0) + other.by_factor.get(f, 0) for f in sorted(factors)},
        )


def hours_of(judged: Judged, rows: MeasurementColumns) -> Hours:
    """The hours that belong to the point, each once, judged; the newest received of two devices."""
    mine = np.zeros(len(rows), dtype=bool)
    for stay in judged.stays:
        mine |= (rows.mn == stay.mn) & (rows.time >= stay.start) & (rows.time < stay.end)
    kept = np.flatnonzero(mine)
    kept = kept[_newest(rows, kept)]
    factor, time = rows.factor[kept], rows.time[kept]
    converted = rows.zs_value[kept]
    value = np.where(np.isnan(converted), rows.value[kept], converted)
    valid = normal_marks(Coded.of(rows.flag[kept])) & np.isfinite(rows.value[kept])
    limit = _limits_at(judged.limits, factor, time)
    beyond = _beyond(judged.limits, limit, value)
    return Hours(factor, time, value, valid, valid & beyond, limit)


def _newest(rows: MeasurementColumns, kept: NDArray[np.int64]) -> NDArray[np.int64]:
    """Places in ``kept`` of the newest received row of each (factor, time), sorted by both."""
    names, codes = np.unique(rows.factor[kept].astype(str), return_inverse=True)
    order = np.lexsort((-rows.received[kept], rows.time[kept], codes))
    keys = codes[order] * np.int64(1 << 40) + rows.time[kept][order]
    _values, first = np.unique(keys, return_index=True)
    del names
    return order[first]


def _limits_at(
    limits: Sequence[HourLimit], factor: NDArray[np.object_], time: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The number of the limit in force for each row, -1 for none; of several the later one."""
    found = np.full(len(time), -1, dtype=np.int64)
    for number, limit in enumerate(limits):
        here = (factor == limit.factor) & (time >= limit.start) & (time < limit.end)
        found[here] = number
    return found


def _beyond(
    limits: Sequence[HourLimit], limit: NDArray[np.int64], value: NDArray[np.float64]
) -> NDArray[np.bool_]:
    lower = np.array([*(each.lower for each in limits), np.nan])[limit]
    upper = np.array([*(each.upper for each in limits), np.nan])[limit]
    with np.errstate(invalid="ignore"):
        return np.asarray((value > upper) | (value < lower), dtype=np.bool_)


def figures_of(
    judged: Judged, hours: Hours, quarters: Sequence[Quarter], until: int
) -> list[Figures]:
    """The figures of each quarter, of what was due before ``until`` [epoch s]."""
    return [_figures(judged, hours, each, until) for each in quarters]


def _figures(judged: Judged, hours: Hours, quarter: Quarter, until: int) -> Figures:
    start, end = quarter.start, min(quarter.end, until)
    due_hours = _hours_covered(judged.stays, start, end)
    inside = (hours.time >= start) & (hours.time < end)
    owed = np.isin(hours.factor.astype(str), np.array(judged.factors or ("",)))
    names = judged.factors or tuple(sorted(set(hours.factor[inside].tolist())))
    counted = inside & (owed if judged.factors else True)
    exceeding = inside & hours.exceeding
    codes, counts = np.unique(hours.factor[exceeding].astype(str), return_counts=True)
    return Figures(
        due=due_hours * len(names),
        received=int(counted.sum()),
        valid=int((counted & hours.valid).sum()),
        exceeding=int(exceeding.sum()),
        by_factor=dict(zip(codes.tolist(), counts.tolist(), strict=True)),
    )


def _hours_covered(stays: Sequence[Stay], start: int, end: int) -> int:
    """Whole hours in [start, end) during which any device stood there; stays may overlap."""
    covered, reached = 0, start
    for stay in sorted(stays, key=lambda each: each.start):
        first, last = max(stay.start, reached), min(stay.end, end)
        if last > first:
            covered += (last - first) // HOUR
            reached = last
    return covered
