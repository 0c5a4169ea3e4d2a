"""The party's rights between notice and decision hold however fast the bureau goes on, and nothing it handed in is lost."""

from __future__ import annotations

import datetime as dt

import pytest
from case_walk import SAID, WHY, nine, refused

from zhihuan.bureau.matters.engine.expiring import expire_due

STATED = {"by": "张三", "words": "已整改"}
ASK = {"by": "张三"}
APOLOGY = {"media": "模拟日报", "promise": "不再发生"}
AGREED = {"is_corrected": "on", "least_fine": "20000", "why": "同意", "apology_rate": "0.30"}
HELD = {"attended": "甲、乙", "course": "质证"}


@pytest.fixture
def told(walk):
    """Told of its right to a hearing, served on Wednesday 9 September: until the 16th."""
    walk.to_filed().to_review(proposed_fine="90000")
    walk.go("review_to_notice", "2026-09-09")
    walk.go("notify_hearing", "2026-09-09", **SAID["notify"] | {"notified_fine": "90000"})
    walk.serve("notice", "2026-09-09")
    walk.go("notice_served", "2026-09-09")
    return walk


def apologise(walk, day: str) -> None:
    walk.go("apologise", day, **APOLOGY, applied_on=day, published_on=day, proof=walk.cast.paper)


def _legal(walk):
    walk.go("state", "2026-09-10", **STATED, stated_on="2026-09-10")
    walk.go("reply_to_legal", "2026-09-10", adopted="no", why="不影响")


def _discussed(walk):
    _legal(walk)
    walk.go("legal_to_discussion", "2026-09-10")


def _sent_back(walk):
    walk.go("state", "2026-09-10", **STATED, stated_on="2026-09-10")
    walk.go("reply_back", "2026-09-10", **WHY)


def _sorry(walk):
    apologise(walk, "2026-09-10")


@pytest.mark.parametrize("meanwhile", [_legal, _discussed, _sent_back, _sorry])
def test_a_hearing_is_asked_for_within_its_days_wherever_the_case_is_by_then(told, meanwhile):
    meanwhile(told)
    told.go("ask_hearing", "2026-09-16", **ASK, asked_on="2026-09-16")
    assert told.kept().state == "hearing"


@pytest.mark.parametrize("meanwhile", [_legal, _discussed, _sorry])
def test_a_defence_is_taken_wherever_the_case_is_by_then(told, meanwhile):
    meanwhile(told)
    told.go("state", "2026-09-15", **STATED, stated_on="2026-09-15")
    assert told.kept().state == "statement"


def test_a_defence_that_a_hearing_overtook_is_answered_before_the_decision(told):
    told.go("state", "2026-09-10", **STATED, stated_on="2026-09-10")
    told.go("ask_hearing", "2026-09-11", **ASK, asked_on="2026-09-11")
    told.go("drop_hearing", "2026-09-14", **WHY)
    assert "尚未复核" in refused(told, "decide", "2026-09-17", fine="90000")
    told.go("reply", "2026-09-17", adopted="no", why="不影响认定")
    assert "没有待复核" in refused(told, "reply", "2026-09-17", adopted="no", why="再复核")
    told.go("decide", "2026-09-17", fine="90000")


def test_an_apology_that_a_defence_overtook_is_answered_before_the_decision(told):
    apologise(told, "2026-09-10")
    told.go("state", "2026-09-11", **STATED, stated_on="2026-09-11")
    told.go("reply", "2026-09-14", adopted="no", why="不影响认定")
    assert "公开道歉承诺尚未审查" in refused(told, "decide", "2026-09-17", fine="90000")
    told.go("accept_apology", "2026-09-17", **AGREED)
    assert "没有待审查" in refused(told, "refuse_apology", "2026-09-17", **WHY)
    assert "不得高于 63000.00" in refused(told, "decide", "2026-09-17", fine="90000")
    told.go("decide", "2026-09-17", fine="63000")


def test_a_defence_amid_the_legal_review_does_not_lead_past_it(told):
    told.go("state", "2026-09-10", **STATED, stated_on="2026-09-10")
    told.go("reply_back", "2026-09-10", **WHY)
    told.to_review("2026-09-11", proposed_fine="90000")
    told.go("review_to_legal", "2026-09-11", grounds=["complex"], is_weighty="on")
    told.go("state", "2026-09-14", **STATED, stated_on="2026-09-14")
    assert "送法制审核" in refused(told, "reply", "2026-09-15", adopted="no", why="不影响")
    told.go("reply_to_legal", "2026-09-15", adopted="no", why="不影响")
    told.go("legal_to_decision", "2026-09-16")
    told.go("decide", "2026-09-17", fine="90000")


def test_a_hearing_notice_that_nobody_received_in_time_holds_no_hearing(told):
    told.go("ask_hearing", "2026-09-16", **ASK, asked_on="2026-09-16")
    call = {"place": "二楼会议室", "presider": told.cast.lawyer.pk, "is_public": "on"}
    told.go("call_hearing", "2026-09-17", **call, held_at="2026-10-09T09:30")
    held = HELD | {"held_on": "2026-10-09"}
    assert "尚未送达" in refused(told, "hold_hearing", "2026-10-09", **held)
    receipt = told.serve("hearing_notice", "2026-09-28")
    # 29 and 30 September, 8 October: three working days
    assert "不足七个工作日" in refused(told, "hold_hearing", "2026-10-09", **held)
    receipt.delete()
    told.serve("hearing_notice", "2026-09-18")
    told.go("hold_hearing", "2026-10-09", **held)


def test_an_apology_is_published_before_it_is_handed_in(told):
    late = {
        **APOLOGY,
        "applied_on": "2026-09-10",
        "published_on": "2026-09-11",
        "proof": told.cast.paper,
    }
    assert "刊登日期不能晚于今天" in refused(told, "apologise", "2026-09-10", **late)


def test_nobody_decides_while_a_laboratory_still_has_the_samples(told):
    told.go("state", "2026-09-10", **STATED, stated_on="2026-09-10")
    told.go("reply_back", "2026-09-10", **WHY)
    told.go("test", "2026-09-11", to="检测公司", what="废水")
    told.go("ask_hearing", "2026-09-14", **ASK, asked_on="2026-09-14")
    told.go("drop_hearing", "2026-09-15", **WHY)
    assert "尚未收回结果" in refused(told, "decide", "2026-09-17", fine="90000")


def test_the_days_of_the_party_run_on_meanwhile(told):
    _legal(told)
    expire_due(nine("2026-09-17"))
    told.matter = told.kept()
    assert told.clock("hearing").last_day == dt.date(2026, 9, 16)
    assert "所填申请日期不在其中" in refused(told, "ask_hearing", "2026-09-17", **ASK, asked_on="2026-09-17")  # fmt: skip


def test_an_apology_lowers_nothing_once_the_provinces_rule_is_over(told):
    """粤环发〔2021〕7号 is in force until the end of 2026; a successor is not known."""
    apologise(told, "2026-12-30")
    assert "没有施行中的公开道歉承诺制度" in refused(told, "accept_apology", "2027-01-04", **AGREED)
    told.go("accept_apology", "2026-12-31", **AGREED)
