"""Rows -> inserts: the columns the tables want, and what can be computed from the rows alone.

Pure. Refuses rows no engine can hold, naming column and row, before anything is written.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.telemetry.rows import Batch, EventRows, FrameRows, MeasurementRows, StatisticRows
from zhihuan.telemetry.store.engine import Insert
from zhihuan.telemetry.store.errors import RowsRefused
from zhihuan.telemetry.store.qn_time import qn_epoch_seconds

__all__ = ["batch_inserts", "statistic_insert"]

_FIRST_WINS = 2**63
_LAST_MOMENT = 2**32 - 1


def batch_inserts(batch: Batch) -> list[Insert]:
    """What to write for a batch; empty tables are left out."""
    inserts: list[Insert] = []
    if len(batch.frames):
        inserts.append(_frames(batch.frames))
    if len(batch.measurements):
        measurement = _measurements(batch.measurements)
        inserts += [measurement, latest_of(measurement)]
    if len(batch.events):
        inserts.append(_events(batch.events))
    return inserts


def _checked(rows: MeasurementRows | FrameRows | EventRows | StatisticRows) -> None:
    try:
        rows.check()
    except ValueError as error:
        raise RowsRefused(str(error)) from error


def _measurements(rows: MeasurementRows) -> Insert:
    _checked(rows)
    columns: dict[str, Any] = {
        "mn": rows.mn,
        "factor": rows.factor,
        "kind": _whole("kind", rows.kind, 255, np.uint8),
        "time": _whole("time", rows.time, _LAST_MOMENT, np.uint32),
        **_values(rows),
        "received": _whole("received", rows.received, 2**62, np.int64),
        "frame_id": _whole("frame_id", rows.frame_id, 2**64 - 1, np.uint64),
    }
    return Insert("measurement", columns)


def _values(rows: MeasurementRows | StatisticRows) -> dict[str, Any]:
    return {
        "value": np.asarray(rows.value, dtype=np.float64),
        "minimum": np.asarray(rows.minimum, dtype=np.float64),
        "maximum": np.asarray(rows.maximum, dtype=np.float64),
        "total": np.asarray(rows.total, dtype=np.float64),
        "zs_value": np.asarray(rows.zs_value, dtype=np.float64),
        "zs_minimum": np.asarray(rows.zs_minimum, dtype=np.float64),
        "zs_maximum": np.asarray(rows.zs_maximum, dtype=np.float64),
        "flag": rows.flag,
    }


def latest_of(measurement: Insert) -> Insert:
    """The newest row of every (mn, factor, kind) among the rows: what ``latest`` needs of them.

    Newest is by time, then by received, then by position: a back-fill never hides a newer value.
    """
    columns = measurement.columns
    times, received = np.asarray(columns["time"]), np.asarray(columns["received"])
    # a later assignment wins, so rows go in rising order of (time, received, position)
    order = np.lexsort((received, times)).tolist()
    keys = list(
        zip(columns["mn"], columns["factor"], np.asarray(columns["kind"]).tolist(), strict=True)
    )
    keep = np.fromiter({keys[row]: row for row in order}.values(), dtype=np.int64)
    picked = {name: _take(column, keep) for name, column in columns.items()}
    recency = (times[keep].astype(np.uint64) << np.uint64(32)) | (
        np.clip(received[keep] // 1000, 0, _LAST_MOMENT).astype(np.uint64)
    )
    return Insert("latest", {**picked, "recency": recency})


def _take(column: Sequence[Any] | NDArray[Any], rows: NDArray[np.int64]) -> Any:
    if isinstance(column, np.ndarray):
        return column[rows]
    return [column[row] for row in rows.tolist()]


def _frames(rows: FrameRows) -> Insert:
    _checked(rows)
    received = _whole("received", rows.received, 2**62, np.int64)
    columns: dict[str, Any] = {
        "mn": rows.mn,
        "sent": qn_epoch_seconds(rows.qn),
        "frame_id": _whole("frame_id", rows.frame_id, 2**64 - 1, np.uint64),
        "received": received,
        "cn": rows.cn,
        "st": rows.st,
        "qn": rows.qn,
        "data_time": _whole("data_time", rows.data_time, _LAST_MOMENT, np.uint32),
        "raw": rows.raw,
        "sm3": rows.sm3,
        "precedence": np.uint64(_FIRST_WINS) - received.astype(np.uint64),
    }
    return Insert("frame", columns)


def _events(rows: EventRows) -> Insert:
    _checked(rows)
    columns: dict[str, Any] = {
        "mn": rows.mn,
        "time": _whole("time", rows.time, 2**62, np.int64),
        "event": rows.event,
        "detail": rows.detail,
        "written": np.full(len(rows), time.time_ns() // 1_000_000, dtype=np.int64),
    }
    return Insert("device_event", columns)


def statistic_insert(rows: StatisticRows) -> Insert:
    """What to write for our own statistics."""
    _checked(rows)
    columns: dict[str, Any] = {
        "mn": rows.mn,
        "factor": rows.factor,
        "kind": _whole("kind", rows.kind, 255, np.uint8),
        "time": _whole("time", rows.time, _LAST_MOMENT, np.uint32),
        **_values(rows),
        "valid_count": _whole("valid_count", rows.valid_count, _LAST_MOMENT, np.uint32),
        "expected_count": _whole("expected_count", rows.expected_count, _LAST_MOMENT, np.uint32),
        "valid": np.asarray(rows.valid, dtype=np.uint8),
        "rule": rows.rule,
        "computed": _whole("computed", rows.computed, 2**62, np.int64),
    }
    return Insert("statistic", columns)


def _whole(name: str, values: Any, greatest: int, kind: Any) -> NDArray[Any]:
    """Whole numbers from 0 to ``greatest``; anything else is refused with its row."""
    try:
        found = np.asarray(values, dtype=kind)
    except (OverflowError, ValueError, TypeError) as error:
        raise RowsRefused(_first_misfit(name, values, greatest)) from error
    if not isinstance(values, np.ndarray) and found.dtype.kind == "u":
        return found  # NumPy itself refused what does not fit
    if len(found) and (_least(values, found) < 0 or int(found.max()) > greatest):
        raise RowsRefused(_first_misfit(name, values, greatest))
    return found


def _least(values: Any, converted: NDArray[Any]) -> int:
    # an array of another type wraps around silently: look at what was given
    return int(values.min()) if isinstance(values, np.ndarray) else int(converted.min())


def _first_misfit(name: str, values: Any, greatest: int) -> str:
    for row, value in enumerate(values):
        if not (isinstance(value, int | np.integer) and 0 <= value <= greatest):
            return f"{name} of row {row} is {value!r}; expected a whole number from 0 to {greatest}"
    return f"{name}: expected whole numbers from 0 to {greatest}"
