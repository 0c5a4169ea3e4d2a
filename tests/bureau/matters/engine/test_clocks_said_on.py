"""A clock counts from the day its step was told, such as a day of service, and is met on such a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from procedures import CASE
from trial_walk import nine

from zhihuan.bureau.clock.history import BEIJING
from zhihuan.bureau.matters import catalogue
from zhihuan.bureau.matters.engine.calendar import the_calendar
from zhihuan.bureau.matters.engine.clocks import reckoned
from zhihuan.bureau.matters.models import RunningClock

Outcome = RunningClock.Outcome


@pytest.fixture
def served(filed):
    """The case, whose clocks count from the day of service that the decision is told."""
    catalogue.forget(CASE.code)
    clocks = tuple(replace(each, said_on="served_on") for each in CASE.clocks)
    catalogue.register(replace(CASE, clocks=clocks))
    return filed


def decided(walk, day, served_on):
    walk.take("submit", walk.cast.officer, day)
    walk.take("decide", walk.cast.head, day, fine="100", served_on=served_on)
    return walk.clock("answer")


def test_it_counts_from_the_day_told_and_not_from_when_it_was_entered(served):
    clock = decided(served, "03-10", "2026-03-04")
    assert clock.since == dt.datetime(2026, 3, 4, tzinfo=BEIJING)
    assert clock.began_at == clock.since
    assert clock.last_day == dt.date(2026, 3, 19)


def test_it_is_reckoned_anew_from_the_same_day(served):
    clock = decided(served, "03-10", "2026-03-04")
    assert reckoned(clock, the_calendar()).last_day == dt.date(2026, 3, 19)


def test_what_is_entered_late_but_was_done_in_time_is_in_time(served):
    decided(served, "06-02", "2026-06-01")
    assert served.clock("decision").outcome == Outcome.MET


def test_what_was_done_too_late_is_late(served):
    decided(served, "06-03", "2026-06-02")
    assert served.clock("decision").outcome == Outcome.LATE


def test_a_step_that_tells_no_day_counts_from_when_it_is_taken(served):
    clock = served.clock("decision")
    assert clock.since is None
    assert clock.began_at == nine("03-02")
