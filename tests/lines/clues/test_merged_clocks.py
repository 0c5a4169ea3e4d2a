"""Whoever reported a clue that went into another is told by the day by which they were to be told."""

from __future__ import annotations

import datetime as dt

import pytest
from clue_walk import Walk

from zhihuan.bureau.inbox.models import ClockWatch
from zhihuan.bureau.matters.engine.refusals import FormRefusedError, StepRefusedError
from zhihuan.bureau.matters.models import RunningClock

OUTCOME = RunningClock.Outcome
TOLD = {"way": "phone", "accepted": "yes", "answer": "已受理"}
ALL = TOLD | {"told_all": "on"}
ANSWER = {"way": "phone", "answer": "已查处", "told_all": "on"}
INNOCENT = {"cause": "maintenance", "reasons": "校准"}


@pytest.fixture
def reported(cast):
    """Reported under a name on 2 February, by letter; registered ten days later."""
    walk = Walk.opened(cast, "2026-02-12", title="举报偷排")
    late = {"found_at": "2026-02-02T10:00", "late_reason": "信件转来"}
    walk.report("letter", **late)
    walk.informant()
    return walk


def merged(walk, into, day="2026-02-13"):
    walk.take("merge", walk.cast.duty, day, into=into.clue.pk, reasons="同一过程")
    into.clue = into.kept()


def running(walk):
    rows = RunningClock.objects.filter(matter=walk.clue.pk, outcome=OUTCOME.RUNNING)
    return {row.code: row for row in rows}


def test_the_limit_goes_on_in_the_clue_that_stays_and_ends_on_the_same_day(reported, pooled):
    due = reported.clock("accept_named")
    assert due.last_day == dt.date(2026, 2, 24)  # fifteen days, rolled over Spring Festival
    merged(reported, pooled)
    gone, here = reported.clock("accept_named"), pooled.clock("accept_named")
    assert gone.outcome == OUTCOME.SUCCEEDED
    assert (here.outcome, here.began_at, here.due_at) == (OUTCOME.RUNNING, due.began_at, due.due_at)
    assert here.started.step == "take_in"
    assert here.started.said["merged"] == reported.clue.pk
    assert here.started.actor is None
    assert ClockWatch.objects.get(clock=here.pk).last_day == due.last_day
    assert pooled.kept().asks_answer


def test_telling_them_there_meets_it(reported, pooled):
    merged(reported, pooled)
    with pytest.raises(FormRefusedError) as told:
        pooled.take("acknowledge", pooled.cast.duty, "2026-02-13", **TOLD)
    assert list(told.value.errors) == ["told_all"]
    pooled.take("acknowledge", pooled.cast.duty, "2026-02-13", **ALL)
    assert pooled.clock("accept_named").outcome == OUTCOME.MET


def test_whoever_tells_them_too_late_is_late(reported, pooled):
    merged(reported, pooled)
    pooled.take("acknowledge", pooled.cast.duty, "2026-02-25", **ALL)
    assert pooled.clock("accept_named").outcome == OUTCOME.LATE


def test_of_two_that_must_be_told_the_first_day_counts(reported, cast):
    """The one that stays was reported on 9 February: whoever reported on the second goes first."""
    other = Walk.opened(cast, "2026-02-12", title="又一封")
    other.report("letter", found_at="2026-02-09T10:00", late_reason="信件转来")
    own = other.clock("accept_named")
    merged(reported, other)
    rows = list(
        RunningClock.objects.filter(matter=other.clue.pk, code="accept_named").order_by("pk")
    )
    assert [row.outcome for row in rows] == [OUTCOME.SUCCEEDED, OUTCOME.RUNNING]
    assert rows[0].pk == own.pk
    assert rows[1].last_day == dt.date(2026, 2, 24)


def test_nor_does_a_later_one_put_it_off(reported, cast):
    other = Walk.opened(cast, "2026-02-12", title="又一封")
    other.report("letter", found_at="2026-02-09T10:00", late_reason="信件转来")
    before = reported.clock("accept_named")
    merged(other, reported)
    assert running(reported)["accept_named"].pk == before.pk
    assert other.clock("accept_named").outcome == OUTCOME.SUCCEEDED


def test_what_was_told_before_is_not_owed_again_but_the_result_is(reported, pooled):
    reported.take("acknowledge", reported.cast.duty, "2026-02-12", **TOLD)
    merged(reported, pooled)
    assert "accept_named" not in running(pooled)
    assert reported.clock("accept_named").outcome == OUTCOME.MET
    pooled.take("innocent", pooled.cast.duty, "2026-02-13", **INNOCENT)
    assert "answer" in running(pooled)


@pytest.mark.parametrize(
    ("channel", "code"), [("12369", "accept_12369"), ("12345", "answer_12345")]
)
def test_so_do_the_limits_of_the_hotlines(cast, pooled, channel, code):
    walk = Walk.opened(cast, "2026-02-12", title="热线")
    walk.report(channel, is_real_name="")
    due = walk.clock(code).due_at
    merged(walk, pooled)
    assert running(pooled)[code].due_at == due
    assert {"accept_12369", "accept_named", "answer_12345"} & set(running(pooled)) == {code}
    if channel == "12369":  # whoever called without a name is told at the hotline
        pooled.take("acknowledge", pooled.cast.duty, "2026-02-13", **ALL)
        assert pooled.clock(code).outcome == OUTCOME.MET


def test_it_goes_on_through_a_second_merger(reported, pooled, cast):
    due = reported.clock("accept_named").due_at
    last = Walk.opened(cast, "2026-02-12", title="第三条")
    last.register()
    merged(reported, pooled)
    merged(pooled, last)
    assert pooled.clock("accept_named").outcome == OUTCOME.SUCCEEDED
    assert running(last)["accept_named"].due_at == due
    assert last.kept().asks_answer


def test_what_had_its_result_already_owes_one_to_whoever_comes_later(reported, pooled):
    pooled.take("innocent", pooled.cast.duty, "2026-02-13", **INNOCENT)
    assert "answer" not in running(pooled)
    merged(reported, pooled, "2026-02-14")
    assert {"answer", "accept_named"} <= set(running(pooled))
    pooled.take("answer", pooled.cast.duty, "2026-02-24", **ANSWER)
    assert {pooled.clock(code).outcome for code in ("answer", "accept_named")} == {OUTCOME.MET}


def test_the_fifteen_days_of_filing_go_on_from_the_clue_that_was_found_first(
    reported, pooled, cast
):
    merged(reported, pooled)
    assert running(pooled)["file"].began_at == reported.clock("file").began_at
    later = Walk.opened(cast, "2026-02-13")
    later.register("2026-02-13")
    before = running(pooled)["file"].pk
    merged(later, pooled)
    assert running(pooled)["file"].pk == before
    taken_in = [each.said["merged"] for each in pooled.clue.events.filter(step="take_in")]
    assert set(taken_in) == {reported.clue.pk}


def test_of_a_clue_that_has_its_result_it_is_decided(reported, pooled):
    pooled.take("innocent", pooled.cast.duty, "2026-02-13", **INNOCENT)
    merged(reported, pooled, "2026-02-14")
    assert "file" not in running(pooled)


def test_where_nobody_waits_nothing_is_taken_in(pooled, cast):
    other = Walk.opened(cast, "2026-02-12")
    other.register()
    merged(other, pooled)
    assert not pooled.clue.events.filter(step="take_in").exists()
    assert not pooled.kept().asks_answer
    with pytest.raises(StepRefusedError, match="没有须反馈"):
        pooled.take("acknowledge", pooled.cast.duty, "2026-02-13", **ALL)


def test_what_the_clue_says_of_itself_stays_as_it_was(reported, pooled):
    before = pooled.kept()
    merged(reported, pooled)
    kept = pooled.kept()
    assert (kept.found_at, kept.source, kept.channel) == (
        before.found_at,
        before.source,
        before.channel,
    )
