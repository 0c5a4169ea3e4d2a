"""Real-time data on and off, and the history of everything a logger keeps."""

from __future__ import annotations

from collections.abc import Iterator

from zhihuan.hj212.message import epoch_of
from zhihuan.telemetry.simulator.answers.command import (
    BAD_CONDITION,
    NO_DATA,
    Answer,
    Command,
    Rule,
)
from zhihuan.telemetry.simulator.reports import Report

__all__ = [
    "checks",
    "history",
    "realtime",
    "run_times",
    "start_status",
    "stop_realtime",
    "stop_status",
]


def realtime(command: Command) -> Answer:
    """2011: start real-time data; with a span (power use), their history."""
    span = _span(command)
    if span is None:
        command.logger.settings.realtime_on = True
        return Answer()
    return _history_of(command, "realtime", span)


def stop_realtime(command: Command) -> Answer:
    """2012, a notice."""
    command.logger.settings.realtime_on = False
    return Answer(qn_rtn=0, exe_rtn=None)


def start_status(command: Command) -> Answer:
    """2021: the equipment state now."""
    command.logger.settings.status_on = True
    return Answer(reports=iter([command.logger.equipment_state()]))


def stop_status(command: Command) -> Answer:
    """2022, a notice."""
    command.logger.settings.status_on = False
    return Answer(qn_rtn=0, exe_rtn=None)


def history(name: str) -> Rule:
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


def run_times(command: Command) -> Answer:
    """2041."""
    span = _span(command)
    if span is None:
        return Answer(exe_rtn=BAD_CONDITION)
    return Answer(reports=command.logger.run_times(*span))


def checks(command: Command) -> Answer:
    """2062 of 2025: results of automatic standard checks."""
    span = _span(command)
    if span is None:
        return Answer(exe_rtn=BAD_CONDITION)
    reports = command.logger.checks(*span)
    first = next(reports, None)
    return Answer(exe_rtn=NO_DATA) if first is None else Answer(reports=_chain(first, reports))


def _span(command: Command) -> tuple[int, int] | None:
    begin, end = epoch_of(command.get("BeginTime")), epoch_of(command.get("EndTime"))
    if begin is None or end is None or end < begin:
        return None
    return begin, end


def _chain(first: Report, rest: Iterator[Report]) -> Iterator[Report]:
    yield first
    yield from rest
