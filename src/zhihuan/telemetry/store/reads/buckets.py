"""A long series in few buckets, for charts: extremes and marks survive, whatever the zoom.

Cost: as the series itself to read; what travels is one row a bucket.
"""

# ruff: noqa: S608 - every value in the SQL is a literal made by sql.py
from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhihuan.telemetry.store.engine import Columns, Engine
from zhihuan.telemetry.store.reads.shape import NEWEST_FIRST, SeriesOf
from zhihuan.telemetry.store.sql import text
from zhihuan.telemetry.store.tables import BucketSeries

__all__ = ["GRAVITY", "bucket_series", "bucket_width"]

#: Marks from harmless to grave, for ``worst_flag``; a mark not listed ranks above these.
#: Source: HJ 212-2017, 6.6.5 (N F M S D C T B); HJ 212-2025 at second hand.
GRAVITY = ("", "N", "F", "M", "C", "S", "T", "B", "D")

#: One quantity a row, the one limits judge: as converted (折算) where the device sent that, else as
#: measured; value and extremes together, because a measured extreme says nothing about the other.
_JUDGED = (
    "isNaN(zs_value) AS measured, if(measured, value, zs_value) AS v, "
    "if(measured, minimum, zs_minimum) AS v_min, if(measured, maximum, zs_maximum) AS v_max"
)
_HAS = "NOT isNaN(v)"
_LOW = "if(isNaN(v_min), v, if(isNaN(v), v_min, least(v_min, v)))"
_HIGH = "if(isNaN(v_max), v, if(isNaN(v), v_max, greatest(v_max, v)))"
_AGGREGATES = {
    "count": "count()",
    "valued": "countIf(has)",
    "converted": "countIf(NOT measured)",
    "first": "argMinIf(v, t, has)",
    "first_time": "minIf(t, has)",
    "last": "argMaxIf(v, t, has)",
    "last_time": "maxIf(t, has)",
    "minimum": "minIf(v, has)",
    "minimum_time": "argMinIf(t, v, has)",
    "maximum": "maxIf(v, has)",
    "maximum_time": "argMaxIf(t, v, has)",
    "low_count": "countIf(NOT isNaN(low))",
    "lowest": "minIf(low, NOT isNaN(low))",
    "lowest_time": "argMinIf(t, low, NOT isNaN(low))",
    "high_count": "countIf(NOT isNaN(high))",
    "highest": "maxIf(high, NOT isNaN(high))",
    "highest_time": "argMaxIf(t, high, NOT isNaN(high))",
    "mean": "avgIf(v, has)",
    "marked": "countIf(flag NOT IN ('', 'N'))",
    "worst_flag": "argMax(flag, gravity)",
}
_OF_VALUED = ("first", "last", "minimum", "maximum")


def bucket_width(start: int, end: int, count: int) -> int:
    """Seconds a bucket: the span in at most ``count`` buckets, a whole number of minutes when it
    is longer than one."""
    least = max(1, -(-(end - start) // max(1, count)))
    return least if least <= 60 else -(-least // 60) * 60


def bucket_series(engine: Engine, of: SeriesOf, count: int) -> BucketSeries:
    """See ``TelemetryStore.buckets``."""
    width = bucket_width(of.start, of.end, count)
    ranks = ", ".join(map(str, range(len(GRAVITY))))
    gravity = f"transform(flag, [{', '.join(map(text, GRAVITY))}], [{ranks}], {len(GRAVITY)})"
    rows = (
        f"SELECT time, toUInt32(time) AS t, {_JUDGED}, {_HAS} AS has, {_LOW} AS low, {_HIGH} AS high, "
        f"flag, {gravity} AS gravity FROM @measurement WHERE {of.condition()} "
        f"ORDER BY time, {NEWEST_FIRST} LIMIT 1 BY time"
    )
    aggregates = ", ".join(f"{formula} AS out_{name}" for name, formula in _AGGREGATES.items())
    sql = (
        f"SELECT intDiv(t - {int(of.start)}, {width}) AS bucket, {aggregates} FROM ({rows}) "
        "GROUP BY bucket ORDER BY bucket"
    )
    return _table(engine.read(sql, mn=of.mn), of.start, width)


def _table(columns: Columns, start: int, width: int) -> BucketSeries:
    out = {name: columns[f"out_{name}"] for name in _AGGREGATES}
    for name in _OF_VALUED:
        out |= _where_any(out, name, out["valued"])
    for name, counted in (("lowest", "low_count"), ("highest", "high_count")):
        out |= _where_any(out, name, out.pop(counted))
    out["mean"] = np.where(out["valued"] > 0, out["mean"], np.nan)
    integers = {name: _int(array) for name, array in out.items() if array.dtype.kind in "iu"}
    time = start + _int(columns["bucket"]) * width
    return BucketSeries(**{**out, **integers}, time=time, seconds=width)


def _where_any(columns: Columns, name: str, count: NDArray[np.integer]) -> Columns:
    """An aggregate over nothing is 0 in SQL; here it is NaN, and its time -1."""
    there = count > 0
    return {
        name: np.where(there, columns[name], np.nan),
        f"{name}_time": np.where(there, _int(columns[f"{name}_time"]), -1),
    }


def _int(array: NDArray[np.integer]) -> NDArray[np.int64]:
    return array.astype(np.int64, copy=False)
