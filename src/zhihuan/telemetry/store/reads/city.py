"""Counts and city-wide aggregates.

Cost: both read a span of every device asked for. Hourly and daily rows lie in partitions of their
own, so a day of the whole city's hours never touches the minutes.
"""

# ruff: noqa: S608 - every value in the SQL is a literal made by sql.py
from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store.engine import Bounds, Engine
from zhihuan.telemetry.store.reads.shape import RowsOf, newest_rows, typed
from zhihuan.telemetry.store.tables import CityHours, CountTable

__all__ = ["city_hours", "counts"]

_MARKED = "flag NOT IN ('', 'N')"


def city_hours(engine: Engine, start: int, end: int, factors: Sequence[str] | None) -> CityHours:
    """See ``TelemetryStore.city_hours``."""
    has, amount = "NOT isNaN(value)", "NOT isNaN(total)"
    rows = newest_rows(
        engine.capabilities,
        "time, value, total, flag",
        RowsOf(Kind.HOUR, start, end, factors=factors),
    )
    sql = (
        f"SELECT factor, toUInt32(time) AS t, countIf({has}) AS devices, "
        f"avgIf(value, {has}) AS mean, minIf(value, {has}) AS minimum, "
        f"maxIf(value, {has}) AS maximum, sumIf(total, {amount}) AS out_total, "
        f"countIf({amount}) AS amounts, countIf({_MARKED}) AS marked "
        f"FROM ({rows}) GROUP BY factor, time ORDER BY factor, time"
    )
    columns = engine.read(sql, bounds=Bounds(seconds=60))
    nothing = columns["devices"] == 0
    for name in ("mean", "minimum", "maximum"):
        columns[name] = np.where(nothing, np.nan, columns[name])
    columns["total"] = np.where(columns.pop("amounts") == 0, np.nan, columns.pop("out_total"))
    return typed(CityHours, columns)


def counts(engine: Engine, of: RowsOf) -> CountTable:
    """See ``TelemetryStore.counts``."""
    rows = newest_rows(engine.capabilities, "time, flag", of)
    sql = (
        f"SELECT mn, factor, count() AS n, countIf({_MARKED}) AS marked, "
        "min(toUInt32(time)) AS first_time, max(toUInt32(time)) AS last_time "
        f"FROM ({rows}) GROUP BY mn, factor ORDER BY mn, factor"
    )
    columns = engine.read(sql, bounds=Bounds(seconds=60))
    columns["count"] = columns.pop("n")
    return typed(CountTable, columns)
