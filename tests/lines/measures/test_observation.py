"""An observation period: set for a minor act, corrected within it or made a case."""

from __future__ import annotations

import datetime as dt

import pytest
from measures_walk import Walk, refused, text_of

from zhihuan.bureau.clock import time_limit
from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.bureau.matters.models import RunningClock

OUTCOME = RunningClock.Outcome
ALL = ["minor", "harmless", "first", "mendable", "promised"]
SAID = {
    "propose": {"act_on": "2026-01-20", "act": "records", "facts": "台账缺项。", "conditions": ALL, "demand": "补齐台账。"},
    "report": {"done": "已补齐。"}, "check_good": {"happened": "2026-02-26", "found": "台账齐全。"},
    "check_bad": {"happened": "2026-02-26", "found": "仍缺。"}, "break_off": {"why": "又偷排。"},
    "send_back": {"why": "补证。"}, "drop": {"why": "不属轻微。"},
    "spare": {"rests_on": "已核对中环规字〔2023〕1号文本。"},
}  # fmt: skip


@pytest.fixture
def walk(cast):
    return Walk.opened(cast, "observation", "2026-01-27", SAID)


@pytest.fixture
def observing(walk):
    """Set on 27 January, served on the 28th, recorded on the 30th."""
    walk.take("propose", walk.cast.officer, "2026-01-27")
    walk.take("set", walk.cast.head, "2026-01-27")
    walk.serve("notice", "2026-01-28")
    walk.take("served", walk.cast.officer, "2026-01-30")
    return walk


def test_corrected_within_it_there_is_no_penalty(observing):
    observing.take("report", observing.cast.owner, "2026-02-12")
    observing.take("check_good", observing.cast.officer, "2026-02-26")
    assert observing.clock("term").outcome == OUTCOME.MET
    observing.take("spare", observing.cast.head, "2026-02-27")
    assert observing.kept().state == "no_penalty"
    text = text_of(observing, "decision")
    for words in ("中（三角）环不罚〔2026〕1号", "台账齐全", "行政处罚法》第三十三条", "六个月内"):
        assert words in text


def test_what_is_not_confirmed_is_told_to_officers_and_not_to_the_party(observing):
    text = text_of(observing, "notice")
    for words in ("环观察〔2026〕1号", "补齐台账", "观察期自本告知书送达之日起三十日"):
        assert words in text
    assert "待核实" not in text
    assert "待核实" in str(edition_of("observation", observing.kept().edition).about)
    assert time_limit("E55", on=dt.date(2026, 1, 28)).basis.confidence == "unconfirmed"


def test_its_length_runs_from_the_service_over_the_festival(observing):
    clock = observing.clock("term")
    # 28 January + 30 days over the month's end: 27 February
    assert clock.last_day == dt.date(2026, 2, 27)


@pytest.mark.parametrize("step", ["check_bad", "break_off"])
def test_not_corrected_or_at_it_again_it_becomes_a_case(observing, step):
    observing.take(step, observing.cast.officer, "2026-02-26")
    assert observing.kept().state == "failed"


def test_a_check_after_it_is_late_and_says_why(observing):
    officer = observing.cast.officer
    assert "逾期" in refused(observing, "check_good", officer, "2026-03-02", happened="2026-02-28")
    observing.take("check_good", officer, "2026-03-02", happened="2026-02-28", late_why="春节。")
    assert observing.clock("term").outcome == OUTCOME.LATE


@pytest.mark.parametrize("lacking", ALL)
def test_all_conditions_must_hold(walk, lacking):
    some = [each for each in ALL if each != lacking]
    assert "还不具备" in refused(walk, "propose", walk.cast.officer, "2026-01-27", conditions=some)


def test_before_there_was_a_scheme_nobody_was_observed(walk):
    words = refused(walk, "propose", walk.cast.officer, "2026-01-27", act_on="2022-12-31")
    assert "尚无" in words


def test_who_checked_or_proposed_does_not_spare(observing):
    observing.take("check_good", observing.cast.officer, "2026-02-26")
    for user in (observing.cast.officer, observing.cast.owner, observing.cast.far):
        assert "权限" in refused(observing, "spare", user, "2026-02-27", officers=())


@pytest.mark.parametrize(("step", "state"), [("send_back", "draft"), ("drop", "dropped")])
def test_the_head_may_decline(walk, step, state):
    walk.take("propose", walk.cast.officer, "2026-01-27")
    walk.take(step, walk.cast.head, "2026-01-27")
    assert walk.kept().state == state


def test_the_scheme_in_force_stands_in_the_form_and_says_what_is_not_confirmed(observing):
    said = observing.matter.events.get(step="propose").said
    for words in ("中环规字〔2023〕1号", "自2023-07-10起施行", "待核实", "观察期的期限"):
        assert words in said["rule"]
    observing.take("check_good", observing.cast.officer, "2026-02-26")
    words = refused(observing, "spare", observing.cast.head, "2026-02-27", rests_on="")
    assert "必填" in words
    observing.take("spare", observing.cast.head, "2026-02-27")
    judged = observing.matter.events.get(step="spare").said["judged"]
    for words in ("须由负责人决定", "观察期内改正：符合", "待核实"):
        assert words in judged
