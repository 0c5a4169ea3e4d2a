"""Rows on their way into the store, as columns of equal length.

A batch is columns, not row objects: at 100,000 rows a second an object a row would cost more than
the durable write. Columns are lists while a batch grows; NumPy arrays are accepted wherever a list
is declared. Nothing is converted here; lengths are checked when the store takes the batch.

Missing values are NaN in value columns and "" in text columns. Times are UTC: ``time`` and
``data_time`` in epoch seconds, ``received`` and ``computed`` in epoch milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields

__all__ = ["Batch", "EventRows", "FrameRows", "MeasurementRows", "StatisticRows"]


class _Columns:
    """Columns of equal length."""

    __slots__ = ()

    def __len__(self) -> int:
        return len(self.mn)  # type: ignore[attr-defined]

    def check(self) -> None:
        """Raise ``ValueError`` naming the first column whose length differs from that of ``mn``."""
        expected = len(self)
        for column in fields(self):  # type: ignore[arg-type]
            found = len(getattr(self, column.name))
            if found != expected:
                raise ValueError(
                    f"{type(self).__name__}.{column.name} has {found} entries, mn has {expected}; "
                    "append to every column for each row"
                )


@dataclass(slots=True)
class MeasurementRows(_Columns):
    """What devices measured: one row per (mn, factor, kind, time).

    mn: device (数采仪) id. factor: HJ 524/525 code, after aliases. kind: ``Kind``. time: start of
    the period, for real-time data the instant. value: Avg, for real-time data Rtd. minimum,
    maximum: Min, Max. total: Cou (amount over the period). zs_value, zs_minimum, zs_maximum:
    converted (折算) values. Units are the factor's own, as the standard gives them. flag: the
    device's mark as sent ("N" normal, "" not sent). frame_id: ``digest.frame_id`` of the frame the
    row came from, 0 = none.
    """

    mn: list[str] = field(default_factory=list)
    factor: list[str] = field(default_factory=list)
    kind: list[int] = field(default_factory=list)
    time: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    minimum: list[float] = field(default_factory=list)
    maximum: list[float] = field(default_factory=list)
    total: list[float] = field(default_factory=list)
    zs_value: list[float] = field(default_factory=list)
    zs_minimum: list[float] = field(default_factory=list)
    zs_maximum: list[float] = field(default_factory=list)
    flag: list[str] = field(default_factory=list)
    received: list[int] = field(default_factory=list)
    frame_id: list[int] = field(default_factory=list)


@dataclass(slots=True)
class FrameRows(_Columns):
    """Frames as received: one row per (mn, bytes), however often the device sends them again.

    cn: command code. st: system type. qn: request number as sent, "" when none. data_time: the
    frame's DataTime [epoch s], 0 when none. raw: the whole frame with ``##`` and CRC. sm3: 32-byte
    digest of ``raw``; frame_id: its first 8 bytes as u64.
    """

    mn: list[str] = field(default_factory=list)
    received: list[int] = field(default_factory=list)
    frame_id: list[int] = field(default_factory=list)
    cn: list[str] = field(default_factory=list)
    st: list[str] = field(default_factory=list)
    qn: list[str] = field(default_factory=list)
    data_time: list[int] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    sm3: list[bytes] = field(default_factory=list)


@dataclass(slots=True)
class EventRows(_Columns):
    """What happened to a device's connection: one row per (mn, time, event, detail).

    time: epoch **milliseconds**. event: "online", "offline", "auth_failed", "clock_drift", ...
    """

    mn: list[str] = field(default_factory=list)
    time: list[int] = field(default_factory=list)
    event: list[str] = field(default_factory=list)
    detail: list[str] = field(default_factory=list)


@dataclass(slots=True)
class StatisticRows(_Columns):
    """Our own statistics, beside the device's and never over them: one row per (mn, factor, kind,
    time, rule); a later ``computed`` replaces an earlier one of the same rule.

    flag: our mark of the period. valid_count, expected_count: members that were valid, and that a
    full period has. valid: whether the rule lets the value stand. rule: id of the dated rule set.
    """

    mn: list[str] = field(default_factory=list)
    factor: list[str] = field(default_factory=list)
    kind: list[int] = field(default_factory=list)
    time: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    minimum: list[float] = field(default_factory=list)
    maximum: list[float] = field(default_factory=list)
    total: list[float] = field(default_factory=list)
    zs_value: list[float] = field(default_factory=list)
    zs_minimum: list[float] = field(default_factory=list)
    zs_maximum: list[float] = field(default_factory=list)
    flag: list[str] = field(default_factory=list)
    valid_count: list[int] = field(default_factory=list)
    expected_count: list[int] = field(default_factory=list)
    valid: list[bool] = field(default_factory=list)
    rule: list[str] = field(default_factory=list)
    computed: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Batch:
    """What is made durable together. ``len`` counts the rows of all three tables."""

    measurements: MeasurementRows = field(default_factory=MeasurementRows)
    frames: FrameRows = field(default_factory=FrameRows)
    events: EventRows = field(default_factory=EventRows)

    def __len__(self) -> int:
        return len(self.measurements) + len(self.frames) + len(self.events)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return len(self) == 0
