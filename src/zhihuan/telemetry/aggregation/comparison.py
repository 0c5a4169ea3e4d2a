"""The listing of where the device's hours or days and ours disagree.

Reads both tables of a span, pairs them by device, factor and time, and returns the pairs beyond
the tolerance in force on the day; nothing is corrected. It refuses to pair what only one side has:
``Compared`` counts these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from zhihuan.telemetry.aggregation.columns import Coded
from zhihuan.telemetry.aggregation.mismatch import (
    relative_difference,
    reported_step,
    tolerance_on,
    which_mismatch,
)
from zhihuan.telemetry.aggregation.periods import beijing_days
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store.tables import MeasurementColumns, StatisticTable

__all__ = ["Compared", "ComparedStore", "Difference", "compare"]

# our column -> what it is called; the device's column has the same name
_QUANTITIES = ("value", "total", "zs_value")


class ComparedStore(Protocol):
    """What is asked of the store here; every ``TelemetryStore`` has it."""

    def measurements(
        self,
        kind: int,
        start: int,
        end: int,
        *,
        mns: Sequence[str] | None = None,
        factors: Sequence[str] | None = None,
    ) -> MeasurementColumns: ...

    def statistics_rows(
        self, kind: int, start: int, end: int, *, mns: Sequence[str] | None = None
    ) -> StatisticTable: ...


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure on which both sides differ. quantity: "value" (mean), "total" (amount) or
    "zs_value" (converted mean). time: period start [epoch s]. relative: of the larger. valid, rule:
    what we say of our own."""

    mn: str
    factor: str
    time: int
    quantity: str
    theirs: float
    ours: float
    relative: float
    valid: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Compared:
    """pairs: periods that both sides have; only_theirs, only_ours: those that one side has."""

    differences: tuple[Difference, ...]
    pairs: int
    only_theirs: int
    only_ours: int


def compare(
    store: ComparedStore, kind: Kind, start: int, end: int, *, mns: Sequence[str] | None = None
) -> Compared:
    """Differences in the hours or days that begin in [start, end), the largest first."""
    theirs = store.measurements(kind, start, end, mns=mns)
    ours = store.statistics_rows(kind, start, end, mns=mns)
    their_row, our_row = _paired(theirs, ours)
    found = [
        difference
        for quantity in _QUANTITIES
        for difference in _of_quantity(quantity, theirs, ours, their_row, our_row)
    ]
    pairs = len(np.unique(their_row))
    return Compared(
        differences=tuple(sorted(found, key=lambda one: (-one.relative, one.mn, one.time))),
        pairs=pairs,
        only_theirs=len(theirs) - pairs,
        only_ours=len(ours) - len(np.unique(our_row)),
    )


def _paired(
    theirs: MeasurementColumns, ours: StatisticTable
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Row numbers of both tables for every pair; ours may pair several rules with one of theirs."""
    keys, count = _keys(theirs, ours), len(theirs)
    their_keys, our_keys = keys[:count], keys[count:]
    order = np.argsort(their_keys, kind="stable")
    if not len(order):
        return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)
    place = np.minimum(np.searchsorted(their_keys[order], our_keys), len(order) - 1)
    has_pair = their_keys[order][place] == our_keys
    return order[place[has_pair]], np.flatnonzero(has_pair)


def _keys(theirs: MeasurementColumns, ours: StatisticTable) -> NDArray[np.int64]:
    time = np.concatenate([theirs.time, ours.time])
    key = np.unique(time, return_inverse=True)[1].astype(np.int64)
    for name in ("mn", "factor"):
        column = Coded.of(np.concatenate([getattr(theirs, name), getattr(ours, name)]))
        key = key * max(len(column.names), 1) + column.codes
    return key


def _of_quantity(
    quantity: str,
    theirs: MeasurementColumns,
    ours: StatisticTable,
    their_row: NDArray[np.intp],
    our_row: NDArray[np.intp],
) -> list[Difference]:
    sent = getattr(theirs, quantity)
    their, our = sent[their_row], getattr(ours, quantity)[our_row]
    step = reported_step(sent, _series_of(theirs))[their_row]
    apart = np.zeros(len(their), dtype=np.bool_)
    for day, rows in _by_day(ours.time[our_row]):
        apart[rows] = which_mismatch(their[rows], our[rows], tolerance_on(day), step[rows])
    relative = relative_difference(their, our)
    return [
        Difference(
            mn=ours.mn[row],
            factor=ours.factor[row],
            time=int(ours.time[row]),
            quantity=quantity,
            theirs=float(their[place]),
            ours=float(our[place]),
            relative=float(relative[place]),
            valid=bool(ours.valid[row]),
            rule=ours.rule[row],
        )
        for place, row in zip(np.flatnonzero(apart), our_row[apart], strict=True)
    ]


def _series_of(theirs: MeasurementColumns) -> NDArray[np.int64]:
    """A number for each (device, factor), 0 … n−1."""
    factor = Coded.of(theirs.factor)
    key = Coded.of(theirs.mn).codes.astype(np.int64) * max(len(factor.names), 1) + factor.codes
    numbers: NDArray[np.int64] = np.unique(key, return_inverse=True)[1].astype(np.int64)
    return numbers


def _by_day(time: NDArray[np.int64]) -> list[tuple[Any, NDArray[np.bool_]]]:
    days = beijing_days(time)
    return [(day.item(), days == day) for day in np.unique(days)]
