"""Quality-control results: automatic standard checks of 2025, and those of the surface-water profile."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from zhihuan.hj212.commands.bodies import Body, Reading
from zhihuan.hj212.commands.slots import body, key, readings, sub

__all__ = [
    "CheckData",
    "CheckReading",
    "ControlReading",
    "ParallelData",
    "SpanCheckData",
    "SpikeRecoveryData",
    "StandardCheckData",
    "ZeroCheckData",
]


@body
class CheckReading(Reading):
    """Measured and nominal value of the standard; result 1 passed, 0 failed (2025: C.59, second hand).

    The example prints ``;`` between these three, so we do.
    """

    measured: Decimal | None = sub("SampleRd", default=None)
    nominal: Decimal | None = sub("StandardValue", default=None)
    result: int | None = sub("ResultType", default=None)

    @classmethod
    def _separator(cls) -> str:
        return ";"


@body
class CheckData(Body):
    """2062 of 2025, device: a check that began at ``data_time`` (C.59, second hand)."""

    data_time: datetime = key("DataTime")
    checks: tuple[CheckReading, ...] = readings(CheckReading, default=())


@body
class ControlReading(Reading):
    """One factor of a surface-water quality control (second hand).

    measured: of the standard, the spiked or the second sample. nominal: of the standard.
    span: of the instrument. water, water_time: the original sample and when it was measured.
    mother_solution, spike_volume, final_volume: of the spike; units were not seen.
    """

    measured: Decimal | None = sub("Check", default=None)
    nominal: Decimal | None = sub("StandardValue", default=None)
    span: Decimal | None = sub("SpanValue", default=None)
    water_time: datetime | None = sub("WaterTime", default=None)
    water: Decimal | None = sub("Water", default=None)
    mother_solution: Decimal | None = sub("Chroma", default=None)
    spike_volume: Decimal | None = sub("Volume", default=None)
    final_volume: Decimal | None = sub("DVolume", default=None)
    mark: str = sub("Flag", default="")


@body
class StandardCheckData(Body):
    """2062 of the surface-water profile, device (second hand)."""

    data_time: datetime = key("DataTime")
    checks: tuple[ControlReading, ...] = readings(ControlReading, default=())


@body
class SpikeRecoveryData(Body):
    """2063 of the surface-water profile, device (second hand)."""

    data_time: datetime = key("DataTime")
    checks: tuple[ControlReading, ...] = readings(ControlReading, default=())


@body
class ParallelData(Body):
    """2064 of the surface-water profile, device (second hand)."""

    data_time: datetime = key("DataTime")
    checks: tuple[ControlReading, ...] = readings(ControlReading, default=())


@body
class ZeroCheckData(Body):
    """2065 of the surface-water profile, device (second hand)."""

    data_time: datetime = key("DataTime")
    checks: tuple[ControlReading, ...] = readings(ControlReading, default=())


@body
class SpanCheckData(Body):
    """2066 of the surface-water profile, device (second hand)."""

    data_time: datetime = key("DataTime")
    checks: tuple[ControlReading, ...] = readings(ControlReading, default=())
