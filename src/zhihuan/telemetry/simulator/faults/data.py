"""Faults of the data: what is measured is false, missing, or carries a wrong time.

Each fault is a value with a span, so a device that is asked for its history answers with the very
values it reported while the fault lasted. Refuses to guess: a fault with a span that ends before
it starts, or an amount that means nothing, is an error.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from zhihuan.telemetry.simulator.chance import Floats, Integers

DAY_SECONDS = 86_400


class DataFaultKind(StrEnum):
    """The kinds there are; ``EXPLAINED`` says what each does and what its amount is."""

    DRIFT = "drift"
    FLAT_LINE = "flat_line"
    CAPPING = "capping"
    COPY_OF_YESTERDAY = "copy_of_yesterday"
    INSTRUMENT_FAULT = "instrument_fault"
    GAP = "gap"
    OUTAGE = "outage"
    CLOCK_SKEW = "clock_skew"
    DISCONNECT_STORM = "disconnect_storm"


EXPLAINED = {
    DataFaultKind.DRIFT: "grows slowly [part of the value gained a day]",
    DataFaultKind.FLAT_LINE: "the value at the start is repeated",
    DataFaultKind.CAPPING: "values above are cut off [ceiling, in the factor's unit]",
    DataFaultKind.COPY_OF_YESTERDAY: "the day before the start is reported again",
    DataFaultKind.INSTRUMENT_FAULT: "values bear the mark D (fault of the instrument)",
    DataFaultKind.GAP: "nothing measured: not reported, not in the history",
    DataFaultKind.OUTAGE: "not reported in time, but kept in the history",
    DataFaultKind.CLOCK_SKEW: "the clock jumps [seconds ahead]",
    DataFaultKind.DISCONNECT_STORM: "disconnects again and again [mean seconds between]",
}


_NEEDS_AMOUNT = frozenset(
    {
        DataFaultKind.DRIFT,
        DataFaultKind.CAPPING,
        DataFaultKind.CLOCK_SKEW,
        DataFaultKind.DISCONNECT_STORM,
    }
)


@dataclass(frozen=True, slots=True)
class DataFault:
    """One fault of one device. factor: "" means every factor. start, end: epoch seconds UTC,
    half-open. amount: see ``DataFaultKind``."""

    kind: DataFaultKind
    mn: str
    start: int
    end: int
    factor: str = ""
    amount: float = 0.0

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"{self.kind} of {self.mn} ends ({self.end}) before it starts")
        if self.kind in _NEEDS_AMOUNT and not self.amount:
            raise ValueError(f"{self.kind} of {self.mn} needs an amount other than 0")

    def touches(self, factor: str) -> bool:
        """Whether this fault concerns the factor."""
        return self.factor in ("", factor)

    def lasts_at(self, second: int) -> bool:
        """Whether the fault lasts at this moment."""
        return self.start <= second < self.end

    def moments(self, seconds: Integers) -> Integers:
        """The moments whose values are reported instead: the clock of the falsified series."""
        inside = (seconds >= self.start) & (seconds < self.end)
        if self.kind is DataFaultKind.FLAT_LINE:
            return np.where(inside, self.start, seconds)
        if self.kind is DataFaultKind.COPY_OF_YESTERDAY:
            days_back = (seconds - self.start) // DAY_SECONDS + 1
            return np.where(inside, seconds - days_back * DAY_SECONDS, seconds)
        return seconds

    def falsify(self, seconds: Integers, values: Floats) -> Floats:
        """The values as the faulty instrument gives them."""
        inside = (seconds >= self.start) & (seconds < self.end)
        if self.kind is DataFaultKind.DRIFT:
            gained = 1.0 + self.amount * (seconds - self.start) / DAY_SECONDS
            return np.where(inside, values * gained, values)
        if self.kind is DataFaultKind.CAPPING:
            return np.where(inside, np.minimum(values, self.amount), values)
        return values


def broken_at(
    faults: Iterable[DataFault], seconds: Integers
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """At which moments the instrument itself reports a fault (INSTRUMENT_FAULT)."""
    return _during(faults, DataFaultKind.INSTRUMENT_FAULT, seconds)


def missing_at(
    faults: Iterable[DataFault], seconds: Integers
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Which moments were never measured (GAP)."""
    return _during(faults, DataFaultKind.GAP, seconds)


def _during(
    faults: Iterable[DataFault], kind: DataFaultKind, seconds: Integers
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    inside = np.zeros(seconds.shape, dtype=np.bool_)
    for fault in faults:
        if fault.kind is kind:
            inside |= (seconds >= fault.start) & (seconds < fault.end)
    return inside


def lasting(faults: Iterable[DataFault], kind: DataFaultKind, second: int) -> DataFault | None:
    """The first fault of this kind that lasts at this moment, or None."""
    for fault in faults:
        if fault.kind is kind and fault.lasts_at(second):
            return fault
    return None
