"""Clocks of logger and instruments. An instrument is named by its factor (PolId); none is the logger."""

from __future__ import annotations

from datetime import datetime

from zhihuan.hj212.commands.bodies import Body
from zhihuan.hj212.commands.slots import body, key

__all__ = [
    "AskClock",
    "AskClockSetting",
    "AskLoggerClock",
    "Clock",
    "LoggerClock",
    "LoggerStart",
    "SetClock",
    "SetLoggerClock",
]


@body
class AskClock(Body):
    """1011, host: what time is it there? (2017: C.2; 2005: C.2, without PolId)."""

    instrument: str = key("PolId", default="")


@body
class Clock(Body):
    """1011, device: this time (2017: C.2)."""

    instrument: str = key("PolId", default="")
    system_time: datetime = key("SystemTime")


@body
class SetClock(Body):
    """1012: the time is this (2017: C.3)."""

    instrument: str = key("PolId", default="")
    system_time: datetime = key("SystemTime")


@body
class AskClockSetting(Body):
    """1013, device: please set my clock; 9013 answers, then the host sends 1012 (2017: C.4)."""

    instrument: str = key("PolId", default="")


@body
class AskLoggerClock(Body):
    """1014 of the surface-water profile, host: what time has the logger? (second hand)."""


@body
class LoggerClock(Body):
    """1014 of the surface-water profile, device: this time (second hand)."""

    system_time: datetime = key("SystemTime")


@body
class SetLoggerClock(Body):
    """1015 of the surface-water profile: the logger's time is this (second hand)."""

    system_time: datetime = key("SystemTime")


@body
class LoggerStart(Body):
    """2081, device: the logger was switched on at this time (2017: C.24)."""

    data_time: datetime = key("DataTime")
    restart_time: datetime = key("RestartTime")
