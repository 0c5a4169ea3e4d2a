"""Steps move clocks as the declaration says; the rows agree with the reckoning of the whole history."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from trial_walk import nine

from zhihuan.bureau.clock import History, reckon, time_limit
from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.matters.engine.calendar import the_calendar
from zhihuan.bureau.matters.engine.clocks import history_of
from zhihuan.bureau.matters.engine.refusals import StepRefusedError
from zhihuan.bureau.matters.models import ClockMark, RunningClock

Outcome = RunningClock.Outcome


def decided(walk, day="03-04", fine="100"):
    walk.take("submit", walk.cast.officer, day)
    return walk.take("decide", walk.cast.head, day, fine=fine, served_on=f"2026-{day}")


def test_a_step_starts_a_clock_by_the_limit_of_the_day(filed):
    clock = filed.clock("decision")
    assert (clock.limit, clock.outcome, clock.started.step) == ("E02", Outcome.RUNNING, "file")
    # 2 March + 90 days = 31 May, a Sunday: the next working day
    assert clock.last_day == dt.date(2026, 6, 1)
    assert clock.due_at == dt.datetime.fromisoformat("2026-06-02T00:00+08:00")
    assert not clock.provisional


def test_a_step_that_concerns_no_clock_moves_none(filed):
    before = list(RunningClock.objects.values_list())
    filed.take("submit", filed.cast.officer, "03-03")
    assert list(RunningClock.objects.values_list()) == before


def test_it_is_met_in_time(filed):
    event = decided(filed)
    clock = filed.clock("decision")
    assert (clock.outcome, clock.ended) == (Outcome.MET, event)


def test_or_late(filed):
    decided(filed, day="06-02")
    assert filed.clock("decision").outcome == Outcome.LATE


def test_the_last_day_itself_is_in_time(filed):
    decided(filed, day="06-01")
    assert filed.clock("decision").outcome == Outcome.MET


def test_it_stands_still_and_runs_on(filed):
    filed.take("appraise", filed.cast.officer, "03-10")
    still = filed.clock("decision")
    assert (still.last_day, still.due_at, still.outcome) == (None, None, Outcome.RUNNING)
    filed.take("appraised", filed.cast.officer, "03-30")
    # twenty days later than 31 May: 20 June, the Saturday of the Dragon Boat festival
    assert filed.clock("decision").last_day == dt.date(2026, 6, 22)
    assert [mark.kind for mark in still.marks.all()] == ["stop", "resume"]


def test_what_stops_it_too_late_moves_nothing_and_is_over_when_it_runs_on(filed):
    filed.take("appraise", filed.cast.officer, "06-10")
    filed.take("appraised", filed.cast.officer, "06-20")
    clock = filed.clock("decision")
    assert clock.last_day == dt.date(2026, 6, 1)
    (stop,) = history_of(clock).suspensions
    assert stop.until == nine("06-20")


def test_it_is_lengthened_once_and_says_by_whom_and_why(filed):
    filed.take("extend", filed.cast.head, "05-20", why="案情复杂")
    clock = filed.clock("decision")
    assert clock.last_day == dt.date(2026, 6, 30)
    (extension,) = history_of(clock).extensions
    assert (extension.code, extension.by, extension.why) == ("head", "head", "案情复杂")


def test_not_twice_and_not_too_late(filed):
    filed.take("extend", filed.cast.head, "05-20", why="案情复杂")
    with pytest.raises(StepRefusedError, match="办案期限"):
        filed.take("extend", filed.cast.head, "05-21", why="仍然复杂")
    assert ClockMark.objects.count() == 1
    assert filed.matter.version == 3
    assert filed.clock("decision").last_day == dt.date(2026, 6, 30)


def test_an_extension_after_the_end_is_refused(filed):
    with pytest.raises(StepRefusedError, match="届满"):
        filed.take("extend", filed.cast.head, "06-02", why="案情复杂")
    assert not ClockMark.objects.exists()


def test_a_clock_runs_only_for_whom_it_is_meant(filed):
    decided(filed, fine="0")
    assert filed.clock("answer") is None


def test_the_end_of_the_matter_ends_what_still_runs(filed):
    decided(filed)
    filed.take("answer", filed.cast.owner, "03-05")
    assert filed.clock("answer").outcome == Outcome.MET
    assert not RunningClock.objects.filter(outcome=Outcome.RUNNING).exists()


def test_a_clock_that_nobody_met_lapses_with_its_matter(filed, monkeypatch):
    """As after a new edition that no longer knows the clock: the row is ended, not forgotten."""
    RunningClock.objects.update(code="of_an_earlier_edition")
    event = filed.take("drop", filed.cast.head, "03-05")
    clock = RunningClock.objects.get()
    assert (clock.outcome, clock.ended) == (Outcome.LAPSED, event)


STEPS = st.lists(st.sampled_from(["appraise", "extend", "submit", "wait"]), max_size=6)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, gap=st.integers(0, 9))
def test_rows_agree_with_reckoning_the_whole_history(filed, steps, gap):
    """Whatever happened: the kept end is what the law gives for what the events say."""
    from django.db import transaction

    with transaction.atomic():
        before = filed.matter.version, filed.matter.state, filed.matter.head
        for number, step in enumerate(steps):
            day = (dt.date(2026, 3, 3) + dt.timedelta(days=number * gap)).isoformat()[5:]
            _try(filed, step, day)
        clock = filed.clock("decision")
        due = reckon(
            time_limit("E02", on=beijing_day(clock.started.at)), told(filed), the_calendar()
        )
        assert (clock.last_day, clock.due_at) == (due.last_day, due.at)
        transaction.set_rollback(True)
    filed.matter.version, filed.matter.state, filed.matter.head = before


def _try(walk, step, day):
    cast = walk.cast
    if step == "extend" and walk.matter.state == "investigating":
        try:
            walk.take("extend", cast.head, day, why="案情复杂")
        except StepRefusedError:
            return
    elif step == "appraise":
        other = "appraised" if walk.matter.state == "appraising" else "appraise"
        if walk.matter.state in {"investigating", "appraising"}:
            walk.take(other, cast.officer, day)
    elif step == "submit" and walk.matter.state == "investigating":
        walk.take("submit", cast.officer, day)
        walk.take("back", cast.head, day, why="证据不足")


def told(walk) -> History:
    """The history from the events alone, not from what the engine noted of it."""
    from zhihuan.bureau.clock import Extension, Suspension

    events = list(walk.matter.events.order_by("number"))
    started = next(event.at for event in events if event.step == "file")
    extensions = tuple(
        Extension("head", event.at, "x", "x") for event in events if event.step == "extend"
    )
    since = [event.at for event in events if event.step == "appraise"]
    until = [event.at for event in events if event.step == "appraised"]
    until += [None] * (len(since) - len(until))
    stops = tuple(Suspension("鉴定", a, b) for a, b in zip(since, until, strict=True))
    return History(started, stops, extensions)
