"""Acts on instruments: calibrate, sample, clean, retain. What the act does is the instrument's affair."""

from __future__ import annotations

from datetime import datetime, time

from zhihuan.hj212.codes.edition import Edition
from zhihuan.hj212.commands.bodies import Body, Reading
from zhihuan.hj212.commands.slots import body, key, readings, sub

__all__ = [
    "AskResultDelay",
    "AskSamplingCycle",
    "Calibrate",
    "ComparisonSample",
    "ResultDelay",
    "RetainOnExceedance",
    "RetainSampleNow",
    "RetainedSample",
    "SampleInfo",
    "SampleNow",
    "SamplingCycle",
    "SetSamplingCycle",
    "SetSamplingHours",
    "StartCleaning",
    "StartStandardCheck",
]


@body
class Calibrate(Body):
    """3011: zero and span (2017: C.30). calibration_type, 2025 only: 0 zero, 1 span (C.41)."""

    instrument: str = key("PolId")
    calibration_type: int | None = key("CalibrationType", default=None, comma=Edition)


@body
class SampleNow(Body):
    """3012: take and measure a sample at once (2017: C.31)."""

    instrument: str = key("PolId")


@body
class StartCleaning(Body):
    """3013: clean (water) or blow back (flue gas) (2017: C.32)."""

    instrument: str = key("PolId")


@body
class ComparisonSample(Body):
    """3014 of 2017: measure a comparison sample (C.33)."""

    instrument: str = key("PolId")


@body
class SetSamplingHours(Body):
    """3014 of 2005: take samples at these hours; ``CTime`` repeats behind commas (2005: C.23)."""

    instrument: str = key("PolId")
    hours: tuple[int, ...] = key("CTime", repeated=True, default=(), comma=(Edition.HJ2005,), pad=2)


@body
class RetainOnExceedance(Body):
    """3015, host: retain a sample (2017: C.34)."""

    instrument: str = key("PolId", default="")


@body
class SampleInfo(Reading):
    """``i…-Info``: what is told of a retained sample (2025: C.63, unconfirmed)."""

    value: str = sub("Info", default="")


@body
class RetainedSample(Body):
    """3015, device: a sample was retained in this bottle (2017: C.34)."""

    data_time: datetime = key("DataTime")
    bottle: int = key("VaseNo")
    details: tuple[SampleInfo, ...] = readings(SampleInfo, default=())


@body
class SetSamplingCycle(Body):
    """3016: sample every so many hours from this time of day (2017: C.35)."""

    instrument: str = key("PolId")
    start: time = key("CstartTime")
    cycle_hours: int = key("CTime")


@body
class AskSamplingCycle(Body):
    """3017, host (2017: C.36)."""

    instrument: str = key("PolId")


@body
class SamplingCycle(Body):
    """3017, device: samples every so many hours from this time of day (2017: C.36)."""

    instrument: str = key("PolId")
    start: time = key("CstartTime")
    cycle_hours: int = key("CTime")


@body
class AskResultDelay(Body):
    """3018, host: how long from sample to result? (2017: C.37)."""

    instrument: str = key("PolId")


@body
class ResultDelay(Body):
    """3018, device: so many minutes (2017: C.37)."""

    instrument: str = key("PolId")
    delay_minutes: int = key("Stime")


@body
class RetainSampleNow(Body):
    """3022 of 2025: retain a sample at once (C.62, second hand)."""

    instrument: str = key("PolId")


@body
class StartStandardCheck(Body):
    """3024 of 2025: start an automatic standard check (C.61, second hand)."""

    instrument: str = key("PolId")
