"""Series: one factor of one device, or many devices at once.

Cost: the primary key is (mn, factor, kind, time) within (kind, month), so a series of one device
reads only its own granules of 8192 rows in the months of the span: a week of minutes is two.
Copies of a key (a resend, a correction) may lie in several parts until they merge; ``LIMIT 1 BY``
after sorting by ``received`` keeps the newest, before and after.
"""

# ruff: noqa: S608 - every value in the SQL is a literal made by sql.py
from __future__ import annotations

import numpy as np

from zhihuan.telemetry.store.engine import Bounds, Engine
from zhihuan.telemetry.store.reads.shape import NEWEST_FIRST, ROW, RowsOf, SeriesOf, typed
from zhihuan.telemetry.store.sql import text
from zhihuan.telemetry.store.tables import IntColumn, MeasurementColumns, Series, Touched

__all__ = ["measurements", "one_series", "present_times", "touched"]


def one_series(engine: Engine, of: SeriesOf, limit: int | None) -> Series:
    """See ``TelemetryStore.series``."""
    sql = (
        f"SELECT {ROW} FROM @measurement WHERE {of.condition()} "
        f"ORDER BY time, {NEWEST_FIRST} LIMIT 1 BY time"
    )
    if limit is not None:
        sql += f" LIMIT {int(limit)}"
    return typed(Series, engine.read(sql, mn=of.mn))


def measurements(engine: Engine, of: RowsOf) -> MeasurementColumns:
    """See ``TelemetryStore.measurements``."""
    sql = (
        f"SELECT mn, factor, {ROW} FROM @measurement WHERE {of.condition()} "
        f"ORDER BY mn, factor, time, {NEWEST_FIRST} LIMIT 1 BY mn, factor, time"
    )
    return typed(MeasurementColumns, engine.read(sql, bounds=Bounds(seconds=120)))


def present_times(engine: Engine, of: RowsOf, mn: str) -> IntColumn:
    """See ``TelemetryStore.present_times``."""
    sql = (
        "SELECT DISTINCT toUInt32(time) AS t FROM @measurement "
        f"WHERE mn = {text(mn)} AND {of.condition()} ORDER BY t"
    )
    return engine.read(sql, mn=mn)["t"].astype(np.int64)


def touched(
    engine: Engine, kind: int, received_from_ms: int, received_to_ms: int, bucket_seconds: int
) -> Touched:
    """See ``TelemetryStore.touched``."""
    width = int(bucket_seconds)
    sql = (
        f"SELECT mn, toInt64(intDiv(toUInt32(time), {width})) * {width} AS bucket_start "
        f"FROM @measurement WHERE kind = {int(kind)} AND received >= {int(received_from_ms)} "
        f"AND received < {int(received_to_ms)} GROUP BY mn, bucket_start ORDER BY mn, bucket_start"
    )
    return typed(Touched, engine.read(sql, bounds=Bounds(seconds=120)))
