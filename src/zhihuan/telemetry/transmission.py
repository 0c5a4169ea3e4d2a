"""Effective transmission rate: what arrived of what was due, and what of it is valid.

    transmission rate = received / due;  validity rate = valid / received;
    effective transmission rate = transmission rate × validity rate = valid / due

(数据传输有效率, the figure by which automatic monitoring is assessed; the product is known at
second hand, the clause was not at hand.) Numerators and denominators are kept, so a rate opens
into the periods it was counted from, and rates of parts add up to the rate of the whole. It
refuses a rate of nothing: NaN when nothing was due, never 100 %.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihuan.telemetry.gaps import Expected, Gaps, Present, find_gaps

__all__ = ["Judged", "Transmission", "TransmissionRecords", "records", "transmission", "whole"]

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Transmission:
    """Periods due, received and valid; 0 ≤ valid ≤ received ≤ due."""

    due: int
    received: int
    valid: int

    @property
    def transmission_rate(self) -> float:
        """received / due, in [0, 1]; NaN when nothing was due."""
        return self.received / self.due if self.due else float("nan")

    @property
    def validity_rate(self) -> float:
        """valid / received, in [0, 1]; NaN when nothing was received."""
        return self.valid / self.received if self.received else float("nan")

    @property
    def effective_rate(self) -> float:
        """valid / due: the product of the two rates; NaN when nothing was due."""
        return self.valid / self.due if self.due else float("nan")

    def __add__(self, other: Transmission) -> Transmission:
        return Transmission(
            self.due + other.due, self.received + other.received, self.valid + other.valid
        )


@dataclass(frozen=True, slots=True)
class Judged:
    """Moments that arrived (series 0 … n−1, time [epoch s]) and whether each is valid."""

    series: Ints
    time: Ints
    valid: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class TransmissionRecords:
    """What a rate was counted from: the gaps, and the periods received but not valid."""

    missing: Gaps
    invalid_series: Ints
    invalid_start: Ints


def transmission(judged: Judged, expected: Expected) -> list[Transmission]:
    """The figures of each series over its span, in the order of ``expected``.

    A period counts as received when anything arrived in it, as valid when any of it is valid.
    """
    received, _ = expected.distinct_slots(judged.series, judged.time)
    valid, _ = expected.distinct_slots(judged.series[judged.valid], judged.time[judged.valid])
    count = len(expected.interval)
    columns = (expected.slots, _counted(received, count), _counted(valid, count))
    return [
        Transmission(*figures) for figures in zip(*map(np.ndarray.tolist, columns), strict=True)
    ]


def whole(parts: Iterable[Transmission]) -> Transmission:
    """The figures of several devices, factors or spans together."""
    return sum(parts, Transmission(0, 0, 0))


def records(judged: Judged, expected: Expected) -> TransmissionRecords:
    """The periods behind the figures: those missing, and those received without a valid value."""
    good = judged.valid
    received = np.stack(expected.distinct_slots(judged.series, judged.time))
    valid = np.stack(expected.distinct_slots(judged.series[good], judged.time[good]))
    series, slot = received[:, ~_in_columns(received, valid)]
    return TransmissionRecords(
        missing=find_gaps(Present(judged.series, judged.time), expected),
        invalid_series=series,
        invalid_start=expected.moment(series, slot),
    )


def _counted(series: Ints, count: int) -> NDArray[np.intp]:
    return np.bincount(series, minlength=count)


def _in_columns(table: Ints, others: Ints) -> NDArray[np.bool_]:
    """Which columns (series, slot) of ``table`` occur in ``others``."""
    width = int(max(table[1].max(initial=0), others[1].max(initial=0))) + 1
    return np.isin(table[0] * width + table[1], others[0] * width + others[1])
