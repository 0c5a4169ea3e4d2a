"""A clock stands still until the day on which something came back, not until somebody wrote that down."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django import forms
from procedures import CASE
from trial_walk import nine

from zhihuan.bureau.clock.history import BEIJING
from zhihuan.bureau.matters import catalogue
from zhihuan.bureau.matters.checks import faults
from zhihuan.bureau.matters.engine.calendar import the_calendar
from zhihuan.bureau.matters.engine.clocks import history_of, reckoned
from zhihuan.bureau.matters.engine.refusals import StepRefusedError


class BackForm(forms.Form):
    came_back_on = forms.DateField(label="收到日期", required=False)


def told(procedure, form=BackForm):
    steps = tuple(
        replace(each, form=form) if each.code == "appraised" else each for each in procedure.steps
    )
    clock = replace(procedure.clocks[0], happened_on={"appraised": "came_back_on"})
    return replace(procedure, steps=steps, clocks=(clock, *procedure.clocks[1:]))


@pytest.fixture
def sent(filed):
    """The case, sent to be appraised on 10 March; when it came back is asked."""
    catalogue.forget(CASE.code)
    catalogue.register(told(CASE))
    filed.take("appraise", filed.cast.officer, "03-10")
    return filed


def back(walk, recorded, came_back_on):
    walk.take("appraised", walk.cast.officer, recorded, came_back_on=came_back_on)
    return walk.clock("decision")


def test_it_runs_on_from_the_day_on_which_it_came_back(sent):
    clock = back(sent, "03-30", "2026-03-15")
    # five days later than 31 May: 5 June, and not the twenty until it was entered
    assert clock.last_day == dt.date(2026, 6, 5)
    (stop,) = history_of(clock).suspensions
    assert (stop.since, stop.until) == (nine("03-10"), dt.datetime(2026, 3, 15, tzinfo=BEIJING))
    mark = clock.marks.get(kind="resume")
    assert (mark.happened_at, mark.event.at) == (stop.until, nine("03-30"))


def test_what_came_back_on_the_day_it_was_sent_takes_nothing_away(sent):
    assert back(sent, "03-30", "2026-03-10").last_day == dt.date(2026, 6, 1)


@pytest.mark.parametrize(
    ("day", "last_day"),
    [("2026-03-01", dt.date(2026, 6, 1)), ("2026-04-30", dt.date(2026, 6, 22))],
)
def test_a_day_before_it_stood_still_or_to_come_moves_it_no_farther_than_it_may(
    sent, day, last_day
):
    """The line refuses such days in words; the engine holds whatever it is told within what can be."""
    assert back(sent, "03-30", day).last_day == last_day


def test_whoever_is_told_nothing_counts_from_when_it_was_entered(sent):
    clock = back(sent, "03-30", "")
    assert clock.last_day == dt.date(2026, 6, 22)
    assert clock.marks.get(kind="resume").happened_at is None


def test_it_is_reckoned_anew_from_the_same_day(sent):
    clock = back(sent, "03-30", "2026-03-15")
    assert reckoned(clock, the_calendar()).last_day == dt.date(2026, 6, 5)


def test_an_extension_that_turns_out_to_have_come_too_late_lengthens_nothing_and_is_no_hindrance(
    sent,
):
    """Granted on 10 June, while the file said that the clock stood still; in truth it had ended on the fifth."""
    catalogue.forget(CASE.code)
    procedure = told(CASE)
    steps = tuple(
        replace(each, sources=("investigating", "appraising")) if each.code == "extend" else each
        for each in procedure.steps
    )
    catalogue.register(replace(procedure, steps=steps))
    sent.take("extend", sent.cast.head, "06-10", why="案情复杂")
    assert back(sent, "06-12", "2026-03-15").last_day == dt.date(2026, 6, 5)
    with pytest.raises(StepRefusedError, match="届满"):
        sent.take("extend", sent.cast.head, "06-13", why="案情复杂")


def test_a_form_that_asks_no_such_day_is_a_fault():
    assert faults(told(CASE, form=None)) == [
        "trial_case: decision is told by appraised when it came to pass, but appraised asks for no came_back_on"
    ]
    with pytest.raises(ValueError, match="neither stops it"):
        replace(CASE.clocks[0], happened_on={"file": "x"})
