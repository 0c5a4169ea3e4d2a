# ruff: noqa: S608 - every value in the SQL is a literal made by sql.py
"""The newest or oldest rows of a span, of many series at once: what pages of rows are made of.

Cost: everything of the span is read and sorted before the first rows are taken, so a caller who wants
few rows of a long history asks for a short span first and widens it.
"""

from __future__ import annotations

from zhihuan.telemetry.store.engine import Bounds, Engine
from zhihuan.telemetry.store.reads.shape import NEWEST_FIRST, ROW, VALUES, RowsOf, typed
from zhihuan.telemetry.store.tables import FirstTimes, MeasurementColumns

__all__ = ["count_times", "edge_rows", "first_times"]


def edge_rows(engine: Engine, of: RowsOf, count: int, *, newest: bool) -> MeasurementColumns:
    """See ``TelemetryStore.edge_rows``."""
    way = "DESC" if newest else "ASC"
    rows = (
        f"SELECT mn, factor, time, {ROW} FROM @measurement WHERE {of.condition()} "
        f"ORDER BY mn, factor, time, {NEWEST_FIRST} LIMIT 1 BY mn, factor, time"
    )
    sql = (
        f"SELECT mn, factor, t, {VALUES}, received, frame_id FROM ({rows}) "
        f"ORDER BY mn, factor, t {way} LIMIT {int(count)} BY mn, factor"
    )
    return typed(MeasurementColumns, engine.read(sql, mn=_only(of), bounds=Bounds(seconds=30)))


def first_times(engine: Engine, of: RowsOf) -> FirstTimes:
    """See ``TelemetryStore.first_times``."""
    sql = (
        "SELECT mn, factor, min(toUInt32(time)) AS t FROM @measurement "
        f"WHERE {of.condition()} GROUP BY mn, factor ORDER BY mn, factor"
    )
    return typed(FirstTimes, engine.read(sql, mn=_only(of)))


def count_times(engine: Engine, of: RowsOf, at_most: int) -> int:
    """See ``TelemetryStore.count_times``."""
    times = f"SELECT DISTINCT time FROM @measurement WHERE {of.condition()} LIMIT {int(at_most)}"
    return int(engine.read(f"SELECT count() AS n FROM ({times})", mn=_only(of))["n"][0])


def _only(of: RowsOf) -> str | None:
    """The one device it is about, for a cluster to ask its shard alone."""
    return of.mns[0] if of.mns is not None and len(of.mns) == 1 else None
