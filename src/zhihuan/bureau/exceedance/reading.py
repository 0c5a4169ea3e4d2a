"""The hours of outlets out of the store, as rows of a window.

A device's hour belongs to the point at which the device stood then; where two devices send the same hour
of a factor, the one received last counts. An hour of which our own statistics know too few valid
minutes is short. Store errors reach the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from zhihuan.bureau.acquisition.store import the_store
from zhihuan.bureau.compliance.reckoning import Stay
from zhihuan.bureau.exceedance.outlets import FLOW, Outlet
from zhihuan.standards.data_validity import Subject
from zhihuan.supervision.exceedance import Monitored, Rows, Window, window_of
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store import MeasurementColumns, StatisticTable

__all__ = ["Read", "read_hours"]

_HOUR = 3600
_Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Read:
    """keys: (point, factor) of each row of the window. series: what each is judged by; flow rows are judged
    by nothing."""

    keys: tuple[tuple[int, str], ...]
    series: tuple[Monitored, ...]
    window: Window


def read_hours(outlets: Sequence[Outlet], start: int, end: int, until: int) -> Read:
    """The hours that begin in [start, end), whole days of Beijing [epoch s]; two reads of the store. An outlet
    that sent no flow at all is averaged unweighted, and its reasons say so."""
    keys = [key for each in outlets for key in _keys(each)]
    place = {key: number for number, key in enumerate(keys)}
    by_point = {each.point: each for each in outlets}
    rows = _rows(_stays(outlets), place, start, end)
    hours = (end - start) // _HOUR
    window = window_of(rows, series=len(keys), start=start, hours=hours, until=until)
    measured = np.isfinite(window.value).any(axis=-1)
    flows = {point: row for (point, code), row in place.items() if code == FLOW and measured[row]}
    series = [by_point[point].monitored(factor, flows.get(point)) for point, factor in keys]
    return Read(tuple(keys), tuple(series), window)


def _keys(outlet: Outlet) -> Iterator[tuple[int, str]]:
    factors = outlet.factors
    yield from ((outlet.point, factor) for factor in factors)
    if outlet.subject is Subject.WASTEWATER and FLOW not in factors:
        yield outlet.point, FLOW


def _stays(outlets: Iterable[Outlet]) -> dict[str, list[tuple[Stay, int]]]:
    """By MN: when it stood at which point."""
    found: dict[str, list[tuple[Stay, int]]] = {}
    for each in outlets:
        for stay in each.stays:
            found.setdefault(stay.mn, []).append((stay, each.point))
    return found


def _rows(
    stays: Mapping[str, list[tuple[Stay, int]]],
    place: Mapping[tuple[int, str], int],
    start: int,
    end: int,
) -> Rows:
    mns = sorted(stays) or [""]
    factors = sorted({factor for _point, factor in place}) or [""]
    measured = the_store().measurements(Kind.HOUR, start, end, mns=mns, factors=factors)
    ours = the_store().statistics_rows(Kind.HOUR, start, end, mns=mns)
    series = _series(measured, stays, place)
    order = np.argsort(measured.received, kind="stable")
    kept = order[series[order] >= 0]  # of two rows of one hour the later one is laid over the other
    converted = measured.zs_value[kept]
    return Rows(
        series=series[kept],
        time=measured.time[kept],
        value=np.where(np.isnan(converted), measured.value[kept], converted),
        mark=measured.flag[kept].astype("U4"),
        short=_short(ours, stays, place, series[kept], measured.time[kept]),
    )


def _series(
    table: MeasurementColumns | StatisticTable,
    stays: Mapping[str, list[tuple[Stay, int]]],
    place: Mapping[tuple[int, str], int],
) -> _Places:
    """The window's row of each row of a table that is sorted by (mn, factor, time); -1 for none."""
    found = np.full(len(table), -1, dtype=np.intp)
    for first, last in _runs(table):
        mn, factor = table.mn[first], table.factor[first]
        time = table.time[first:last]
        for stay, point in stays.get(mn, ()):
            row = place.get((point, factor))
            if row is not None:
                found[first:last][(time >= stay.start) & (time < stay.end)] = row
    return found


def _runs(table: MeasurementColumns | StatisticTable) -> Iterator[tuple[int, int]]:
    """Stretches of one device and factor."""
    if not len(table):
        return
    changes = (table.mn[1:] != table.mn[:-1]) | (table.factor[1:] != table.factor[:-1])
    edges = [0, *(np.flatnonzero(changes) + 1).tolist(), len(table)]
    yield from pairwise(edges)


def _short(
    ours: StatisticTable,
    stays: Mapping[str, list[tuple[Stay, int]]],
    place: Mapping[tuple[int, str], int],
    series: _Places,
    time: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Which hours (series, time) our statistics call invalid; of several rule sets the last computed."""
    if not len(ours) or not len(series):
        return np.zeros(len(series), dtype=bool)
    known = _series(ours, stays, place)
    order = np.argsort(ours.computed, kind="stable")
    order = order[known[order] >= 0]
    origin = int(min(ours.time.min(), time.min()))
    width = (int(max(ours.time.max(), time.max())) - origin) // _HOUR + 1
    invalid = np.zeros((len(place), width), dtype=bool)
    invalid[known[order], (ours.time[order] - origin) // _HOUR] = ~ours.valid[order]
    return np.asarray(invalid[series, (time - origin) // _HOUR])
