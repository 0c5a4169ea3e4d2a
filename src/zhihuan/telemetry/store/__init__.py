"""Where telemetry lies: durable, idempotent, sealed; one interface, two engines.

::

    from zhihuan.telemetry.store import Batch, open_store

    store = open_store("chdb:///var/lib/zhihuan/telemetry")
    store.migrate()
    store.write(batch)                      # returns when durable
    store.series("MN", "w01018", Kind.HOUR, start, end).value

It refuses to judge: no validity, no limits, no filling of gaps.
"""

from __future__ import annotations

from zhihuan.telemetry.rows import Batch, EventRows, FrameRows, MeasurementRows, StatisticRows
from zhihuan.telemetry.store.errors import (
    QueryTooLarge,
    RowsRefused,
    StoreCorrupt,
    StoreError,
    StoreHeld,
    StoreOutdated,
    StoreUnavailable,
)
from zhihuan.telemetry.store.interface import TelemetryStore
from zhihuan.telemetry.store.opening import open_store
from zhihuan.telemetry.store.tables import (
    BucketSeries,
    CityHours,
    CountTable,
    EventTable,
    FirstTimes,
    FrameTable,
    LatestTable,
    MeasurementColumns,
    ReportedKeys,
    Series,
    StatisticTable,
    Touched,
)

__all__ = [
    "Batch",
    "BucketSeries",
    "CityHours",
    "CountTable",
    "EventRows",
    "EventTable",
    "FirstTimes",
    "FrameRows",
    "FrameTable",
    "LatestTable",
    "MeasurementColumns",
    "MeasurementRows",
    "QueryTooLarge",
    "ReportedKeys",
    "RowsRefused",
    "Series",
    "StatisticRows",
    "StatisticTable",
    "StoreCorrupt",
    "StoreError",
    "StoreHeld",
    "StoreOutdated",
    "StoreUnavailable",
    "TelemetryStore",
    "Touched",
    "open_store",
]
