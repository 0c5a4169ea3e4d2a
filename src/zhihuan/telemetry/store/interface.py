"""The store as the rest of the house knows it.

Times are UTC: ``start``/``end``/``time`` in epoch seconds, names ending in ``_ms`` in epoch
milliseconds; spans are half open, [start, end). Values are float64, NaN is missing. Every read is
bounded in time, memory and rows and then raises ``QueryTooLarge``; every method may raise
``StoreUnavailable``. All methods block and may be called from any thread.
"""

# ruff: noqa: PLR0913 - a series is named by five things: mn, factor, kind, start, end
from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from zhihuan.telemetry.rows import Batch, StatisticRows
from zhihuan.telemetry.store.housekeeping import Partition, TableSize
from zhihuan.telemetry.store.ledger import Seal
from zhihuan.telemetry.store.sealed_day import Finding
from zhihuan.telemetry.store.tables import (
    BucketSeries,
    CityHours,
    CountTable,
    EventTable,
    FirstTimes,
    FrameTable,
    IntColumn,
    LatestTable,
    MeasurementColumns,
    ReportedKeys,
    Series,
    StatisticTable,
    Touched,
)

__all__ = ["TelemetryStore"]


class TelemetryStore(Protocol):
    """Durable, idempotent telemetry."""

    # ---- writing ----

    def write(self, batch: Batch) -> None:
        """Make the batch durable; return only then.

        Writing a row again (same key) never makes a second one: of measurements the newest
        ``received`` wins, of frames the first reception stays. After ``StoreUnavailable`` any part
        of the batch may be there; writing it again makes it whole. ``RowsRefused``: nothing was
        written and nothing ever will be, the rows are malformed.
        """
        ...

    def write_statistics(self, rows: StatisticRows) -> None:
        """Make our own statistics durable, beside what devices sent."""
        ...

    # ---- series ----

    def series(
        self, mn: str, factor: str, kind: int, start: int, end: int, *, limit: int | None = None
    ) -> Series:
        """One factor of one device by rising time, the oldest ``limit`` rows when given."""
        ...

    def buckets(
        self, mn: str, factor: str, kind: int, start: int, end: int, *, count: int
    ) -> BucketSeries:
        """The span in at most ``count`` buckets; no extreme and no mark is lost."""
        ...

    def measurements(
        self,
        kind: int,
        start: int,
        end: int,
        *,
        mns: Sequence[str] | None = None,
        factors: Sequence[str] | None = None,
    ) -> MeasurementColumns:
        """Many devices at once, by (mn, factor, time). None = all. Up to 20 million rows."""
        ...

    def present_times(
        self, mn: str, factor: str | None, kind: int, start: int, end: int
    ) -> IntColumn:
        """Times that have a row (of any factor when None), rising: what gaps are found from."""
        ...

    def edge_rows(
        self,
        kind: int,
        start: int,
        end: int,
        *,
        mns: Sequence[str],
        factors: Sequence[str],
        count: int,
        newest: bool = True,
    ) -> MeasurementColumns:
        """Of each (mn, factor) the newest ``count`` rows of the span, or the oldest. By (mn, factor),
        within each from that edge on: the newest first when ``newest``."""
        ...

    def first_times(
        self, kind: int, start: int, end: int, *, mns: Sequence[str], factors: Sequence[str]
    ) -> FirstTimes:
        """Of each (mn, factor) the time of the oldest row of the span; absent without a row."""
        ...

    def count_times(
        self, mns: Sequence[str], factor: str, kind: int, start: int, end: int, *, at_most: int
    ) -> int:
        """How many times have a row of one factor of any of these devices, counted up to ``at_most``."""
        ...

    def touched(
        self,
        kind: int,
        received_from_ms: int,
        received_to_ms: int,
        *,
        bucket_seconds: int = 3600,
    ) -> Touched:
        """Which (device, bucket of time) got rows received in [from, to): what to recompute.
        Buckets start at multiples of ``bucket_seconds`` since the epoch."""
        ...

    # ---- our statistics ----

    def statistics(
        self, mn: str, factor: str, kind: int, start: int, end: int, *, rule: str | None = None
    ) -> StatisticTable:
        """Ours for one factor of one device; all rules when ``rule`` is None."""
        ...

    def statistics_rows(
        self, kind: int, start: int, end: int, *, mns: Sequence[str] | None = None
    ) -> StatisticTable:
        """Ours for many devices."""
        ...

    # ---- the city now ----

    def latest(
        self, mns: Sequence[str] | None = None, *, kinds: Collection[int] | None = None
    ) -> LatestTable:
        """The newest row of each (mn, factor, kind). A back-fill never hides a newer value."""
        ...

    def latest_since(self, received_ms: int) -> LatestTable:
        """Of the newest rows those received at or after ``received_ms``."""
        ...

    def reported(self, kinds: Collection[int]) -> ReportedKeys:
        """Every (mn, factor, kind) that has a row."""
        ...

    def reported_digest(self, kinds: Collection[int]) -> int:
        """A number that changes when what ``reported`` answers does."""
        ...

    def city_hours(
        self, start: int, end: int, *, factors: Sequence[str] | None = None
    ) -> CityHours:
        """City-wide aggregates of the devices' hourly rows."""
        ...

    def counts(
        self,
        kind: int,
        start: int,
        end: int,
        *,
        mns: Sequence[str] | None = None,
        factors: Sequence[str] | None = None,
    ) -> CountTable:
        """Periods present and marked per (mn, factor)."""
        ...

    # ---- evidence ----

    def frames(
        self,
        mn: str,
        start_ms: int,
        end_ms: int,
        *,
        cn: str | None = None,
        limit: int = 100,
        before: tuple[int, int] | None = None,
    ) -> FrameTable:
        """Raw frames received in the span, newest first. before: (received, frame_id) of the last
        row of the page before, to turn to the next page."""
        ...

    def frame_by_id(self, mn: str, frame_id: int) -> FrameTable:
        """The frame a row came from; no row when it is not known."""
        ...

    def events(
        self, mn: str | None, start_ms: int, end_ms: int, *, limit: int = 1000
    ) -> EventTable:
        """Device events, newest first; of all devices when ``mn`` is None."""
        ...

    def events_within(
        self, spans: Sequence[tuple[str, int, int]], *, limit: int = 1000
    ) -> EventTable:
        """Events of several devices, each within its spans (mn, start_ms, end_ms), newest first; those
        of one millisecond by mn, event and detail, the greatest first."""
        ...

    # ---- keeping house ----

    def migrate(self) -> list[str]:
        """Bring the schema up to date; names of the migrations that ran."""
        ...

    def table_sizes(self) -> list[TableSize]:
        """Rows, bytes and parts of every table."""
        ...

    def fragmented_partitions(self) -> list[Partition]:
        """Partitions in more than one part, the most fragmented first."""
        ...

    def compact_partition(self, partition: Partition) -> None:
        """Merge one partition into one part. May take long; changes no answer."""
        ...

    def compact(self) -> None:
        """Merge all of them."""
        ...

    # ---- seals ----

    def seal_day(self, day: date) -> list[Seal]:
        """Seal the frames first received on a Beijing calendar day, device by device; returns the
        new seals, for the ledger. ``ValueError`` when the day is not over and settled."""
        ...

    def stored_seals(self, day: date) -> list[Seal]:
        """The seals of a day that the store itself keeps."""
        ...

    def verify_day(self, day: date, ledger: Mapping[str, Seal] | None = None) -> Iterator[Finding]:
        """Every frame altered, missing or added since the day was sealed. ledger: the roots kept
        elsewhere (``SealLedger.roots``)."""
        ...

    def close(self) -> None:
        """Let go of the store; twice is harmless."""
        ...
