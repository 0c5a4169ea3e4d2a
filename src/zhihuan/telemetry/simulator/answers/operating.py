"""Instruments: calibrate, sample, wash, tell about themselves."""

from __future__ import annotations

from zhihuan.telemetry.simulator.answers.command import BAD_CONDITION, NO_DATA, Answer, Command
from zhihuan.telemetry.simulator.instrument import information_text
from zhihuan.telemetry.simulator.reports import Report, wire_time

__all__ = [
    "get_cycle",
    "information",
    "operate",
    "retain_sample",
    "sample_minutes",
    "serial_number",
    "set_cycle",
    "set_parameter",
]

_SAMPLE_MINUTES = 45
_MAX_BOTTLES = 24


def operate(command: Command) -> Answer:
    """Calibrate, sample now, wash: done if such an instrument is there."""
    pollutant = command.get("PolId")
    if pollutant and not command.logger.measures(pollutant):
        return Answer(exe_rtn=BAD_CONDITION)
    return Answer()


def retain_sample(command: Command) -> Answer:
    """3015, 3022: fill the next bottle and say which."""
    settings = command.logger.settings
    settings.bottle = settings.bottle % _MAX_BOTTLES + 1
    report = Report("sample", "3015", int(command.logger.now()), (f"VaseNo={settings.bottle}",))
    return Answer(reports=iter([report]))


def set_cycle(command: Command) -> Answer:
    """3016."""
    pollutant = command.get("PolId")
    command.logger.settings.sampling[pollutant] = (command.get("CstartTime"), command.get("CTime"))
    return Answer()


def get_cycle(command: Command) -> Answer:
    """3017."""
    pollutant = command.get("PolId")
    start, hours = command.logger.settings.sampling.get(pollutant, ("000000", "2"))
    return Answer(reply=f"PolId={pollutant};CstartTime={start};CTime={hours}")


def sample_minutes(command: Command) -> Answer:
    """3018: minutes from sample to result."""
    return Answer(reply=f"PolId={command.get('PolId')};Stime={_SAMPLE_MINUTES}")


def serial_number(command: Command) -> Answer:
    """3019."""
    pollutant = command.get("PolId")
    return Answer(reply=f"PolId={pollutant};{pollutant}-SN={command.logger.serial_of(pollutant)}")


def information(command: Command) -> Answer:
    """3020: logs, states and parameters."""
    pollutant, code = command.get("PolId"), command.get("InfoId")
    text = information_text(command.logger, pollutant, code)
    if text is None:
        return Answer(exe_rtn=NO_DATA)
    moment = wire_time(command.logger.now())
    return Answer(reply=f"DataTime={moment};PolId={pollutant};{text}")


def set_parameter(command: Command) -> Answer:
    """3021."""
    code = command.get("InfoId")
    values = dict(command.subs("Info"))
    if code not in values:
        return Answer(exe_rtn=BAD_CONDITION)
    command.logger.settings.parameters[command.get("PolId"), code] = values[code]
    return Answer()
