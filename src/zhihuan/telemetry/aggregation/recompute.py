"""Computes hours and days of a span from the store and writes those that changed.

    recompute(store, devices, start, end)   # epoch seconds, whole hours or more

Ours stand beside the device's rows, which are only read. Computing again writes nothing new; late
data change just the rows they touch. Many devices go into one read; a span too big for one read is
cut by devices and by days, which changes no figure, because no period crosses a cut.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from zhihuan.telemetry.aggregation.devices import MonitoredDevice
from zhihuan.telemetry.aggregation.named_members import members_of_statistics
from zhihuan.telemetry.aggregation.periods import BEIJING_OFFSET_SECONDS, Length
from zhihuan.telemetry.aggregation.rows_of_store import already_stored, coded, statistic_rows
from zhihuan.telemetry.aggregation.statistics import days_of, hours_of
from zhihuan.telemetry.aggregation.table import Statistics
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.rows import StatisticRows
from zhihuan.telemetry.store.tables import MeasurementColumns, StatisticTable

__all__ = ["Recomputed", "StatisticsStore", "recompute", "recompute_days", "recompute_hours"]

# Device-hours of one read: some ten factors a minute make 600 rows each.
_DEVICE_HOURS_A_READ = 4000
_DEVICE_DAYS_A_READ = 10_000


class StatisticsStore(Protocol):
    """What is asked of the store here; every ``TelemetryStore`` has it."""

    def measurements(
        self,
        kind: int,
        start: int,
        end: int,
        *,
        mns: Sequence[str] | None = None,
        factors: Sequence[str] | None = None,
    ) -> MeasurementColumns: ...

    def statistics_rows(
        self, kind: int, start: int, end: int, *, mns: Sequence[str] | None = None
    ) -> StatisticTable: ...

    def write_statistics(self, rows: StatisticRows) -> None: ...


@dataclass(frozen=True, slots=True)
class Recomputed:
    """written: rows new or changed; unchanged: rows found in the store as computed; left_out:
    input rows on days without an edition of the rules."""

    written: int = 0
    unchanged: int = 0
    left_out: int = 0

    def __add__(self, other: Recomputed) -> Recomputed:
        return Recomputed(
            self.written + other.written,
            self.unchanged + other.unchanged,
            self.left_out + other.left_out,
        )


Devices = Mapping[str, MonitoredDevice]


def recompute(
    store: StatisticsStore, devices: Devices, start: int, end: int, mns: Sequence[str] | None = None
) -> Recomputed:
    """Hours and days that begin in [start, end), widened to whole days of Beijing.

    mns: these devices; None: all of ``devices``.
    """
    first, last = _day_start(start), _day_start(end + Length.DAY - 1)
    chosen = sorted(devices) if mns is None else list(mns)
    return recompute_hours(store, devices, first, last, chosen) + recompute_days(
        store, devices, first, last, chosen
    )


def recompute_hours(
    store: StatisticsStore, devices: Devices, start: int, end: int, mns: Sequence[str]
) -> Recomputed:
    """The hours that begin in [start, end) (whole hours, epoch seconds) of these devices."""

    def of(first: int, last: int, some: Sequence[str]) -> Statistics:
        return hours_of(coded(store.measurements(Kind.MINUTE, first, last, mns=some)), devices)

    pieces = _pieces(start, end, mns, Length.HOUR, _DEVICE_HOURS_A_READ)
    return _each(store, Kind.HOUR, pieces, of)


def recompute_days(
    store: StatisticsStore, devices: Devices, start: int, end: int, mns: Sequence[str]
) -> Recomputed:
    """The days that begin in [start, end) (whole days of Beijing) of these devices, from our
    stored hours and the device's own."""

    def of(first: int, last: int, some: Sequence[str]) -> Statistics:
        ours = members_of_statistics(store.statistics_rows(Kind.HOUR, first, last, mns=some))
        theirs = coded(store.measurements(Kind.HOUR, first, last, mns=some))
        return days_of(ours, theirs, devices)

    pieces = _pieces(start, end, mns, Length.DAY, _DEVICE_DAYS_A_READ)
    return _each(store, Kind.DAY, pieces, of)


Piece = tuple[int, int, Sequence[str]]


def _each(
    store: StatisticsStore,
    kind: Kind,
    pieces: Iterator[Piece],
    computed: Callable[[int, int, Sequence[str]], Statistics],
) -> Recomputed:
    total = Recomputed()
    for first, last, some in pieces:
        statistics = computed(first, last, some)
        stored = store.statistics_rows(kind, first, last, mns=some)
        total += _written(store, kind, statistics, stored)
    return total


def _written(
    store: StatisticsStore, kind: Kind, statistics: Statistics, stored: StatisticTable
) -> Recomputed:
    known = already_stored(statistics, stored)
    changed = statistics.where(~known)
    if len(changed):
        store.write_statistics(statistic_rows(changed, kind, time.time_ns() // 1_000_000))
    return Recomputed(len(changed), int(known.sum()), statistics.left_out)


def _pieces(start: int, end: int, mns: Sequence[str], length: Length, most: int) -> Iterator[Piece]:
    """Cut by time first (so that one piece has at most ``most`` periods), then by devices."""
    stride = min(most, max(most // max(len(mns), 1), 1)) * length
    for first in range(start, end, stride):
        last = min(first + stride, end)
        width = max(most // max((last - first) // length, 1), 1)
        for begin in range(0, len(mns), width):
            yield first, last, mns[begin : begin + width]


def _day_start(moment: int) -> int:
    local = moment + BEIJING_OFFSET_SECONDS
    return local - local % Length.DAY - BEIJING_OFFSET_SECONDS
