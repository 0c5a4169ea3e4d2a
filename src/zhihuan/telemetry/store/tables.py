"""What reads return: NumPy columns of equal length, one dataclass per question.

Times are UTC epoch seconds (int64), ``received`` epoch milliseconds (int64), values float64 with
NaN for missing, text object arrays of ``str``. Rows come in the order their docstring says.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "BucketSeries",
    "CityHours",
    "CountTable",
    "EventTable",
    "FirstTimes",
    "FloatColumn",
    "FrameTable",
    "IntColumn",
    "LatestTable",
    "MeasurementColumns",
    "ReportedKeys",
    "Series",
    "StatisticTable",
    "TextColumn",
    "Touched",
]

IntColumn = NDArray[np.int64]
FloatColumn = NDArray[np.float64]
TextColumn = NDArray[np.object_]


class _Table:
    __slots__ = ()

    def __len__(self) -> int:
        return len(getattr(self, fields(self)[0].name))  # type: ignore[arg-type]

    def columns(self) -> dict[str, NDArray[Any]]:
        """Name -> array, in order."""
        every = {each.name: getattr(self, each.name) for each in fields(self)}  # type: ignore[arg-type]
        return {name: column for name, column in every.items() if isinstance(column, np.ndarray)}


@dataclass(frozen=True, slots=True)
class Series(_Table):
    """One factor of one device, by rising time; one row per time, the newest received."""

    time: IntColumn
    value: FloatColumn
    minimum: FloatColumn
    maximum: FloatColumn
    total: FloatColumn
    zs_value: FloatColumn
    zs_minimum: FloatColumn
    zs_maximum: FloatColumn
    flag: TextColumn
    received: IntColumn
    frame_id: NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class MeasurementColumns(_Table):
    """Many devices and factors of one kind, by (mn, factor, time); the newest received of each."""

    mn: TextColumn
    factor: TextColumn
    time: IntColumn
    value: FloatColumn
    minimum: FloatColumn
    maximum: FloatColumn
    total: FloatColumn
    zs_value: FloatColumn
    zs_minimum: FloatColumn
    zs_maximum: FloatColumn
    flag: TextColumn
    received: IntColumn
    frame_id: NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class LatestTable(_Table):
    """The newest row of each (mn, factor, kind): greatest time, then greatest received.

    By (mn, factor, kind).
    """

    mn: TextColumn
    factor: TextColumn
    kind: IntColumn
    time: IntColumn
    value: FloatColumn
    minimum: FloatColumn
    maximum: FloatColumn
    total: FloatColumn
    zs_value: FloatColumn
    zs_minimum: FloatColumn
    zs_maximum: FloatColumn
    flag: TextColumn
    received: IntColumn
    frame_id: NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class BucketSeries(_Table):
    """A long series in few buckets, none of whose extremes is lost. By rising time; empty buckets
    are absent.

    seconds: width of a bucket. time: start of the bucket. count: rows in it. valued: those with a value.
    converted: rows with a converted value (折算); of these it, of the others the measured one, is what
    everything here calls ``value``, and Min and Max likewise. first, last: value of
    the first and last valued row, with their times. minimum, maximum: extremes of ``value``, each
    with a time at which it occurred. lowest, highest: extremes of the device's own Min and Max, of ``value``
    where it sent none. mean: arithmetic mean of ``value``. Times of what does not exist are -1.
    marked: rows whose mark is neither "N" nor empty. worst_flag: the gravest mark, "" when none.
    """

    time: IntColumn
    count: IntColumn
    valued: IntColumn
    converted: IntColumn
    first: FloatColumn
    first_time: IntColumn
    last: FloatColumn
    last_time: IntColumn
    minimum: FloatColumn
    minimum_time: IntColumn
    maximum: FloatColumn
    maximum_time: IntColumn
    lowest: FloatColumn
    lowest_time: IntColumn
    highest: FloatColumn
    highest_time: IntColumn
    mean: FloatColumn
    marked: IntColumn
    worst_flag: TextColumn
    seconds: int


@dataclass(frozen=True, slots=True)
class StatisticTable(_Table):
    """Our own statistics, by (mn, factor, time, rule); the newest computed of each."""

    mn: TextColumn
    factor: TextColumn
    time: IntColumn
    value: FloatColumn
    minimum: FloatColumn
    maximum: FloatColumn
    total: FloatColumn
    zs_value: FloatColumn
    zs_minimum: FloatColumn
    zs_maximum: FloatColumn
    flag: TextColumn
    valid_count: IntColumn
    expected_count: IntColumn
    valid: NDArray[np.bool_]
    rule: TextColumn
    computed: IntColumn


@dataclass(frozen=True, slots=True)
class FrameTable(_Table):
    """Raw frames, newest received first. raw, sm3: object arrays of ``bytes``. data_time, sent:
    epoch seconds, 0 = none."""

    mn: TextColumn
    received: IntColumn
    frame_id: NDArray[np.uint64]
    cn: TextColumn
    st: TextColumn
    qn: TextColumn
    sent: IntColumn
    data_time: IntColumn
    raw: NDArray[np.object_]
    sm3: NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class EventTable(_Table):
    """Device events, newest first. time: epoch **milliseconds**."""

    mn: TextColumn
    time: IntColumn
    event: TextColumn
    detail: TextColumn


@dataclass(frozen=True, slots=True)
class CountTable(_Table):
    """Rows per (mn, factor): how many periods are present, how many of them are marked, and the
    first and last time."""

    mn: TextColumn
    factor: TextColumn
    count: IntColumn
    marked: IntColumn
    first_time: IntColumn
    last_time: IntColumn


@dataclass(frozen=True, slots=True)
class CityHours(_Table):
    """City-wide aggregates per (factor, hour): devices with a value, mean, extremes, total of
    ``total``, and marked rows. NaN where nothing was measured."""

    factor: TextColumn
    time: IntColumn
    devices: IntColumn
    mean: FloatColumn
    minimum: FloatColumn
    maximum: FloatColumn
    total: FloatColumn
    marked: IntColumn


@dataclass(frozen=True, slots=True)
class Touched(_Table):
    """Which buckets of which devices got rows: mn and start of the bucket [epoch s]."""

    mn: TextColumn
    bucket_start: IntColumn


@dataclass(frozen=True, slots=True)
class ReportedKeys(_Table):
    """Which series there are at all, by (mn, factor, kind)."""

    mn: TextColumn
    factor: TextColumn
    kind: IntColumn


@dataclass(frozen=True, slots=True)
class FirstTimes(_Table):
    """When each series of a span begins, by (mn, factor)."""

    mn: TextColumn
    factor: TextColumn
    time: IntColumn
