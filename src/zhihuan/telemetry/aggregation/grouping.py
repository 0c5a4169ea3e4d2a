"""Rows sorted and cut into (series, period) groups, with reductions over each group.

Rows are put in one order (series, then time) before anything is summed, so the result does not
depend on the order they came in, to the last bit. It refuses two rows of one series at one
moment: which of them counts is the store's decision (newest received wins), not ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.telemetry.aggregation.periods import period_start

__all__ = ["Grouping", "grouped"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Grouping:
    """order: row numbers, sorted; in_order: the rows were sorted already. first: where each group
    begins in that order. series, start: what each group is. All reductions take columns in the
    *sorted* order."""

    order: NDArray[np.intp]
    in_order: bool
    first: NDArray[np.intp]
    series: NDArray[np.int64]
    start: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.first)

    def sums(self, column: NDArray[Any]) -> NDArray[Any]:
        """Sum of each group."""
        return np.add.reduceat(column, self.first) if len(self) else column[:0]

    def smallest(self, column: Floats) -> Floats:
        """Smallest of each group, NaN left out; NaN when nothing is left."""
        return np.fmin.reduceat(column, self.first) if len(self) else column[:0]

    def largest(self, column: Floats) -> Floats:
        """Largest of each group, NaN left out; NaN when nothing is left."""
        return np.fmax.reduceat(column, self.first) if len(self) else column[:0]

    def spread(self, per_group: NDArray[Any]) -> NDArray[Any]:
        """A value per group, repeated for each of its rows."""
        sizes = np.diff(np.append(self.first, len(self.order)))
        return np.repeat(per_group, sizes)


def grouped(series: NDArray[np.int64], time: NDArray[np.int64], length: int) -> Grouping:
    """Group rows by series and period of ``length`` seconds.

    Raises ValueError when a series has two rows at one moment.
    """
    in_order = _is_sorted(series, time)
    order = np.arange(len(time)) if in_order else np.lexsort((time, series))
    by_series, by_time = (series, time) if in_order else (series[order], time[order])
    start = period_start(by_time, length)
    same_series = by_series[1:] == by_series[:-1]
    if np.any(same_series & (by_time[1:] == by_time[:-1])):
        raise ValueError("a series has two rows at one moment; read the newest received of each")
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = ~(same_series & (start[1:] == start[:-1]))
    first = np.flatnonzero(new)
    return Grouping(
        order=order,
        in_order=in_order,
        first=first,
        series=by_series[first],
        start=start[first],
    )


def _is_sorted(series: NDArray[np.int64], time: NDArray[np.int64]) -> bool:
    """Stores return rows sorted; then sorting them again would cost more than the sums."""
    later, same = series[1:] > series[:-1], series[1:] == series[:-1]
    return bool(np.all(later | (same & (time[1:] >= time[:-1]))))
