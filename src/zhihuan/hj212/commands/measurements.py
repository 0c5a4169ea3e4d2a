"""Measured values: real-time, of a period, periodic and noise.

``data_time`` is the instant of real-time data and the *start* of the period otherwise (2017: table
4). Values are exact decimals in the unit of the factor table; None where the device sent none or
text (which is then in ``extra``).
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from zhihuan.hj212.commands.bodies import Body, Reading
from zhihuan.hj212.commands.slots import body, key, readings, sub

__all__ = [
    "Condition",
    "ConditionData",
    "DayData",
    "FurnaceTemperature",
    "HourData",
    "MinuteData",
    "PeriodReading",
    "PeriodicData",
    "PeriodicReading",
    "RealTimeData",
    "RealTimeReading",
    "SingleNoiseData",
]


@body
class RealTimeReading(Reading):
    """One factor of 2011. ``sample_time``: when a slow analyser took the sample (2017: C.14)."""

    sample_time: datetime | None = sub("SampleTime", default=None)
    value: Decimal | None = sub("Rtd", default=None)
    converted: Decimal | None = sub("ZsRtd", default=None)
    mark: str = sub("Flag", default="")
    maker_mark: str = sub("EFlag", default="")


@body
class RealTimeData(Body):
    """2011, device: values of this instant (2017: C.14, C.25, C.29; 2025 also ST=44)."""

    data_time: datetime = key("DataTime")
    readings: tuple[RealTimeReading, ...] = readings(RealTimeReading, default=())


@body
class Condition(Reading):
    """``p99101-Rtd=St``: a production condition is a mark, not a number (2025: C.36, second hand)."""

    state: str = sub("Rtd", default="")
    mark: str = sub("Flag", default="")


@body
class ConditionData(Body):
    """2011 with ST=45: conditions of key production steps (2025: C.36, second hand)."""

    data_time: datetime = key("DataTime")
    conditions: tuple[Condition, ...] = readings(Condition, default=())


@body
class PeriodReading(Reading):
    """One factor of a minute, hour or day (2017: C.16 to C.18); noise uses the three levels (C.26).

    total: amount emitted (volume of a flow factor, mass of a pollutant). converted_*: at the
    reference oxygen. level, day_level, night_level: noise, dB.
    """

    total: Decimal | None = sub("Cou", default=None)
    minimum: Decimal | None = sub("Min", default=None)
    average: Decimal | None = sub("Avg", default=None)
    maximum: Decimal | None = sub("Max", default=None)
    converted_minimum: Decimal | None = sub("ZsMin", default=None)
    converted_average: Decimal | None = sub("ZsAvg", default=None)
    converted_maximum: Decimal | None = sub("ZsMax", default=None)
    converted_total: Decimal | None = sub("ZsCou", default=None)
    level: Decimal | None = sub("Data", default=None)
    day_level: Decimal | None = sub("DayData", default=None)
    night_level: Decimal | None = sub("NightData", default=None)
    mark: str = sub("Flag", default="")
    maker_mark: str = sub("EFlag", default="")


@body
class MinuteData(Body):
    """2051, device: one minute interval from ``data_time`` (2017: C.16, C.26)."""

    data_time: datetime = key("DataTime")
    readings: tuple[PeriodReading, ...] = readings(PeriodReading, default=())


@body
class HourData(Body):
    """2061, device: the hour from ``data_time`` (2017: C.17, C.27)."""

    data_time: datetime = key("DataTime")
    readings: tuple[PeriodReading, ...] = readings(PeriodReading, default=())


@body
class DayData(Body):
    """2031, device: the day from ``data_time`` (2017: C.18, C.28)."""

    data_time: datetime = key("DataTime")
    readings: tuple[PeriodReading, ...] = readings(PeriodReading, default=())


@body
class PeriodicReading(Reading):
    """One factor of 2013: sampled from ``sample_time``, measured at ``complete_time``."""

    sample_time: datetime | None = sub("SampleTime", default=None)
    complete_time: datetime | None = sub("CompleteTime", default=None)
    sample_type: str = sub("SampleType", default="")
    average: Decimal | None = sub("Avg", default=None)
    value: Decimal | None = sub("Rtd", default=None)
    mark: str = sub("Flag", default="")


@body
class PeriodicData(Body):
    """2013, device: raw data of instruments that measure in cycles (2025: C.28, second hand)."""

    data_time: datetime = key("DataTime")
    readings: tuple[PeriodicReading, ...] = readings(PeriodicReading, default=())


@body
class SingleNoiseData(Body):
    """2052, device: one noise measurement that began at ``data_time`` (2025: C.34, second hand)."""

    data_time: datetime = key("DataTime")
    readings: tuple[PeriodReading, ...] = readings(PeriodReading, default=())


@body
class FurnaceTemperature(Body):
    """2111, device: mean of the 5 minutes from ``data_time``, a01901 (2025: C.31, second hand)."""

    data_time: datetime = key("DataTime")
    readings: tuple[PeriodReading, ...] = readings(PeriodReading, default=())
