"""Clock, time-outs, intervals, numbers, passwords and keys: what the host adjusts."""

from __future__ import annotations

from zhihuan.hj212.message import epoch_of
from zhihuan.telemetry.simulator.answers.command import BAD_CONDITION, Answer, Command
from zhihuan.telemetry.simulator.reports import wire_time

__all__ = [
    "get_alarm_limits",
    "get_alarm_target",
    "get_clock",
    "get_minute_interval",
    "get_realtime_interval",
    "get_report_time",
    "set_alarm_limits",
    "set_alarm_target",
    "set_clock",
    "set_key",
    "set_minute_interval",
    "set_number",
    "set_password",
    "set_realtime_interval",
    "set_report_time",
    "set_timeouts",
]

_MINUTE_INTERVALS = (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30)


def set_timeouts(command: Command) -> Answer:
    """1000: how long to wait and how often to send again."""
    overtime, recount = command.get("OverTime"), command.get("ReCount")
    if not (_within(overtime, 1, 99) and _within(recount, 1, 99)):
        return Answer(exe_rtn=BAD_CONDITION)
    command.logger.settings.overtime_seconds = int(overtime)
    command.logger.settings.resend_count = int(recount)
    return Answer()


def get_clock(command: Command) -> Answer:
    """1011: the time of the logger, or of an instrument."""
    pollutant = command.get("PolId")
    prefix = f"PolId={pollutant};" if pollutant else ""
    return Answer(reply=f"{prefix}SystemTime={wire_time(command.logger.now())}")


def set_clock(command: Command) -> Answer:
    """1012."""
    moment = epoch_of(command.get("SystemTime"))
    if moment is None:
        return Answer(exe_rtn=BAD_CONDITION)
    if not command.get("PolId"):  # an instrument's clock is not the logger's
        command.logger.set_clock(moment)
    return Answer()


def get_realtime_interval(command: Command) -> Answer:
    """1061."""
    return Answer(reply=f"RtdInterval={command.logger.settings.realtime_seconds}")


def set_realtime_interval(command: Command) -> Answer:
    """1062."""
    seconds = command.get("RtdInterval")
    # 2005 counts in seconds too; 30 to 3600 is HJ 212-2017, table 8
    if not _within(seconds, 30, 3600):
        return Answer(exe_rtn=BAD_CONDITION)
    command.logger.settings.realtime_seconds = int(seconds)
    return Answer()


def get_minute_interval(command: Command) -> Answer:
    """1063."""
    return Answer(reply=f"MinInterval={command.logger.settings.minute_minutes}")


def set_minute_interval(command: Command) -> Answer:
    """1064: only the intervals the standard lists."""
    minutes = command.get("MinInterval")
    if not minutes.isdigit() or int(minutes) not in _MINUTE_INTERVALS:
        return Answer(exe_rtn=BAD_CONDITION)
    command.logger.settings.minute_minutes = int(minutes)
    return Answer()


def set_password(command: Command) -> Answer:
    """1072: valid from the next command."""
    password = command.get("NewPW") or command.get("PW")
    if not (len(password) == 6 and password.isascii() and password.isalnum()):
        return Answer(exe_rtn=BAD_CONDITION)
    command.logger.change_after_exchange(password=password)
    return Answer()


def set_number(command: Command) -> Answer:
    """1002 of 2025: the device number the host assigns."""
    if command.message.mn:
        command.logger.settings.mn = command.message.mn
    return Answer()


def set_key(command: Command) -> Answer:
    """1014 of 2025: a new SM4 key, valid from the next command; the old one stays alive."""
    key = command.get("NewSK").encode()
    if len(key) != 16 or len(set(key)) == 1:  # constant keys are forbidden (2025, 6.4.3)
        return Answer(exe_rtn=BAD_CONDITION)
    command.logger.change_after_exchange(key=key, key_created=command.get("SKCreateTime"))
    return Answer()


def get_alarm_limits(command: Command) -> Answer:
    """1021 of 2005."""
    limits = command.logger.settings.alarm_limits
    asked = [value for key, value in command.message.fields if key == "PolId"]
    return Answer(
        reply=";".join(
            f"{code}-LowValue={limits.get(code, ('0', '0'))[0]},"
            f"{code}-UpValue={limits.get(code, ('0', '0'))[1]}"
            for code in asked
        )
    )


def set_alarm_limits(command: Command) -> Answer:
    """1022 of 2005."""
    upper = dict(command.subs("UpValue"))
    for code, low in command.subs("LowValue"):
        command.logger.settings.alarm_limits[code] = (low, upper.get(code, ""))
    return Answer()


def get_alarm_target(command: Command) -> Answer:
    """1031 of 2005."""
    return Answer(reply=f"AlarmTarget={command.logger.settings.alarm_target}")


def set_alarm_target(command: Command) -> Answer:
    """1032 of 2005."""
    command.logger.settings.alarm_target = command.get("AlarmTarget") or command.get("ReportTarget")
    return Answer()


def get_report_time(command: Command) -> Answer:
    """1041 of 2005."""
    return Answer(reply=f"ReportTime={command.logger.settings.report_time}")


def set_report_time(command: Command) -> Answer:
    """1042 of 2005."""
    command.logger.settings.report_time = command.get("ReportTime")
    return Answer()


def _within(text: str, least: int, most: int) -> bool:
    return text.isascii() and text.isdigit() and least <= int(text) <= most
