"""The store: every promise of ``TelemetryStore`` in SQL over an ``Engine``.

Decides nothing about durability or failover (the engine does) and nothing about meaning.
"""

# ruff: noqa: PLR0913 - a series is named by five things: mn, factor, kind, start, end
from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from zhihuan.telemetry.rows import Batch, StatisticRows
from zhihuan.telemetry.store.engine import Engine
from zhihuan.telemetry.store.history import migrate
from zhihuan.telemetry.store.housekeeping import (
    Partition,
    TableSize,
    compact_partition,
    fragmented_partitions,
    table_sizes,
)
from zhihuan.telemetry.store.inserts import batch_inserts, statistic_insert
from zhihuan.telemetry.store.ledger import Seal
from zhihuan.telemetry.store.reads import (
    buckets,
    city,
    edges,
    frames,
    latest,
    series,
    statistics,
)
from zhihuan.telemetry.store.reads.shape import RowsOf, SeriesOf
from zhihuan.telemetry.store.sealed_day import Finding
from zhihuan.telemetry.store.sealing import seal_day, stored_seals, verify_day
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

__all__ = ["SqlStore"]


class SqlStore:
    """See ``TelemetryStore`` for what each method promises."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    # ---- writing ----

    def write(self, batch: Batch) -> None:
        """See ``TelemetryStore.write``."""
        self.engine.insert(batch_inserts(batch))

    def write_statistics(self, rows: StatisticRows) -> None:
        """See ``TelemetryStore.write_statistics``."""
        self.engine.insert([statistic_insert(rows)])

    # ---- series ----

    def series(
        self, mn: str, factor: str, kind: int, start: int, end: int, *, limit: int | None = None
    ) -> Series:
        """See ``TelemetryStore.series``."""
        return series.one_series(self.engine, SeriesOf(mn, factor, kind, start, end), limit)

    def buckets(
        self, mn: str, factor: str, kind: int, start: int, end: int, *, count: int
    ) -> BucketSeries:
        """See ``TelemetryStore.buckets``."""
        return buckets.bucket_series(self.engine, SeriesOf(mn, factor, kind, start, end), count)

    def measurements(
        self,
        kind: int,
        start: int,
        end: int,
        *,
        mns: Sequence[str] | None = None,
        factors: Sequence[str] | None = None,
    ) -> MeasurementColumns:
        """See ``TelemetryStore.measurements``."""
        return series.measurements(self.engine, RowsOf(kind, start, end, mns, factors))

    def present_times(
        self, mn: str, factor: str | None, kind: int, start: int, end: int
    ) -> IntColumn:
        """See ``TelemetryStore.present_times``."""
        factors = None if factor is None else [factor]
        return series.present_times(self.engine, RowsOf(kind, start, end, factors=factors), mn)

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
        """See ``TelemetryStore.edge_rows``."""
        return edges.edge_rows(
            self.engine, RowsOf(kind, start, end, mns, factors), count, newest=newest
        )

    def first_times(
        self, kind: int, start: int, end: int, *, mns: Sequence[str], factors: Sequence[str]
    ) -> FirstTimes:
        """See ``TelemetryStore.first_times``."""
        return edges.first_times(self.engine, RowsOf(kind, start, end, mns, factors))

    def count_times(
        self, mns: Sequence[str], factor: str, kind: int, start: int, end: int, *, at_most: int
    ) -> int:
        """See ``TelemetryStore.count_times``."""
        return edges.count_times(self.engine, RowsOf(kind, start, end, mns, [factor]), at_most)

    def touched(
        self,
        kind: int,
        received_from_ms: int,
        received_to_ms: int,
        *,
        bucket_seconds: int = 3600,
    ) -> Touched:
        """See ``TelemetryStore.touched``."""
        return series.touched(self.engine, kind, received_from_ms, received_to_ms, bucket_seconds)

    # ---- our statistics ----

    def statistics(
        self, mn: str, factor: str, kind: int, start: int, end: int, *, rule: str | None = None
    ) -> StatisticTable:
        """See ``TelemetryStore.statistics``."""
        return statistics.statistics(self.engine, SeriesOf(mn, factor, kind, start, end), rule)

    def statistics_rows(
        self, kind: int, start: int, end: int, *, mns: Sequence[str] | None = None
    ) -> StatisticTable:
        """See ``TelemetryStore.statistics_rows``."""
        return statistics.statistics_rows(self.engine, RowsOf(kind, start, end, mns))

    # ---- the city now ----

    def latest(
        self, mns: Sequence[str] | None = None, *, kinds: Collection[int] | None = None
    ) -> LatestTable:
        """See ``TelemetryStore.latest``."""
        return latest.latest(self.engine, mns, kinds)

    def latest_since(self, received_ms: int) -> LatestTable:
        """See ``TelemetryStore.latest_since``."""
        return latest.latest_since(self.engine, received_ms)

    def reported(self, kinds: Collection[int]) -> ReportedKeys:
        """See ``TelemetryStore.reported``."""
        return latest.reported(self.engine, kinds)

    def reported_digest(self, kinds: Collection[int]) -> int:
        """See ``TelemetryStore.reported_digest``."""
        return latest.reported_digest(self.engine, kinds)

    def city_hours(
        self, start: int, end: int, *, factors: Sequence[str] | None = None
    ) -> CityHours:
        """See ``TelemetryStore.city_hours``."""
        return city.city_hours(self.engine, start, end, factors)

    def counts(
        self,
        kind: int,
        start: int,
        end: int,
        *,
        mns: Sequence[str] | None = None,
        factors: Sequence[str] | None = None,
    ) -> CountTable:
        """See ``TelemetryStore.counts``."""
        return city.counts(self.engine, RowsOf(kind, start, end, mns, factors))

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
        """See ``TelemetryStore.frames``."""
        return frames.frames(self.engine, frames.FramesOf(mn, start_ms, end_ms, cn, limit, before))

    def frame_by_id(self, mn: str, frame_id: int) -> FrameTable:
        """See ``TelemetryStore.frame_by_id``."""
        return frames.frame_by_id(self.engine, mn, frame_id)

    def events(
        self, mn: str | None, start_ms: int, end_ms: int, *, limit: int = 1000
    ) -> EventTable:
        """See ``TelemetryStore.events``."""
        return frames.events(self.engine, mn, start_ms, end_ms, limit)

    def events_within(
        self, spans: Sequence[tuple[str, int, int]], *, limit: int = 1000
    ) -> EventTable:
        """See ``TelemetryStore.events_within``."""
        return frames.events_within(self.engine, spans, limit)

    # ---- keeping house ----

    def migrate(self) -> list[str]:
        """See ``TelemetryStore.migrate``."""
        return migrate(self.engine)

    def table_sizes(self) -> list[TableSize]:
        """See ``TelemetryStore.table_sizes``."""
        return table_sizes(self.engine)

    def fragmented_partitions(self) -> list[Partition]:
        """See ``TelemetryStore.fragmented_partitions``."""
        return fragmented_partitions(self.engine)

    def compact_partition(self, partition: Partition) -> None:
        """See ``TelemetryStore.compact_partition``."""
        compact_partition(self.engine, partition)

    def compact(self) -> None:
        """See ``TelemetryStore.compact``."""
        for partition in self.fragmented_partitions():
            self.compact_partition(partition)

    # ---- seals ----

    def seal_day(self, day: date) -> list[Seal]:
        """See ``TelemetryStore.seal_day``."""
        return seal_day(self.engine, day)

    def stored_seals(self, day: date) -> list[Seal]:
        """See ``TelemetryStore.stored_seals``."""
        return stored_seals(self.engine, day)

    def verify_day(self, day: date, ledger: Mapping[str, Seal] | None = None) -> Iterator[Finding]:
        """See ``TelemetryStore.verify_day``."""
        return verify_day(self.engine, day, ledger)

    def close(self) -> None:
        """See ``TelemetryStore.close``."""
        self.engine.close()
