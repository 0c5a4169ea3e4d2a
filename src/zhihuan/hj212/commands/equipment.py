"""State and run time of treatment facilities (``SB1`` …), as told by the device; not their control."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from zhihuan.hj212.commands.bodies import Body, Reading
from zhihuan.hj212.commands.slots import body, key, readings, sub

__all__ = [
    "EquipmentState",
    "FacilityRunTime",
    "FacilityState",
    "RunTimeData",
    "StartEquipmentState",
    "StopEquipmentState",
]


@body
class StartEquipmentState(Body):
    """2021, host: start sending states (2017: C.12; 2005: C.5)."""


@body
class StopEquipmentState(Body):
    """2022, host: stop sending states; 9013 answers (2017: C.13)."""


@body
class FacilityState(Reading):
    """``SB1-RS=1``: 0 off, 1 on, 2 calibrating, 3 maintenance, 4 alarm, 5 back-blow (2017: table 4)."""

    state: int | None = sub("RS", default=None)


@body
class EquipmentState(Body):
    """2021, device: states at this instant (2017: C.15)."""

    data_time: datetime = key("DataTime")
    states: tuple[FacilityState, ...] = readings(FacilityState, default=())


@body
class FacilityRunTime(Reading):
    """``SB1-RT=1.1``: hours within the day, 0 to 24 (2017: table 4)."""

    run_time_hours: Decimal | None = sub("RT", default=None)


@body
class RunTimeData(Body):
    """2041, device: run times of the day from ``data_time`` (2017: C.19)."""

    data_time: datetime = key("DataTime")
    run_times: tuple[FacilityRunTime, ...] = readings(FacilityRunTime, default=())
