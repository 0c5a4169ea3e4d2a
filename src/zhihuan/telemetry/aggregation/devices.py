"""What the arithmetic must know of a device: which rules it follows and how often it reports.

It refuses to guess the subject from factor codes: the same code means flue gas at a stack and
ambient air at a station. The reporting interval, when the registry does not know it, is the
commonest step between a device's own minutes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.data_validity import Subject, subject_of
from zhihuan.telemetry.aggregation.columns import CodedMeasurements
from zhihuan.telemetry.ports import RegisteredDevice

__all__ = ["MonitoredDevice", "commonest_step", "minute_seconds", "monitored", "subjects"]

_REALTIME_ONLY = frozenset({"44", "45"})
# HJ 212-2017, table 4: the minute interval is one of these, in minutes; anything else is a
# device's stumble, not its interval.
_MINUTE_INTERVALS = np.array([1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class MonitoredDevice:
    """system_type: ST ("31"), "" when not known. minute_seconds: reporting interval of its minute
    data [s], None when not known. factors: codes it is registered to report, empty when not listed.
    """

    mn: str
    system_type: str = ""
    minute_seconds: int | None = None
    factors: tuple[str, ...] = ()

    @property
    def has_statistics(self) -> bool:
        """Whether its system type sends minutes, hours and days at all: power use and production
        conditions send real-time data only (HJ 212-2025, C.36–C.40, second hand)."""
        return self.system_type not in _REALTIME_ONLY


def monitored(registered: Mapping[str, RegisteredDevice]) -> dict[str, MonitoredDevice]:
    """The enabled devices of the registry, as the arithmetic sees them."""
    return {
        mn: MonitoredDevice(
            mn=mn,
            system_type=device.system_type,
            minute_seconds=device.minute_minutes * 60 if device.minute_minutes else None,
            factors=device.factors,
        )
        for mn, device in registered.items()
        if device.enabled
    }


def subjects(
    mns: Sequence[str], devices: Mapping[str, MonitoredDevice], day: date
) -> NDArray[np.int64]:
    """The subject of each device, as a place in ``list(Subject)``.

    A device that is not known, or whose system type is not, follows OTHER. day: on which the table
    of system types is read.
    """
    order = list(Subject)

    def of(mn: str) -> int:
        known = devices.get(mn)
        return order.index(subject_of(known.system_type, day) if known else Subject.OTHER)

    return np.array([of(mn) for mn in mns], dtype=np.int64)


def minute_seconds(
    rows: CodedMeasurements, devices: Mapping[str, MonitoredDevice]
) -> NDArray[np.float64]:
    """The length of each row's minute period [s]: as registered, else as the device's steps say.

    A device with a single minute in ``rows`` gets 60 s.
    """
    registered = np.array(
        [_registered(devices.get(mn)) for mn in rows.mn.names] or [0], dtype=np.int64
    )
    unknown = registered[rows.mn.codes] == 0
    if np.any(unknown):
        _infer(registered, rows.mn.codes[unknown], rows.time[unknown])
    return registered[rows.mn.codes].astype(np.float64)


def commonest_step(time: NDArray[np.int64]) -> int:
    """The commonest allowed minute interval [s] between moments of one device (rising, distinct);
    60 when there is none. Among equally common ones the shortest."""
    step = np.diff(time) // 60
    votes = np.bincount(step[np.isin(step, _MINUTE_INTERVALS)], minlength=2)
    return max(int(np.argmax(votes)), 1) * 60


def _registered(device: MonitoredDevice | None) -> int:
    return (device.minute_seconds or 0) if device else 0


def _infer(seconds: NDArray[np.int64], codes: NDArray[np.int32], time: NDArray[np.int64]) -> None:
    """Fill the zeros of ``seconds`` with each device's commonest step."""
    moments = np.unique(np.stack([codes.astype(np.int64), time]), axis=1)
    device, at = moments
    step = np.diff(at) // 60
    counted = (np.diff(device) == 0) & np.isin(step, _MINUTE_INTERVALS)
    votes = np.zeros((len(seconds), int(_MINUTE_INTERVALS.max()) + 1), dtype=np.int64)
    np.add.at(votes, (device[1:][counted], step[counted]), 1)
    commonest = np.maximum(np.argmax(votes, axis=1), 1) * 60
    seconds[seconds == 0] = commonest[seconds == 0]
