"""From the store's tables to coded columns, and from computed periods to rows of the store.

It also tells which computed rows the store already holds, so that recomputing what did not change
writes nothing. It refuses to touch measurement rows.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.telemetry.aggregation.columns import Coded, CodedMeasurements
from zhihuan.telemetry.aggregation.table import Statistics
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.rows import StatisticRows
from zhihuan.telemetry.store.tables import MeasurementColumns, StatisticTable

__all__ = ["already_stored", "coded", "statistic_rows"]

Columns = dict[str, NDArray[Any]]
_KEYS = ("mn", "factor", "rule")
_NUMBERS = (
    "value", "minimum", "maximum", "total", "zs_value", "zs_minimum", "zs_maximum",
    "valid_count", "expected_count",
)  # fmt: skip


def coded(table: MeasurementColumns) -> CodedMeasurements:
    """Measurement rows with their text columns coded."""
    return CodedMeasurements(
        mn=Coded.of(table.mn),
        factor=Coded.of(table.factor),
        flag=Coded.of(table.flag),
        time=table.time,
        value=table.value,
        minimum=table.minimum,
        maximum=table.maximum,
        total=table.total,
        zs_value=table.zs_value,
        zs_minimum=table.zs_minimum,
        zs_maximum=table.zs_maximum,
    )


def statistic_rows(statistics: Statistics, kind: Kind, computed_ms: int) -> StatisticRows:
    """Computed periods as rows of the store. computed_ms: epoch milliseconds."""
    columns = _columns(statistics)
    count = len(statistics)
    return StatisticRows(
        kind=[int(kind)] * count,
        computed=[computed_ms] * count,
        **{name: column.tolist() for name, column in columns.items()},
    )


def already_stored(statistics: Statistics, stored: StatisticTable) -> NDArray[np.bool_]:
    """Which computed rows are in the store with the same content, whenever they were computed."""
    ours, theirs = _columns(statistics), stored.columns()
    keys, stored_keys = _joint_keys(ours, theirs)
    order = np.argsort(stored_keys, kind="stable")
    place = np.minimum(np.searchsorted(stored_keys[order], keys), max(len(order) - 1, 0))
    if not len(order):
        return np.zeros(len(keys), dtype=np.bool_)
    row = order[place]
    same = stored_keys[row] == keys
    for name in _NUMBERS:
        same &= _equal(ours[name], theirs[name][row])
    same &= (ours["flag"] == theirs["flag"][row]) & (ours["valid"] == theirs["valid"][row])
    return np.asarray(same, dtype=np.bool_)


def _columns(statistics: Statistics) -> Columns:
    periods = statistics.periods
    return {
        "mn": statistics.mn.texts(),
        "factor": statistics.factor.texts(),
        "time": periods.start,
        "value": periods.value,
        "minimum": periods.minimum,
        "maximum": periods.maximum,
        "total": periods.total,
        "zs_value": periods.converted,
        "zs_minimum": periods.converted_minimum,
        "zs_maximum": periods.converted_maximum,
        "flag": periods.mark.astype(np.object_),
        "valid_count": periods.valid_count,
        "expected_count": periods.expected_count,
        "valid": periods.valid,
        "rule": statistics.rule.texts(),
    }


def _joint_keys(ours: Columns, theirs: Columns) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """One integer per (mn, factor, rule, time), comparable between both tables."""
    time = np.concatenate([ours["time"], theirs["time"]])
    key = np.unique(time, return_inverse=True)[1].astype(np.int64)
    for name in _KEYS:
        column = Coded.of(np.concatenate([ours[name], theirs[name]]))
        key = key * max(len(column.names), 1) + column.codes
    return key[: len(ours["time"])], key[len(ours["time"]) :]


def _equal(ours: NDArray[Any], theirs: NDArray[Any]) -> NDArray[np.bool_]:
    first, second = ours.astype(np.float64), theirs.astype(np.float64)
    return np.asarray((first == second) | (np.isnan(first) & np.isnan(second)), dtype=np.bool_)
