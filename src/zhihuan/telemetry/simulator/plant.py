"""What a device measures: samples of every factor at any moments asked for.

``Plant`` is what a device needs; ``SyntheticPlant`` computes it from a seed, ``playback`` reads it
from a recorded series. Refuses to know about reports, intervals or the wire.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from zhihuan.telemetry.simulator.chance import Floats, Integers, seed_from
from zhihuan.telemetry.simulator.episodes import MARKS, Marks, marks_at, raised_by
from zhihuan.telemetry.simulator.faults.data import DataFault, broken_at, missing_at
from zhihuan.telemetry.simulator.kinds import KindSpec
from zhihuan.telemetry.simulator.physics import tie_together
from zhihuan.telemetry.simulator.signals import Signal, level

__all__ = ["Plant", "Samples", "SyntheticPlant"]


@dataclass(frozen=True, slots=True)
class Samples:
    """Readings at moments. seconds: epoch seconds UTC, shape (n,). values, converted: factor code
    -> (n,) in the factor's unit, NaN where nothing was measured. marks: (n,) indexes in MARKS."""

    seconds: Integers
    values: dict[str, Floats]
    converted: dict[str, Floats]
    marks: Marks


class Plant(Protocol):
    """The source of a device's values."""

    @property
    def kind(self) -> KindSpec: ...

    @property
    def factors(self) -> tuple[str, ...]:
        """The codes reported, in order."""
        ...

    def samples(self, seconds: Integers) -> Samples:
        """Readings at these moments (epoch seconds UTC, shape (n,)); the same again each time."""
        ...


class SyntheticPlant:
    """A plant invented from a seed: two with the same arguments give the same values for ever."""

    def __init__(  # noqa: PLR0913 - what a plant is invented from
        self,
        kind: KindSpec,
        seed: int,
        city_seed: int = 0,
        *,
        factors: tuple[str, ...] = (),
        faults: tuple[DataFault, ...] = (),
        exceeding: float = 1.0,
        levels: Mapping[str, float] | None = None,
    ) -> None:
        """exceeding: multiplies the chance of raised concentrations (0: this plant never has any).
        levels: multiplies a factor's values all the time, by code."""
        self.kind = replace(kind, episode_chance=min(1.0, kind.episode_chance * exceeding))
        self.factors = factors or kind.default_factors()
        self.faults = faults
        self._levels = levels or {}
        self._seed = seed
        self._city_seed = seed_from(city_seed, kind.kind)
        self._signals = self._needed()

    def samples(self, seconds: Integers) -> Samples:
        marks = marks_at(self.kind, self._seed, seconds)
        marks[broken_at(self.faults, seconds)] = MARKS.index("D")
        readings = {
            code: self._reading(code, signal, seconds) for code, signal in self._signals.items()
        }
        values, at_reference = tie_together(self.kind, readings, marks)
        missing = missing_at(self.faults, seconds)
        if missing.any():
            values = {code: np.where(missing, np.nan, array) for code, array in values.items()}
            at_reference = {
                code: np.where(missing, np.nan, array) for code, array in at_reference.items()
            }
        return Samples(seconds, values, at_reference, marks)

    def _needed(self) -> dict[str, Signal]:
        # what physics derives needs its inputs even where the device does not report them
        wanted = set(self.factors) | set(self.kind.default_factors())
        return {
            spec.code: spec.signal
            for spec in self.kind.factors
            if spec.signal is not None and spec.code in wanted
        }

    def _reading(self, code: str, signal: Signal, seconds: Integers) -> Floats:
        faults = [fault for fault in self.faults if fault.touches(code)]
        moments = seconds
        for fault in faults:
            moments = fault.moments(moments)
        values = level(signal, self._seed, self._city_seed, code, moments)
        values = (
            values
            * self._levels.get(code, 1.0)
            * raised_by(self.kind, self._seed, code, _held(signal, moments))
        )
        for fault in faults:
            values = fault.falsify(seconds, values)
        return values


def _held(signal: Signal, seconds: Integers) -> Integers:
    hold = signal.hold_seconds
    return seconds - seconds % hold if hold else seconds
