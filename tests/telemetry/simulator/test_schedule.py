from __future__ import annotations

from zhihuan.telemetry.simulator.schedule import Schedule
from zhihuan.telemetry.simulator.settings import LoggerSettings

MIDNIGHT = 1_773_936_000
NAMES = ("realtime", "minute", "hour", "day")


def schedule(now: float, names: tuple[str, ...] = NAMES) -> tuple[Schedule, LoggerSettings]:
    settings = LoggerSettings("M", "123456", realtime_seconds=60, minute_minutes=10)
    return Schedule(names, settings, 3.0, now), settings


def dues(plan: Schedule, now: float, until: float) -> list[tuple[str, int, float]]:
    found = []
    while (due := plan.next(now)).at <= until:
        found.append((due.name, due.start - MIDNIGHT, due.at - MIDNIGHT))
        plan.done(due)
        now = due.at
    return found


def test_a_period_is_due_once_it_has_ended_and_carries_its_start() -> None:
    plan, _settings = schedule(MIDNIGHT + 1, ("minute", "hour"))
    found = dues(plan, MIDNIGHT + 1, MIDNIGHT + 3700)
    assert found[:2] == [("minute", 0, 603.0), ("minute", 600, 1203.0)]
    assert ("hour", 0, 3603.0) in found


def test_the_day_is_beijings() -> None:
    plan, _settings = schedule(MIDNIGHT + 1, ("day",))
    assert dues(plan, MIDNIGHT + 1, MIDNIGHT + 90_000) == [("day", 0, 86_403.0)]


def test_a_new_interval_takes_effect_with_the_next_report() -> None:
    plan, settings = schedule(MIDNIGHT + 1, ("realtime",))
    settings.realtime_seconds = 30
    starts = [start for _name, start, _at in dues(plan, MIDNIGHT + 1, MIDNIGHT + 160)]
    assert starts == [60, 90, 120, 150]


def test_what_was_missed_is_told_oldest_first_and_real_time_data_are_not() -> None:
    plan, _settings = schedule(MIDNIGHT + 1)
    missed = plan.missed(MIDNIGHT + 4000)
    assert [due.name for due in missed].count("minute") == 6
    assert [due.name for due in missed].count("hour") == 1
    assert [due.at for due in missed] == sorted(due.at for due in missed)
    assert plan.next(MIDNIGHT + 4000).at > MIDNIGHT + 4000


def test_a_clock_that_was_set_back_does_not_silence_the_device() -> None:
    plan, _settings = schedule(MIDNIGHT + 86_400)
    assert plan.next(MIDNIGHT + 30).at <= MIDNIGHT + 120


def test_stopped_real_time_data_leave_the_periods() -> None:
    plan, settings = schedule(MIDNIGHT + 1)
    settings.realtime_on = False
    assert plan.next(MIDNIGHT + 1).name == "minute"
