"""Rows -> inserts: the columns the tables want, and what can be computed from the rows alone.

Pure. Refuses rows no engine can hold, naming column and row, before anything is written. Rows are
put into the order of their table's key here, on integer codes, so that the engine finds them
sorted; and the order that sorts them also shows which is the newest of each series.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.telemetry.rows import Batch, EventRows, FrameRows, MeasurementRows, StatisticRows
from zhihuan.telemetry.store.coded import Coded, coded
from zhihuan.telemetry.store.engine import Insert
from zhihuan.telemetry.store.errors import RowsRefused
from zhihuan.telemetry.store.qn_time import qn_epoch_seconds
from zhihuan.telemetry.store.whole_numbers import LAST_MOMENT, whole

__all__ = ["FIRST_WINS", "batch_inserts", "statistic_insert"]

#: Counts down from here, so that the greatest is the earliest.
FIRST_WINS = np.uint64(2**63)
_VALUES = ("value", "minimum", "maximum", "total", "zs_value", "zs_minimum", "zs_maximum")
_EVER = 2**62


def batch_inserts(batch: Batch) -> list[Insert]:
    """What to write for a batch; empty tables are left out."""
    inserts: list[Insert] = []
    if len(batch.frames):
        inserts.append(_frames(batch.frames))
    if len(batch.measurements):
        inserts += _measurements(batch.measurements)
    if len(batch.events):
        inserts.append(_events(batch.events))
    return inserts


def _checked(rows: MeasurementRows | FrameRows | EventRows | StatisticRows) -> None:
    try:
        rows.check()
    except ValueError as error:
        raise RowsRefused(str(error)) from error


def _key_and_values(table: str, rows: MeasurementRows | StatisticRows) -> dict[str, Any]:
    _checked(rows)
    return {
        "mn": coded(f"{table}.mn", rows.mn),
        "factor": coded(f"{table}.factor", rows.factor),
        "kind": whole("kind", rows.kind, 255, np.uint8),
        "time": whole("time", rows.time, LAST_MOMENT, np.uint32),
        **{name: _floats(table, name, getattr(rows, name)) for name in _VALUES},
        "flag": coded(f"{table}.flag", rows.flag),
    }


def _floats(table: str, name: str, values: Any) -> NDArray[np.float64]:
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise RowsRefused(f"{table}.{name}: {error}; expected numbers, NaN for missing") from error


def _measurements(rows: MeasurementRows) -> list[Insert]:
    """The rows, and of each series the newest one for ``latest``."""
    columns = _key_and_values("measurement", rows)
    columns["received"] = whole("received", rows.received, _EVER, np.int64)
    columns["frame_id"] = whole("frame_id", rows.frame_id, 2**64 - 1, np.uint64)
    series = _series_number(columns)
    order = np.lexsort((columns["received"], columns["time"], series))
    ordered = _taken(columns, order)
    series = series[order]
    newest = np.flatnonzero(np.append(series[1:] != series[:-1], True))
    return [Insert("measurement", ordered), _latest(_taken(ordered, newest))]


def _series_number(columns: dict[str, Any]) -> NDArray[np.int64]:
    """One number per (mn, factor, kind), rising as the key does."""
    mn, factor = columns["mn"], columns["factor"]
    pair = mn.codes.astype(np.int64) * len(factor.names) + factor.codes
    return np.asarray(pair * 256 + columns["kind"])


def _latest(newest: dict[str, Any]) -> Insert:
    seconds = np.clip(newest["received"] // 1000, 0, LAST_MOMENT).astype(np.uint64)
    recency = (newest["time"].astype(np.uint64) << np.uint64(32)) | seconds
    return Insert("latest", {**newest, "recency": recency})


def _taken(columns: dict[str, Any], rows: NDArray[np.int64]) -> dict[str, Any]:
    return {name: _take(column, rows) for name, column in columns.items()}


def _take(column: Any, rows: NDArray[np.int64]) -> Any:
    if isinstance(column, Coded):
        return column.take(rows)
    if isinstance(column, np.ndarray):
        return column[rows]
    return [column[row] for row in rows.tolist()]


def _frames(rows: FrameRows) -> Insert:
    _checked(rows)
    received = whole("received", rows.received, _EVER, np.int64)
    columns: dict[str, Any] = {
        "mn": coded("frame.mn", rows.mn),
        "sent": qn_epoch_seconds(rows.qn),
        "frame_id": whole("frame_id", rows.frame_id, 2**64 - 1, np.uint64),
        "received": received,
        "cn": coded("frame.cn", rows.cn),
        "st": coded("frame.st", rows.st),
        "qn": rows.qn,
        "data_time": whole("data_time", rows.data_time, LAST_MOMENT, np.uint32),
        "raw": rows.raw,
        "sm3": rows.sm3,
        "precedence": FIRST_WINS - received.astype(np.uint64),
    }
    order = np.lexsort((columns["frame_id"], columns["sent"], columns["mn"].codes))
    return Insert("frame", _taken(columns, order))


def _events(rows: EventRows) -> Insert:
    _checked(rows)
    columns: dict[str, Any] = {
        "mn": coded("device_event.mn", rows.mn),
        "time": whole("time", rows.time, _EVER, np.int64),
        "event": coded("device_event.event", rows.event),
        "detail": rows.detail,
        "written": np.full(len(rows), time.time_ns() // 1_000_000, dtype=np.int64),
    }
    return Insert("device_event", columns)


def statistic_insert(rows: StatisticRows) -> Insert:
    """What to write for our own statistics."""
    columns = _key_and_values("statistic", rows)
    columns |= {
        "valid_count": whole("valid_count", rows.valid_count, LAST_MOMENT, np.uint32),
        "expected_count": whole("expected_count", rows.expected_count, LAST_MOMENT, np.uint32),
        "valid": np.asarray(rows.valid, dtype=np.uint8),
        "rule": coded("statistic.rule", rows.rule),
        "computed": whole("computed", rows.computed, _EVER, np.int64),
    }
    return Insert("statistic", columns)
