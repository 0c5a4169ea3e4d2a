"""Commands only the national surface-water profile has (ST=21). All at second hand, from device code."""

from __future__ import annotations

from decimal import Decimal

from zhihuan.hj212.commands.bodies import Body
from zhihuan.hj212.commands.slots import body, key

__all__ = [
    "EmergencyStop",
    "EnterStandby",
    "Reboot",
    "SetRunInterval",
    "SetRunMode",
    "StartBlankCalibration",
    "StartInstrumentCheck",
    "StartMeasurement",
    "StartParallelTest",
    "StartSpanCheck",
    "StartSpikeRecovery",
    "StartStandardCalibration",
    "StartZeroCheck",
    "StopInstrument",
]


@body
class SetRunMode(Body):
    """3042: continuous, periodic, timed, controlled or manual."""

    mode: int = key("RunMode")


@body
class Reboot(Body):
    """3043: restart the logger."""


@body
class StartMeasurement(Body):
    """3044: measure one water sample with the whole station."""


@body
class EmergencyStop(Body):
    """3045: stop the station at once."""


@body
class EnterStandby(Body):
    """3046: let the station stand by."""

    instrument: str = key("PolId", default="")


@body
class SetRunInterval(Body):
    """3056: measure every so many hours."""

    interval_hours: int = key("RunInterval")


@body
class StartInstrumentCheck(Body):
    """3080: check one instrument against a standard solution."""

    instrument: str = key("PolId")


@body
class StartSpikeRecovery(Body):
    """3081: spike recovery test of one instrument."""

    instrument: str = key("PolId")
    volume_ml: Decimal | None = key("Volume", default=None)


@body
class StartParallelTest(Body):
    """3082: parallel-sample test of one instrument."""

    instrument: str = key("PolId")


@body
class StartZeroCheck(Body):
    """3083: zero check of one instrument."""

    instrument: str = key("PolId")


@body
class StartSpanCheck(Body):
    """3084: span check of one instrument."""

    instrument: str = key("PolId")


@body
class StartBlankCalibration(Body):
    """3085: calibrate one instrument with a blank."""

    instrument: str = key("PolId")


@body
class StartStandardCalibration(Body):
    """3086: calibrate one instrument with a standard."""

    instrument: str = key("PolId")


@body
class StopInstrument(Body):
    """3100: stop what one instrument is doing."""

    instrument: str = key("PolId", default="")
