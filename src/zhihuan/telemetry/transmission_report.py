"""The effective transmission rate of registered devices over a span, read from the store.

One row a device and factor: what was due, received and valid of its minutes, hours or days. Due
are the factors the device is registered to report, so a silent device has a rate of 0 and a silent
sensor behind a talking logger shows; a device with no registered factors owes those it sent, and
one that then sent nothing owes one nameless series. ``records_behind`` opens a row into the periods
it was counted from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from zhihuan.telemetry.aggregation.columns import Coded
from zhihuan.telemetry.aggregation.devices import MonitoredDevice, commonest_step
from zhihuan.telemetry.aggregation.named_members import normal_marks
from zhihuan.telemetry.gaps import Expected
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store.tables import MeasurementColumns
from zhihuan.telemetry.transmission import (
    Judged,
    Transmission,
    TransmissionRecords,
    records,
    transmission,
)

__all__ = ["DueSpan", "FactorTransmission", "MeasuredStore", "records_behind", "transmission_of"]

_FIXED_SECONDS = {Kind.HOUR: 3600, Kind.DAY: 86400}
_ROWS_A_READ = 2_000_000
_FACTORS_GUESSED = 12


class MeasuredStore(Protocol):
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


@dataclass(frozen=True, slots=True)
class DueSpan:
    """The periods of a kind (MINUTE, HOUR or DAY) that begin in [start, end) [epoch s]."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FactorTransmission:
    """One factor of one device; factor "" where a device sent nothing and owes no listed factor."""

    mn: str
    factor: str
    figures: Transmission


def transmission_of(
    store: MeasuredStore, devices: Mapping[str, MonitoredDevice], span: DueSpan
) -> list[FactorTransmission]:
    """The figures of all ``devices`` for the periods of a span; devices whose system type sends
    real-time data only owe none.

    A value is valid when its mark is normal and it is a finite number. Minutes of a device without
    a registered interval are expected at its commonest step.
    """
    names = sorted(mn for mn, device in devices.items() if device.has_statistics)
    slots = max((span.end - span.start) // _FIXED_SECONDS.get(span.kind, 60), 1)
    stride = max(_ROWS_A_READ // (slots * _FACTORS_GUESSED), 1)
    return [
        row
        for begin in range(0, len(names), stride)
        for row in _of_some(store, devices, names[begin : begin + stride], span)
    ]


def records_behind(
    store: MeasuredStore, device: MonitoredDevice, factor: str, span: DueSpan
) -> TransmissionRecords:
    """The missing and the invalid periods of one factor: what its figures were counted from."""
    rows = store.measurements(span.kind, span.start, span.end, mns=[device.mn])
    interval = _interval(device, rows.time, span.kind)
    here = rows.factor == factor
    judged = Judged(
        series=np.zeros(int(here.sum()), dtype=np.int64),
        time=rows.time[here],
        valid=_is_valid(rows)[here],
    )
    return records(judged, Expected.of_one(span.start, span.end, interval))


def _of_some(
    store: MeasuredStore,
    devices: Mapping[str, MonitoredDevice],
    mns: Sequence[str],
    span: DueSpan,
) -> Iterator[FactorTransmission]:
    rows = store.measurements(span.kind, span.start, span.end, mns=mns)
    due = _due(devices, mns, rows)
    place = {pair: number for number, pair in enumerate(due)}
    interval = {mn: _interval(devices[mn], rows.time[rows.mn == mn], span.kind) for mn in mns}
    expected = Expected(
        start=np.full(len(due), span.start, dtype=np.int64),
        end=np.full(len(due), span.end, dtype=np.int64),
        interval=np.array([interval[mn] for mn, _ in due], dtype=np.int64),
    )
    series = np.array(
        [place[pair] for pair in zip(rows.mn.tolist(), rows.factor.tolist(), strict=True)],
        dtype=np.int64,
    )
    figures = transmission(Judged(series, rows.time, _is_valid(rows)), expected)
    for (mn, factor), one in zip(due, figures, strict=True):
        yield FactorTransmission(mn, factor, one)


def _due(
    devices: Mapping[str, MonitoredDevice], mns: Sequence[str], rows: MeasurementColumns
) -> list[tuple[str, str]]:
    """(device, factor) pairs that are due: registered or sent, sorted."""
    sent = set(zip(rows.mn.tolist(), rows.factor.tolist(), strict=True))
    registered = {(mn, factor) for mn in mns for factor in devices[mn].factors}
    pairs = sent | registered
    silent = {(mn, "") for mn in set(mns) - {mn for mn, _ in pairs}}
    return sorted(pairs | silent)


def _interval(device: MonitoredDevice, time: NDArray[np.int64], kind: Kind) -> int:
    return _FIXED_SECONDS.get(kind) or device.minute_seconds or commonest_step(np.unique(time))


def _is_valid(rows: MeasurementColumns) -> NDArray[np.bool_]:
    normal = normal_marks(Coded.of(rows.flag))
    return np.asarray(normal & np.isfinite(rows.value), dtype=np.bool_)
