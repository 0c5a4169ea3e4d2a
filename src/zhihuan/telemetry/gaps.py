"""Where a device's data are missing: runs of periods that should be there and are not.

    >>> present = Present(series=np.array([0, 0]), time=np.array([1717171200, 1717178400]))
    >>> gaps = find_gaps(present, Expected.of_one(1717171200, 1717182000, 3600))
    >>> gaps.start.tolist(), gaps.last.tolist(), gaps.missing.tolist()
    ([1717174800], [1717174800], [1])

Pure and vectorised: any number of series with their own intervals and spans in one call. It knows
only presence; whether a value is valid is another question (``transmission``). It refuses to
expect anything of a series nobody declared.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihuan.telemetry.aggregation.periods import BEIJING_OFFSET_SECONDS

__all__ = ["Expected", "Gaps", "Present", "find_gaps"]

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Present:
    """Moments that arrived: series (0 … n−1) and period start or instant [epoch s], any order."""

    series: Ints
    time: Ints


@dataclass(frozen=True, slots=True)
class Expected:
    """What should have arrived, one row a series: the periods that begin in [start, end), one
    every ``interval`` seconds counted from midnight of Beijing."""

    start: Ints
    end: Ints
    interval: Ints

    @classmethod
    def of_one(cls, start: int, end: int, interval: int) -> Expected:
        """The expectation of a single series."""
        return cls(np.array([start]), np.array([end]), np.array([interval]))

    @property
    def first_slot(self) -> Ints:
        """Number of the first period of each span, counted from the epoch of Beijing's midnights."""
        return -(-(self.start + BEIJING_OFFSET_SECONDS) // self.interval)

    @property
    def slots(self) -> Ints:
        """How many periods each span expects, ≥ 0."""
        ends = -(-(self.end + BEIJING_OFFSET_SECONDS) // self.interval)
        count: Ints = np.maximum(ends - self.first_slot, 0)
        return count

    def slot_of(self, series: Ints, time: Ints) -> Ints:
        """Number of the period each moment lies in, 0 for the first of the series' span."""
        slot = (time + BEIJING_OFFSET_SECONDS) // self.interval[series]
        return slot - self.first_slot[series]

    def distinct_slots(self, series: Ints, time: Ints) -> tuple[Ints, Ints]:
        """Series and slot of the distinct periods inside the spans, sorted."""
        slot = self.slot_of(series, time)
        inside = (slot >= 0) & (slot < self.slots[series])
        width = int(self.slots.max(initial=0)) + 1
        keys = np.unique(series[inside] * width + slot[inside])
        return keys // width, keys % width

    def moment(self, series: Ints, slot: Ints) -> Ints:
        """The start [epoch s] of a period of a series, by its number in the span."""
        number = slot + self.first_slot[series]
        return number * self.interval[series] - BEIJING_OFFSET_SECONDS


@dataclass(frozen=True, slots=True)
class Gaps:
    """One row a gap, by series and time. start, last: the first and the last missing period
    [epoch s, their starts]; missing: how many periods."""

    series: Ints
    start: Ints
    last: Ints
    missing: Ints

    def __len__(self) -> int:
        return len(self.series)


def find_gaps(present: Present, expected: Expected) -> Gaps:
    """The runs of expected periods in which nothing arrived.

    Moments outside a series' span are ignored; several moments in one period count once, so
    jitter inside a period is no gap. Raises ValueError for an interval below one second.
    """
    if np.any(expected.interval < 1):
        raise ValueError("an interval below one second expects nothing; declare a positive one")
    series, slot = expected.distinct_slots(present.series, present.time)
    before, after = _neighbours(series, slot, expected.slots)
    is_gap = after.slot - before.slot > 1
    owner = before.series[is_gap]
    first, last = before.slot[is_gap] + 1, after.slot[is_gap] - 1
    return Gaps(
        series=owner,
        start=expected.moment(owner, first),
        last=expected.moment(owner, last),
        missing=last - first + 1,
    )


@dataclass(frozen=True, slots=True)
class _Slots:
    series: Ints
    slot: Ints


def _neighbours(series: Ints, slot: Ints, slots: Ints) -> tuple[_Slots, _Slots]:
    """Each arrived slot with the next; a slot just before and just after every span stand guard."""
    everyone = np.arange(len(slots), dtype=np.int64)
    all_series = np.concatenate([series, everyone, everyone])
    all_slots = np.concatenate([slot, np.full(len(slots), -1, dtype=np.int64), slots])
    order = np.lexsort((all_slots, all_series))
    ordered, at = all_series[order], all_slots[order]
    same = ordered[1:] == ordered[:-1]
    return _Slots(ordered[:-1][same], at[:-1][same]), _Slots(ordered[1:][same], at[1:][same])
