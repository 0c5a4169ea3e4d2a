"""The live board: what every point says now, kept by one object per process.

The list, the map's data and the stream all read the same snapshot, so they cannot disagree. A
snapshot is refreshed at most every ``ZHIHUAN_LIVE_SECONDS``, by one caller while the others wait
for it: a hundred open pages cost the store no more than one. Between full loads only rows received
since the last look are read.

It refuses to answer from an old snapshot when the store fails: the error reaches the reader.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from itertools import repeat
from typing import Any

import numpy as np
from django.conf import settings
from django.utils import timezone
from numpy.typing import NDArray

from zhihuan.bureau.acquisition.store import the_store
from zhihuan.bureau.registry.models import RegistryVersion
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.point_state import Readings, mark_verdicts, point_states
from zhihuan.telemetry.store import LatestTable
from zhihuan.web.live.catalogue import LIVE_KINDS, Catalogue, read_catalogue
from zhihuan.web.live.headline import headlines
from zhihuan.web.live.seen_rows import SeenRows

#: Rows may become readable a little after the time they carry; look back this much further.
_OVERLAP_MS = 5_000
#: A value older than this says nothing about now, even while the device still talks [s].
_FRESH_SECONDS = {Kind.REALTIME: 3_600, Kind.MINUTE: 3_600, Kind.HOUR: 3 * 3_600}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything a page shows of all points at ``as_of`` (aware). Columns follow the catalogue.

    state: ``PointState`` values. last_seen: epoch s, NaN = never. headline: text, "" = no value.
    serial grows with every snapshot.
    """

    serial: int
    as_of: dt.datetime
    catalogue: Catalogue
    state: NDArray[np.int8]
    last_seen: NDArray[np.float64]
    headline: list[str]


class _Newest:
    """The newest row of every slot, as arrays that rows are poured into."""

    def __init__(self, catalogue: Catalogue) -> None:
        slots, points = len(catalogue.slot_point), len(catalogue)
        self.catalogue = catalogue
        self.time = np.full(slots, np.nan)
        self.value = np.full(slots, np.nan)
        self.verdict = np.zeros(slots, dtype=np.int8)
        self.last_seen = np.full(points, np.nan)
        self.headline = [""] * points
        self.received_ms = 0
        self._seen = SeenRows()

    def pour(self, table: LatestTable) -> None:
        """Take every row that is not older than what its slot holds."""
        table = _rows_of(table, self._seen.unseen(table))
        if len(table.mn) == 0:
            return
        self._pour_last_seen(table)
        keys = zip(table.mn, table.factor, table.kind.tolist(), strict=True)
        slot = _numbers_of(keys, self.catalogue.slot_of)
        times = np.asarray(table.time, dtype=np.float64)
        known = np.flatnonzero(slot >= 0)
        known = known[~(times[known] < self.time[slot[known]])]
        # Several devices of a point share a slot, and of repeated indices the last one stays.
        known = known[np.lexsort((np.asarray(table.received)[known], times[known]))]
        slot = slot[known]
        self.time[slot] = times[known]
        self.value[slot] = _judged(table)[known]
        self.verdict[slot] = mark_verdicts(table.flag[known].tolist())
        self._rewrite_headlines(np.unique(self.catalogue.slot_point[slot]))

    def _pour_last_seen(self, table: LatestTable) -> None:
        received = np.asarray(table.received, dtype=np.int64)
        self.received_ms = max(self.received_ms, int(received.max()))
        point = _numbers_of(table.mn, self.catalogue.point_of_mn)
        known = point >= 0
        np.fmax.at(self.last_seen, point[known], received[known] / 1000)

    def _rewrite_headlines(self, points: NDArray[np.int64]) -> None:
        texts = headlines(self.catalogue, self.time, self.value, points)
        for point, text in zip(points.tolist(), texts, strict=True):
            self.headline[point] = text

    def readings(self, now: float) -> Readings:
        kind = self.catalogue.slot_kind
        fresh = np.zeros(len(kind), dtype=np.bool_)
        for live in LIVE_KINDS:
            fresh |= (kind == live) & (now - self.time <= _FRESH_SECONDS[live])
        return Readings(
            point=self.catalogue.slot_point,
            value=self.value,
            upper=self.catalogue.upper,
            lower=self.catalogue.lower,
            verdict=self.verdict,
            fresh=fresh,
        )


def _rows_of(table: LatestTable, chosen: NDArray[np.bool_]) -> LatestTable:
    """The chosen rows of a table."""
    if chosen.all():
        return table
    columns = {each.name: getattr(table, each.name)[chosen] for each in fields(table)}
    return LatestTable(**columns)


def _numbers_of(keys: Iterable[Any], numbers: Mapping[Any, int]) -> NDArray[np.int64]:
    """The number of each key, -1 for one that has none; without a step of Python per key."""
    return np.fromiter(map(numbers.get, keys, repeat(-1)), dtype=np.int64)


def _judged(table: LatestTable) -> NDArray[np.float64]:
    """The value a limit judges: the converted one (折算) where the device sent it, else as measured."""
    converted = np.asarray(table.zs_value, dtype=np.float64)
    return np.where(np.isnan(converted), np.asarray(table.value, dtype=np.float64), converted)


class Board:
    """Keeps the newest snapshot. Thread-safe; opens nothing before it is asked."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._newest: _Newest | None = None
        self._snapshot: Snapshot | None = None
        self._looked_at = 0.0
        self._version_looked_at = 0.0

    def snapshot(self, *, max_age_seconds: float | None = None) -> Snapshot:
        """The current snapshot, refreshed when older than ``max_age_seconds``."""
        allowed = settings.ZHIHUAN_LIVE_SECONDS if max_age_seconds is None else max_age_seconds
        with self._lock:
            if self._snapshot is None or time.monotonic() - self._looked_at >= allowed:
                self._snapshot = self._refreshed()
                self._looked_at = time.monotonic()
            return self._snapshot

    def catalogue(self) -> Catalogue:
        """The registry's columns as of now: one small query unless something changed."""
        with self._lock:
            return self._current().catalogue

    def has_synthetic_points(self) -> bool:
        return self.catalogue().has_synthetic_points

    def forget(self) -> None:
        """Start anew: for tests, and after the store was replaced."""
        with self._lock:
            self._newest = self._snapshot = None

    def _current(self) -> _Newest:
        version, day = RegistryVersion.current(), timezone.localdate()
        newest = self._newest
        if newest is None or (newest.catalogue.version, newest.catalogue.day) != (version, day):
            newest = self._newest = _Newest(read_catalogue(version, day))
            self._snapshot = None
        return newest

    def _refreshed(self) -> Snapshot:
        newest = self._current()
        newest.pour(self._rows(newest))
        as_of = timezone.now()
        states = point_states(
            newest.readings(as_of.timestamp()),
            last_seen=newest.last_seen,
            silence=newest.catalogue.silence,
            now=as_of.timestamp(),
        )
        return Snapshot(
            serial=time.monotonic_ns(),
            as_of=as_of,
            catalogue=newest.catalogue,
            state=states,
            last_seen=newest.last_seen.copy(),
            headline=newest.headline.copy(),
        )

    @staticmethod
    def _rows(newest: _Newest) -> LatestTable:
        store = the_store()
        if newest.received_ms == 0:
            return store.latest(None, kinds=LIVE_KINDS)
        return store.latest_since(newest.received_ms - _OVERLAP_MS)


_board = Board()


def board() -> Board:
    """The board of this process."""
    return _board
