"""Asking for data of a span, and starting and stopping the stream of real-time data.

Begin and end are period *starts*, both included; begin = end asks for one period (2017: C.20). The
annexes print ``;`` between them in C.20 to C.22 and ``,`` in C.23, C.41 and all of 2005: each
edition's own form is sent, either is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from zhihuan.hj212.codes.edition import Edition
from zhihuan.hj212.commands.bodies import Body
from zhihuan.hj212.commands.judging import Problem
from zhihuan.hj212.commands.slots import body, key

__all__ = [
    "AskCheckData",
    "AskDayData",
    "AskHourData",
    "AskMinuteData",
    "AskParallelData",
    "AskPeriodicData",
    "AskPowerData",
    "AskRunTimeData",
    "AskSingleNoiseData",
    "AskSpanCheckData",
    "AskSpikeRecoveryData",
    "AskStandardCheckData",
    "AskZeroCheckData",
    "Span",
    "StartRealTimeData",
    "StopRealTimeData",
]

_2005 = (Edition.HJ2005,)


@body
class Span(Body):
    """A span of time; base of all requests for history."""

    begin: datetime = key("BeginTime")
    end: datetime = key("EndTime", comma=_2005)

    def _problems(self, edition: Edition) -> Iterator[Problem]:
        yield from Body._problems(self, edition)
        if self.begin.tzinfo and self.end.tzinfo and self.begin > self.end:
            yield Problem("EndTime", "end", "截止时间早于开始时间", "HJ 212-2017, table 4")


@body
class StartRealTimeData(Body):
    """2011, host: start sending real-time data (2017: C.10; 2005: C.4)."""


@body
class StopRealTimeData(Body):
    """2012, host: stop sending real-time data; 9013 answers (2017: C.11)."""


@body
class AskPowerData(Span):
    """2011 with ST=44, host: power-use data of a span (2025: C.39, C.40, second hand)."""


@body
class AskDayData(Span):
    """2031, host (2017: C.22)."""


@body
class AskHourData(Span):
    """2061, host (2017: C.21)."""


@body
class AskMinuteData(Span):
    """2051, host (2017: C.20)."""


@body
class AskRunTimeData(Span):
    """2041, host: run times of treatment facilities; a comma in every edition (2017: C.23)."""

    end: datetime = key("EndTime", comma=Edition)


@body
class AskPeriodicData(Span):
    """2013, host (2025: C.27, second hand)."""


@body
class AskSingleNoiseData(Span):
    """2052, host; seen in one implementation only (2025, unconfirmed)."""


@body
class AskCheckData(Span):
    """2062 of 2025, host: results of automatic standard checks (C.60, second hand)."""


@body
class AskStandardCheckData(Span):
    """2062 of the surface-water profile, host (second hand)."""


@body
class AskSpikeRecoveryData(Span):
    """2063 of the surface-water profile, host (second hand)."""


@body
class AskParallelData(Span):
    """2064 of the surface-water profile, host (second hand)."""


@body
class AskZeroCheckData(Span):
    """2065 of the surface-water profile, host (second hand)."""


@body
class AskSpanCheckData(Span):
    """2066 of the surface-water profile, host (second hand)."""
