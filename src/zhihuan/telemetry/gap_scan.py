"""The gaps of registered devices over a span, read from the store.

One cheap question finds the devices that lack anything (how many periods has each?), a second one
per such device finds what. It expects only what a device is known to send: minutes when its
interval is registered or it sent minutes in the span, hours and days when it sent some; and
nothing before its first row in the span, so a new device is not accused of its past.

Back-fill asks for more: periods in which a factor is missing that comes as a rule, as after the lost
part of a split message (PNUM, PNO).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from zhihuan.telemetry.aggregation.devices import MonitoredDevice, commonest_step
from zhihuan.telemetry.gaps import Expected, Present, find_gaps
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store.tables import CountTable, IntColumn

__all__ = ["DeviceGap", "PresenceStore", "device_gaps", "first_rows"]

_FIXED_SECONDS = {Kind.HOUR: 3600, Kind.DAY: 86400}


class PresenceStore(Protocol):
    """What is asked of the store here; every ``TelemetryStore`` has it."""

    def counts(
        self,
        kind: int,
        start: int,
        end: int,
        *,
        mns: Sequence[str] | None = None,
        factors: Sequence[str] | None = None,
    ) -> CountTable: ...

    def present_times(
        self, mn: str, factor: str | None, kind: int, start: int, end: int
    ) -> IntColumn: ...


@dataclass(frozen=True, slots=True)
class DeviceGap:
    """A run of missing periods of one device: start and last are the starts of its first and last
    period [epoch s]; missing of them, one every ``interval`` seconds."""

    mn: str
    kind: Kind
    start: int
    last: int
    missing: int
    interval: int


def device_gaps(  # noqa: PLR0913 - whose, which and when of one question
    store: PresenceStore,
    devices: Mapping[str, MonitoredDevice],
    kind: Kind,
    start: int,
    end: int,
    *,
    whole: bool = False,
) -> list[DeviceGap]:
    """Gaps of all ``devices`` in the periods that begin in [start, end), by device and time.

    kind: MINUTE, HOUR or DAY. A period counts as present when any factor has a row in it; with
    ``whole`` only when no factor lacks one that has rows in at least half of the periods between its
    own first and last row (an instrument that was added or has died is not asked for).
    """
    counts = store.counts(kind, start, end, mns=sorted(devices))
    fullest, first = first_rows(counts)
    factors = _spans(counts) if whole else {}
    found: list[DeviceGap] = []
    for mn in sorted(fullest.keys() & devices.keys()):
        registered = _FIXED_SECONDS.get(kind) or devices[mn].minute_seconds
        lacking = [span for span in factors.get(mn, ()) if span.may_lack(registered)]
        due = Expected.of_one(first[mn], end, registered).slots[0] if registered else 0
        if registered and fullest[mn] >= due and not lacking:
            continue
        times = store.present_times(mn, None, kind, first[mn], end)
        interval = registered or commonest_step(times)
        for span in lacking:
            times = span.without_its_holes(store, times, mn, kind)
        found += _gaps_of(mn, kind, times, end, interval)
    return found


@dataclass(frozen=True, slots=True)
class _FactorSpan:
    """The rows of one factor: how many, and the first and the last period [epoch s]."""

    factor: str
    count: int
    first: int
    last: int

    def may_lack(self, interval: int | None) -> bool:
        """Whether rows may be missing between its first and its last."""
        return interval is None or self.count < (self.last - self.first) // interval + 1

    def without_its_holes(
        self, store: PresenceStore, times: IntColumn, mn: str, kind: Kind
    ) -> IntColumn:
        """``times`` [epoch s] of the device without those at which this factor is missing."""
        within = (times >= self.first) & (times <= self.last)
        due = int(np.count_nonzero(within))
        if not due // 2 <= self.count < due:
            return times
        own = store.present_times(mn, self.factor, kind, self.first, self.last + 1)
        return times[~within | np.isin(times, own)]


def _spans(counts: CountTable) -> dict[str, list[_FactorSpan]]:
    found: dict[str, list[_FactorSpan]] = {}
    columns = (counts.mn, counts.factor, counts.count, counts.first_time, counts.last_time)
    for mn, *rest in zip(*(column.tolist() for column in columns), strict=True):
        found.setdefault(mn, []).append(_FactorSpan(*rest))
    return found


def first_rows(counts: CountTable) -> tuple[dict[str, int], dict[str, int]]:
    """Of each device: the periods of its fullest factor, and the time of its first row."""
    fullest: dict[str, int] = {}
    first: dict[str, int] = {}
    columns = (counts.mn, counts.count, counts.first_time)
    for mn, count, time in zip(*(column.tolist() for column in columns), strict=True):
        fullest[mn] = max(count, fullest.get(mn, 0))
        first[mn] = min(time, first.get(mn, time))
    return fullest, first


def _gaps_of(mn: str, kind: Kind, times: IntColumn, end: int, interval: int) -> list[DeviceGap]:
    if not len(times):
        return []
    series = np.zeros(len(times), dtype=np.int64)
    expected = Expected.of_one(int(times[0]), end, interval)
    gaps = find_gaps(Present(series, times), expected)
    columns = (gaps.start.tolist(), gaps.last.tolist(), gaps.missing.tolist())
    return [
        DeviceGap(mn, kind, start, last, missing, interval)
        for start, last, missing in zip(*columns, strict=True)
    ]
