"""Our own statistics, as computed under dated rule sets.

Cost: as the device's hours and days; the table has the same key and partitions.
"""

# ruff: noqa: S608 - every value in the SQL is a literal made by sql.py
from __future__ import annotations

from zhihuan.telemetry.store.engine import Bounds, Engine
from zhihuan.telemetry.store.reads.shape import VALUES, RowsOf, SeriesOf, typed
from zhihuan.telemetry.store.sql import text
from zhihuan.telemetry.store.tables import StatisticTable

__all__ = ["statistics", "statistics_rows"]


def statistics(engine: Engine, of: SeriesOf, rule: str | None) -> StatisticTable:
    """See ``TelemetryStore.statistics``."""
    of_rule = "" if rule is None else f" AND rule = {text(rule)}"
    return _read(engine, of.condition() + of_rule, of.mn)


def statistics_rows(engine: Engine, of: RowsOf) -> StatisticTable:
    """See ``TelemetryStore.statistics_rows``."""
    return _read(engine, of.condition(), None)


def _read(engine: Engine, condition: str, mn: str | None) -> StatisticTable:
    sql = (
        f"SELECT mn, factor, toUInt32(time) AS t, {VALUES}, valid_count, expected_count, "
        f"valid, rule, computed FROM @statistic WHERE {condition} "
        "ORDER BY mn, factor, time, rule, computed DESC LIMIT 1 BY mn, factor, time, rule"
    )
    columns = engine.read(sql, mn=mn, bounds=Bounds(seconds=60))
    columns["valid"] = columns["valid"].astype(bool)
    return typed(StatisticTable, columns)
