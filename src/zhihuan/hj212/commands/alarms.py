"""Alarms of HJ/T 212-2005; HJ 212-2017 dropped them, old loggers still send them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from zhihuan.hj212.codes.edition import Edition
from zhihuan.hj212.commands.bodies import Body, Reading
from zhihuan.hj212.commands.history import Span
from zhihuan.hj212.commands.slots import body, key, readings, sub

__all__ = [
    "AlarmEvent",
    "AlarmLimit",
    "AlarmLimits",
    "AlarmRecord",
    "AlarmValue",
    "AskAlarmLimits",
    "AskAlarmRecords",
    "SetAlarmLimits",
]


@body
class AlarmValue(Reading):
    """``101-Ala=1.1``: the value that set off the alarm (2005: C.9, C.10)."""

    value: Decimal | None = sub("Ala", default=None)


@body
class AlarmLimit(Reading):
    """``101-LowValue=1.1,101-UpValue=9.9`` (2005: C.11)."""

    lower: Decimal | None = sub("LowValue", default=None)
    upper: Decimal | None = sub("UpValue", default=None)


@body
class AskAlarmLimits(Body):
    """1021, host: which limits hold for these factors? The key repeats (2005: C.12)."""

    factors: tuple[str, ...] = key("PolId", repeated=True, default=())


@body
class AlarmLimits(Body):
    """1021, device: these limits (2005: C.12)."""

    limits: tuple[AlarmLimit, ...] = readings(AlarmLimit, default=())


@body
class SetAlarmLimits(Body):
    """1022: these limits hold from now on (2005: C.11)."""

    limits: tuple[AlarmLimit, ...] = readings(AlarmLimit, default=())


@body
class AskAlarmRecords(Span):
    """2071, host: alarms of a span, to the second (2005: C.9)."""


@body
class AlarmRecord(Body):
    """2071, device: one alarm; one frame each (2005: C.9)."""

    data_time: datetime = key("DataTime")
    alarms: tuple[AlarmValue, ...] = readings(AlarmValue, default=())


@body
class AlarmEvent(Body):
    """2072, device: a limit is exceeded (1) or kept again (0) since ``alarm_time`` (2005: C.10)."""

    alarm_time: datetime = key("AlarmTime")
    alarms: tuple[AlarmValue, ...] = readings(AlarmValue, default=())
    alarm_type: int = key("AlarmType", comma=(Edition.HJ2005,))
