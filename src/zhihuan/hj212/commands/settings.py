"""Settings of the data logger: time-outs, intervals, password, and 2005's alarm and report settings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhihuan.hj212.codes.edition import Edition
from zhihuan.hj212.commands.bodies import Body
from zhihuan.hj212.commands.judging import Problem
from zhihuan.hj212.commands.slots import body, key

__all__ = [
    "AskHostAddress",
    "AskMinuteInterval",
    "AskRealTimeInterval",
    "AskReportTime",
    "HostAddress",
    "MinuteInterval",
    "RealTimeInterval",
    "ReportTime",
    "SetAlarmDelay",
    "SetHostAddress",
    "SetMinuteInterval",
    "SetPassword",
    "SetRealTimeInterval",
    "SetReportTime",
    "SetTimeouts",
]

_HHMM = re.compile(r"([01][0-9]|2[0-3])[0-5][0-9]")


@body
class SetTimeouts(Body):
    """1000: how long the device waits for an answer, and how often it sends again (2017: C.1)."""

    timeout_seconds: int = key("OverTime")
    resends: int = key("ReCount")


@body
class SetAlarmDelay(Body):
    """1001 of 2005 only: how long a limit is exceeded before the alarm (2005: C.21)."""

    delay_seconds: int = key("WarnTime")


@body
class AskRealTimeInterval(Body):
    """1061, host: how often do you send real-time data? (2017: C.5)."""


@body
class RealTimeInterval(Body):
    """1061, device: every so many seconds (2017: C.5)."""

    interval_seconds: int = key("RtdInterval")


@body
class SetRealTimeInterval(Body):
    """1062: send real-time data every so many seconds, 30 to 3600 since 2017 (C.6, table 4)."""

    interval_seconds: int = key("RtdInterval")


@body
class AskMinuteInterval(Body):
    """1063, host: over how many minutes is one minute value? (2017: C.7)."""


@body
class MinuteInterval(Body):
    """1063, device: over so many minutes (2017: C.7)."""

    interval_minutes: int = key("MinInterval")


@body
class SetMinuteInterval(Body):
    """1064: minute values over 1, 2, 3, 4, 5, 6, 10, 12, 15, 20 or 30 minutes (2017: C.8, table 4)."""

    interval_minutes: int = key("MinInterval")


@body
class SetPassword(Body):
    """1072: the password from the next command on (2017: C.9; 2005: C.1, where the key is PW)."""

    password: str = key("NewPW", hj2005="PW")

    def _problems(self, edition: Edition) -> Iterator[Problem]:
        yield from Body._problems(self, edition)
        if not (self.password.isascii() and self.password.isalnum()):
            clause = "HJ 212-2017, 6.3.3.2.3, table 4"
            yield Problem("NewPW", "password", "新密码只能用字母和数字（0-9、a-z、A-Z）", clause)

    def __repr__(self) -> str:
        """Passwords stay out of logs."""
        return "SetPassword(password=…)"


@body
class AskHostAddress(Body):
    """1031 of 2005, host: where do you send alarms? (2005: C.14)."""


@body
class HostAddress(Body):
    """1031 of 2005, device: to this address. Table 6.3.3.2.3 calls it ReportTarget (2005: C.14)."""

    address: str = key("AlarmTarget")


@body
class SetHostAddress(Body):
    """1032 of 2005: send alarms to this address (2005: C.13)."""

    address: str = key("AlarmTarget")


@body
class AskReportTime(Body):
    """1041 of 2005, host: when do you report the day? (2005: C.16)."""


@body
class ReportTime(Body):
    """1041 of 2005, device: at hhmm (2005: C.16)."""

    at_hhmm: str = key("ReportTime")


@body
class SetReportTime(Body):
    """1042 of 2005: report the day at hhmm (2005: C.15)."""

    at_hhmm: str = key("ReportTime")

    def _problems(self, edition: Edition) -> Iterator[Problem]:
        yield from Body._problems(self, edition)
        if not _HHMM.fullmatch(self.at_hhmm):
            clause = "HJ/T 212-2005, C.15"
            yield Problem("ReportTime", "at_hhmm", "数据上报时间须为 hhmm，如 0100", clause)
