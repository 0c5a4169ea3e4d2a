"""Which hours and days must be computed (again), because rows arrived in them.

The store tells which device-hours received rows since the last look; an hour is computed once it
has ended and settled, and again whenever late or back-filled rows arrive in it. After a restart the
look goes back far enough that no unfinished hour or day is forgotten; computing twice is harmless.

It refuses to compute (``recompute`` does) and to lose anything: an hour leaves the list only after
its computation was written.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from zhihuan.telemetry.aggregation.devices import MonitoredDevice
from zhihuan.telemetry.aggregation.periods import BEIJING_OFFSET_SECONDS, Length
from zhihuan.telemetry.aggregation.recompute import (
    Recomputed,
    StatisticsStore,
    recompute_days,
    recompute_hours,
)
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store.tables import Touched

__all__ = ["DirtyHours", "FollowedStore", "Span", "Watermark", "spans"]

_MS = 1000
# ``received`` is stamped before the commit that makes the row visible; a commit may take a while.
_COMMIT_MS = 120 * _MS
_SETTLE_SECONDS = 120
# A restart forgets the list: hours are unfinished for at most one hour, days for one day.
_RESTART_HOURS_MS = 2 * 3600 * _MS
_RESTART_DAYS_MS = 26 * 3600 * _MS
_FIRST_LOOK_MS = 3 * 86400 * _MS


class FollowedStore(StatisticsStore, Protocol):
    """A store that also tells what arrived; every ``TelemetryStore`` does."""

    def touched(
        self,
        kind: int,
        received_from_ms: int,
        received_to_ms: int,
        *,
        bucket_seconds: int = 3600,
    ) -> Touched: ...


@dataclass(frozen=True, slots=True)
class Span:
    """Periods that begin in [start, end) of these devices."""

    start: int
    end: int
    mns: tuple[str, ...]


class Watermark:
    """Up to which moment of reception [epoch ms] arrivals have been looked at; kept in a file so
    that a restart goes on from there. path None: forgotten at the end of the process."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._value = self._read()

    def get(self) -> int | None:
        """The moment, None when there was never one."""
        return self._value

    def set(self, received_ms: int) -> None:
        """Remember it; the file is replaced whole."""
        self._value = received_ms
        if self._path is not None:
            draft = self._path.with_suffix(".draft")
            draft.write_text(json.dumps({"received_ms": received_ms}), encoding="utf-8")
            draft.replace(self._path)

    def _read(self) -> int | None:
        if self._path is None or not self._path.exists():
            return None
        return int(json.loads(self._path.read_text(encoding="utf-8"))["received_ms"])


@dataclass(slots=True)
class DirtyHours:
    """The list, and the two steps of every round: ``look`` and ``compute``."""

    store: FollowedStore
    watermark: Watermark = field(default_factory=Watermark)
    hours: set[tuple[str, int]] = field(default_factory=set)
    days: set[tuple[str, int]] = field(default_factory=set)
    _has_looked: bool = False

    def look(self, now_ms: int) -> None:
        """Add the hours and days in which rows arrived since the last look."""
        known = self.watermark.get()
        since = now_ms - _FIRST_LOOK_MS if known is None else known - _COMMIT_MS
        fresh = known is not None and not self._has_looked
        hours_since = since - (_RESTART_HOURS_MS if fresh else 0)
        days_since = since - (_RESTART_DAYS_MS if fresh else 0)
        self.hours.update(self._touched(Kind.MINUTE, hours_since, now_ms))
        for kind in (Kind.MINUTE, Kind.HOUR):
            self.days.update((mn, _day(at)) for mn, at in self._touched(kind, days_since, now_ms))
        self.watermark.set(now_ms)
        self._has_looked = True

    def compute(self, devices: Mapping[str, MonitoredDevice], now: int) -> Recomputed:
        """Compute what has ended and settled by ``now`` [epoch s]: hours first, then days.

        What is not finished stays on the list, and so does everything when the store fails.
        """
        return self._run(
            self.hours, Length.HOUR, now, lambda span: _of_hours(self.store, devices, span)
        ) + self._run(self.days, Length.DAY, now, lambda span: _of_days(self.store, devices, span))

    def _run(
        self,
        waiting: set[tuple[str, int]],
        length: Length,
        now: int,
        computed: Callable[[Span], Recomputed],
    ) -> Recomputed:
        due = {item for item in waiting if item[1] + length + _SETTLE_SECONDS <= now}
        total = Recomputed()
        for span in spans(due, length):
            total += computed(span)
            waiting.difference_update(
                (mn, start) for mn in span.mns for start in range(span.start, span.end, length)
            )
        return total

    def _touched(self, kind: Kind, since_ms: int, now_ms: int) -> Iterator[tuple[str, int]]:
        found = self.store.touched(kind, since_ms, now_ms, bucket_seconds=Length.HOUR)
        return zip(found.mn.tolist(), found.bucket_start.tolist(), strict=True)


def spans(items: Iterable[tuple[str, int]], length: int) -> list[Span]:
    """(device, period start) pairs as few spans: each device's runs of neighbouring periods, and
    the devices that share a run together."""
    starts: dict[str, list[int]] = defaultdict(list)
    for mn, start in sorted(items):
        starts[mn].append(start)
    shared: dict[tuple[int, int], list[str]] = defaultdict(list)
    for mn, moments in starts.items():
        for run in _runs(moments, length):
            shared[run].append(mn)
    return [Span(start, end, tuple(mns)) for (start, end), mns in sorted(shared.items())]


def _runs(moments: list[int], length: int) -> Iterator[tuple[int, int]]:
    begin = last = moments[0]
    for moment in moments[1:]:
        if moment != last + length:
            yield begin, last + length
            begin = moment
        last = moment
    yield begin, last + length


def _of_hours(
    store: FollowedStore, devices: Mapping[str, MonitoredDevice], span: Span
) -> Recomputed:
    return recompute_hours(store, devices, span.start, span.end, span.mns)


def _of_days(
    store: FollowedStore, devices: Mapping[str, MonitoredDevice], span: Span
) -> Recomputed:
    return recompute_days(store, devices, span.start, span.end, span.mns)


def _day(moment: int) -> int:
    local = moment + BEIJING_OFFSET_SECONDS
    return local - local % Length.DAY - BEIJING_OFFSET_SECONDS
