"""The device's side of a command: what a logger does and says when the host asks.

``answer`` changes the logger's settings and says which frames follow; it sends nothing itself. The
order 9011 → reply → data → 9012 is kept by ``exchange``. Refuses what a real logger refuses: a
wrong password, a command its edition does not know, a value outside its range.

Sources: HJ 212-2017, table 9, C.1–C.50, tables 6 and 7; HJ/T 212-2005, annex C; HJ 212-2025 and
surface water at second hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from zhihuan.hj212.message import Message, epoch_of
from zhihuan.hj212.profile import Version
from zhihuan.telemetry.simulator.instrument import information_text
from zhihuan.telemetry.simulator.logger import Logger
from zhihuan.telemetry.simulator.reports import Report, wire_time

__all__ = ["Answer", "answer"]

# QnRtn (2017, table 7)
READY, REFUSED, WRONG_PASSWORD, WRONG_COMMAND = 1, 2, 3, 8
# ExeRtn (2017, table 6)
DONE, FAILED, BAD_CONDITION, NO_DATA = 1, 2, 3, 100
_MINUTE_INTERVALS = (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30)
_SAMPLE_MINUTES = 45
_MAX_BOTTLES = 24


@dataclass(frozen=True, slots=True)
class Answer:
    """What follows a command. qn_rtn: the 9011; 0 for a notice, which only gets a 9013.
    reply: CP of a reply frame with the command's own CN and ST, None for none. reports: data
    frames, made while they are sent. exe_rtn: the 9012; None sends none."""

    qn_rtn: int = READY
    reply: str | None = None
    reports: Iterator[Report] = field(default_factory=lambda: iter(()))
    exe_rtn: int | None = DONE


class Command(NamedTuple):
    """A command and the logger it reached."""

    logger: Logger
    message: Message

    def get(self, key: str) -> str:
        """A field of CP, "" when absent."""
        return self.message.get(key) or ""

    def subs(self, sub: str) -> list[tuple[str, str]]:
        """(code, value) of every group that has this sub-field."""
        return [(group.code, group.subs[sub]) for group in self.message.groups if sub in group.subs]


def answer(logger: Logger, message: Message) -> Answer:
    """Carry the command out and say what follows."""
    if message.pw and message.pw != logger.settings.password:
        return Answer(WRONG_PASSWORD, exe_rtn=None)
    rule = _rule(logger, message)
    if rule is None:
        code = REFUSED if logger.spec.version is Version.V2005 else WRONG_COMMAND
        return Answer(code, exe_rtn=None)
    return rule(Command(logger, message))


def _rule(logger: Logger, message: Message) -> Callable[[Command], Answer] | None:
    edition = "surface_water" if logger.spec.surface_water else logger.spec.version.year
    for table in (_RULES_OF.get(edition, {}), _RULES):
        if message.cn in table:
            return table[message.cn]
    return None


# --- clock, times, intervals, password --------------------------------------------------------


def _set_timeouts(command: Command) -> Answer:
    overtime, recount = command.get("OverTime"), command.get("ReCount")
    if not (_within(overtime, 1, 99) and _within(recount, 1, 99)):
        return Answer(exe_rtn=BAD_CONDITION)
    command.logger.settings.overtime_seconds = int(overtime)
    command.logger.settings.resend_count = int(recount)
    return Answer()


def _get_clock(command: Command) -> Answer:
    pollutant = command.get("PolId")
    prefix = f"PolId={pollutant};" if pollutant else ""
    return Answer(reply=f"{prefix}SystemTime={wire_time(command.logger.now())}")


def _set_clock(command: Command) -> Answer:
    moment = epoch_of(command.get("SystemTime"))
    if moment is None:
        return Answer(exe_rtn=BAD_CONDITION)
    if not command.get("PolId"):  # an instrument's clock is not the logger's
        command.logger.set_clock(moment)
    return Answer()


def _get_realtime_interval(command: Command) -> Answer:
    return Answer(reply=f"RtdInterval={command.logger.settings.realtime_seconds}")


def _set_realtime_interval(command: Command) -> Answer:
    seconds = command.get("RtdInterval")
    # 2005 counts in seconds too; 30 to 3600 is HJ 212-2017, table 8
    if not _within(seconds, 30, 3600):
        return Answer(exe_rtn=BAD_CONDITION)
    command.logger.settings.realtime_seconds = int(seconds)
    return Answer()


def _get_minute_interval(command: Command) -> Answer:
    return Answer(reply=f"MinInterval={command.logger.settings.minute_minutes}")


def _set_minute_interval(command: Command) -> Answer:
    minutes = command.get("MinInterval")
    if not minutes.isdigit() or int(minutes) not in _MINUTE_INTERVALS:
        return Answer(exe_rtn=BAD_CONDITION)
    command.logger.settings.minute_minutes = int(minutes)
    return Answer()


def _set_password(command: Command) -> Answer:
    password = command.get("NewPW") or command.get("PW")
    if not (len(password) == 6 and password.isascii() and password.isalnum()):
        return Answer(exe_rtn=BAD_CONDITION)
    command.logger.change_after_exchange(password=password)
    return Answer()


def _set_number(command: Command) -> Answer:
    if command.message.mn:
        command.logger.settings.mn = command.message.mn
    return Answer()


def _set_key(command: Command) -> Answer:
    key = command.get("NewSK").encode()
    if len(key) != 16 or len(set(key)) == 1:  # constant keys are forbidden (2025, 6.4.3)
        return Answer(exe_rtn=BAD_CONDITION)
    command.logger.change_after_exchange(key=key, key_created=command.get("SKCreateTime"))
    return Answer()


def _get_alarm_limits(command: Command) -> Answer:
    limits = command.logger.settings.alarm_limits
    asked = [value for key, value in command.message.fields if key == "PolId"]
    return Answer(
        reply=";".join(
            f"{code}-LowValue={limits.get(code, ('0', '0'))[0]},"
            f"{code}-UpValue={limits.get(code, ('0', '0'))[1]}"
            for code in asked
        )
    )


def _set_alarm_limits(command: Command) -> Answer:
    upper = dict(command.subs("UpValue"))
    for code, low in command.subs("LowValue"):
        command.logger.settings.alarm_limits[code] = (low, upper.get(code, ""))
    return Answer()


def _get_alarm_target(command: Command) -> Answer:
    return Answer(reply=f"AlarmTarget={command.logger.settings.alarm_target}")


def _set_alarm_target(command: Command) -> Answer:
    command.logger.settings.alarm_target = command.get("AlarmTarget") or command.get("ReportTarget")
    return Answer()


def _get_report_time(command: Command) -> Answer:
    return Answer(reply=f"ReportTime={command.logger.settings.report_time}")


def _set_report_time(command: Command) -> Answer:
    command.logger.settings.report_time = command.get("ReportTime")
    return Answer()


# --- data ------------------------------------------------------------------------------------


def _realtime(command: Command) -> Answer:
    span = _span(command)
    if span is None:
        command.logger.settings.realtime_on = True
        return Answer()
    return _history_of(command, "realtime", span)


def _stop_realtime(command: Command) -> Answer:
    command.logger.settings.realtime_on = False
    return Answer(qn_rtn=0, exe_rtn=None)


def _start_status(command: Command) -> Answer:
    command.logger.settings.status_on = True
    return Answer(reports=iter([command.logger.equipment_state()]))


def _stop_status(command: Command) -> Answer:
    command.logger.settings.status_on = False
    return Answer(qn_rtn=0, exe_rtn=None)


def _history(name: str) -> Callable[[Command], Answer]:
    def history(command: Command) -> Answer:
        span = _span(command)
        return Answer(exe_rtn=BAD_CONDITION) if span is None else _history_of(command, name, span)

    return history


def _history_of(command: Command, name: str, span: tuple[int, int]) -> Answer:
    reports = command.logger.history(name, *span)
    first = next(reports, None)
    if first is None:
        return Answer(exe_rtn=NO_DATA)
    return Answer(reports=_chain(first, reports))


def _run_times(command: Command) -> Answer:
    span = _span(command)
    if span is None:
        return Answer(exe_rtn=BAD_CONDITION)
    return Answer(reports=command.logger.run_times(*span))


def _checks(command: Command) -> Answer:
    span = _span(command)
    if span is None:
        return Answer(exe_rtn=BAD_CONDITION)
    reports = command.logger.checks(*span)
    first = next(reports, None)
    return Answer(exe_rtn=NO_DATA) if first is None else Answer(reports=_chain(first, reports))


# --- instruments -------------------------------------------------------------------------------


def _operate(command: Command) -> Answer:
    pollutant = command.get("PolId")
    if pollutant and not command.logger.measures(pollutant):
        return Answer(exe_rtn=BAD_CONDITION)
    return Answer()


def _retain_sample(command: Command) -> Answer:
    settings = command.logger.settings
    settings.bottle = settings.bottle % _MAX_BOTTLES + 1
    report = Report("sample", "3015", int(command.logger.now()), (f"VaseNo={settings.bottle}",))
    return Answer(reports=iter([report]))


def _set_cycle(command: Command) -> Answer:
    pollutant = command.get("PolId")
    command.logger.settings.sampling[pollutant] = (command.get("CstartTime"), command.get("CTime"))
    return Answer()


def _get_cycle(command: Command) -> Answer:
    pollutant = command.get("PolId")
    start, hours = command.logger.settings.sampling.get(pollutant, ("000000", "2"))
    return Answer(reply=f"PolId={pollutant};CstartTime={start};CTime={hours}")


def _sample_minutes(command: Command) -> Answer:
    return Answer(reply=f"PolId={command.get('PolId')};Stime={_SAMPLE_MINUTES}")


def _serial_number(command: Command) -> Answer:
    pollutant = command.get("PolId")
    return Answer(reply=f"PolId={pollutant};{pollutant}-SN={command.logger.serial_of(pollutant)}")


def _information(command: Command) -> Answer:
    pollutant, code = command.get("PolId"), command.get("InfoId")
    text = information_text(command.logger, pollutant, code)
    if text is None:
        return Answer(exe_rtn=NO_DATA)
    moment = wire_time(command.logger.now())
    return Answer(reply=f"DataTime={moment};PolId={pollutant};{text}")


def _set_parameter(command: Command) -> Answer:
    code = command.get("InfoId")
    values = dict(command.subs("Info"))
    if code not in values:
        return Answer(exe_rtn=BAD_CONDITION)
    command.logger.settings.parameters[command.get("PolId"), code] = values[code]
    return Answer()


# --- tables --------------------------------------------------------------------------------------

_RULES: dict[str, Callable[[Command], Answer]] = {
    "1000": _set_timeouts,
    "1011": _get_clock,
    "1012": _set_clock,
    "1061": _get_realtime_interval,
    "1062": _set_realtime_interval,
    "1072": _set_password,
    "2011": _realtime,
    "2012": _stop_realtime,
    "2021": _start_status,
    "2022": _stop_status,
    "2031": _history("day"),
    "2041": _run_times,
    "2051": _history("minute"),
    "2061": _history("hour"),
    "3011": _operate,
    "3012": _operate,
    "3013": _operate,
}
_SINCE_2017: dict[str, Callable[[Command], Answer]] = {
    "1063": _get_minute_interval,
    "1064": _set_minute_interval,
    "3014": _operate,
    "3015": _retain_sample,
    "3016": _set_cycle,
    "3017": _get_cycle,
    "3018": _sample_minutes,
    "3019": _serial_number,
    "3020": _information,
    "3021": _set_parameter,
}
_RULES_OF: dict[str, dict[str, Callable[[Command], Answer]]] = {
    "2005": {
        "1001": _operate,
        "1021": _get_alarm_limits,
        "1022": _set_alarm_limits,
        "1031": _get_alarm_target,
        "1032": _set_alarm_target,
        "1041": _get_report_time,
        "1042": _set_report_time,
        "3014": _set_cycle,
    },
    "2017": _SINCE_2017,
    "2025": _SINCE_2017
    | {
        "1002": _set_number,
        "1014": _set_key,
        "2013": _history("minute"),
        "2062": _checks,
        "3022": _retain_sample,
        "3024": _operate,
    },
    # R6, at second hand: 1014/1015 are the logger's clock here, 3015 remote sampling
    "surface_water": {
        "1014": _get_clock,
        "1015": _set_clock,
        "2062": _checks,
        "3015": _operate,
        "3020": _information,
        "3042": _operate,
        "3043": _operate,
        "3044": _operate,
        "3045": _operate,
        "3046": _operate,
        "3056": _operate,
        **{str(code): _operate for code in range(3080, 3087)},
        "3100": _operate,
    },
}


def _span(command: Command) -> tuple[int, int] | None:
    begin, end = epoch_of(command.get("BeginTime")), epoch_of(command.get("EndTime"))
    if begin is None or end is None or end < begin:
        return None
    return begin, end


def _within(text: str, least: int, most: int) -> bool:
    return text.isascii() and text.isdigit() and least <= int(text) <= most


def _chain(first: Report, rest: Iterator[Report]) -> Iterator[Report]:
    yield first
    yield from rest
