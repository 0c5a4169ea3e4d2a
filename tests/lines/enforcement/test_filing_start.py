"""The fifteen days until a case is filed have one start: a case that grew out of a clue goes on with the clue's."""

from __future__ import annotations

import datetime as dt

import pytest
from case_walk import SAID, WHY, Walk, nine, refused

from zhihuan.bureau.clock import time_limit
from zhihuan.bureau.inbox.models import ClockWatch
from zhihuan.bureau.matters.engine.acting import Acting, Said
from zhihuan.bureau.matters.engine.linking import link
from zhihuan.bureau.matters.engine.taking import open_matter, take
from zhihuan.bureau.matters.models import MatterLink
from zhihuan.lines.clues.procedure import CLUE
from zhihuan.lines.enforcement.procedure import PENALTY_CASE
from zhihuan.standards.parameters import Confidence


@pytest.fixture
def clue(cast, person):
    """Found on Thursday 27 August 2026."""
    duty = person("duty_officer", name="duty")
    acting = Acting(duty, at=nine("2026-08-27"))
    made = open_matter("clue", acting, title="线索", party=cast.firm, town=cast.town)
    told = {"source": "alarm", "found_at": "2026-08-27T08:00", "contradiction": "超标 0.5 倍"}
    take(made, "register", acting, Said(told), version=made.version)
    return made


def grown(cast, clue, day="2026-08-31"):
    walk = Walk.opened(cast, day)
    spawned = MatterLink.Kind.SPAWNED_BY
    link(walk.matter, spawned, clue, Acting(None), version=walk.matter.version)
    return walk


def extended(clue, cast, day):
    acting = Acting(cast.leader, at=nine(day))
    take(clue, "extend_filing", acting, Said({"why": "等待检测"}), version=clue.version)


def test_both_follow_one_dated_reading_of_the_limit():
    limit = time_limit("E01", on=dt.date(2026, 9, 1))
    assert (limit.counts_from.event, limit.counts_from.confidence) == (
        "found",
        Confidence.UNCONFIRMED,
    )
    clocks = [
        next(each for each in procedure.clocks if each.code == "file")
        for procedure in (CLUE, PENALTY_CASE)
    ]
    assert {each.limit for each in clocks} == {"E01"}


def test_a_case_out_of_a_clue_was_found_when_that_was(cast, clue):
    walk = grown(cast, clue)
    from zhihuan.bureau.matters.engine.forms import form_of

    form = form_of(PENALTY_CASE.step("register"), walk.matter)
    assert form.initial["found_on"] == dt.date(2026, 8, 27)
    words = refused(walk, "register", "2026-08-31", found_on="2026-08-31")
    assert f"来源事项（编号 {clue.pk}）的立案期限自 2026-08-27 起算" in words
    walk.go("register", "2026-08-31", found_on="2026-08-27")
    assert (
        walk.clock("file").last_day == clue.clocks.get(code="file").last_day == dt.date(2026, 9, 11)
    )


def test_a_case_out_of_nothing_counts_from_the_day_it_is_told(walk):
    walk.go("register", "2026-08-31")
    assert walk.clock("file").last_day == dt.date(2026, 9, 15)


def test_more_time_that_the_clue_was_given_holds_for_its_case_and_is_given_once(cast, clue):
    extended(clue, cast, "2026-09-10")
    walk = grown(cast, clue, "2026-09-14")
    walk.go("register", "2026-09-14", found_on="2026-08-27")
    clock = walk.clock("file")
    assert clock.last_day == dt.date(2026, 9, 28)  # the 26th is a holiday, then a Sunday
    assert ClockWatch.objects.get(clock=clock.pk).last_day == clock.last_day
    assert walk.kept().next_due_at == clock.due_at
    assert "已延长到法定次数" in refused(walk, "extend_filing", "2026-09-15", **WHY)
    walk.go("inspect", "2026-09-15")
    walk.go("ask_filing", "2026-09-15")
    walk.go("endorse_filing", "2026-09-15")
    walk.go("file", "2026-09-16")
    assert walk.clock("file").outcome == "met"


def test_what_is_filed_after_the_clue_s_fifteen_days_is_late_and_says_why(cast, clue):
    walk = grown(cast, clue)
    walk.go("register", "2026-08-31", found_on="2026-08-27")
    walk.go("inspect", "2026-08-31")
    walk.go("ask_filing", "2026-09-14")
    walk.go("endorse_filing", "2026-09-14")
    assert "应于 2026-09-11 前立案，现已逾期" in refused(walk, "file", "2026-09-14")
    walk.go("file", "2026-09-14", late_reason="等待检测报告", **SAID["file"])
    assert walk.clock("file").outcome == "late"


def test_where_the_law_is_read_so_a_case_out_of_nothing_counts_from_the_end_of_the_first_look(
    walk, monkeypatch
):
    from zhihuan.lines.enforcement import clocks

    monkeypatch.setattr(clocks, "counts_from", lambda _code, on: "checked")
    walk.go("register", "2026-08-31")
    assert walk.clock("file") is None
    walk.go("inspect", "2026-08-31")
    walk.go("ask_filing", "2026-09-02")
    assert walk.clock("file").last_day == dt.date(2026, 9, 17)
