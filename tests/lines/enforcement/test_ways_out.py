"""Every way out beside the straight one, and what happens to evidence, clocks and papers on it."""

from __future__ import annotations

import datetime as dt

import pytest
from case_walk import CODE_LAW, FOUND, WHY, nine, refused

from zhihuan.bureau.matters.engine.expiring import expire_due
from zhihuan.bureau.matters.models import RunningClock

Outcome = RunningClock.Outcome


@pytest.mark.parametrize(
    ("step", "said", "state", "paper"),
    [
        ("find_nothing", WHY, "close_nofound", "nothing_found"),
        ("educate", {"conduct": "未公示", "corrected": "已公示", "education": "已教育"}, "close_minor", "education_record"),
        ("observe", WHY, "observe", "observation_approval"),
        ("transfer_clue", {**WHY, "to": "市水务局"}, "transfer", "transfer_letter"),
    ],
)  # fmt: skip
def test_a_clue_ends_before_it_is_filed(walk, step, said, state, paper):
    walk.go("register", FOUND)
    walk.go(step, "2026-09-01", **said)
    case = walk.kept()
    assert (case.state, case.ended_at) == (state, nine("2026-09-01"))
    assert walk.clock("file").outcome == Outcome.MET
    assert "中山某印染有限公司" in walk.text_of(paper)


def test_filing_waits_for_evidence_and_for_the_section_and_may_be_refused(walk):
    walk.go("register", FOUND)
    assert "先有证据" in refused(walk, "ask_filing", FOUND)
    walk.go("inspect", FOUND)
    walk.go("ask_filing", FOUND)
    assert "承办机构负责人" in refused(walk, "file", FOUND)
    walk.go("return_filing", FOUND, **WHY)
    walk.go("ask_filing", FOUND)
    assert "承办机构负责人" in refused(walk, "file", FOUND)
    walk.go("refuse_filing", "2026-09-01", **WHY)
    assert walk.kept().state == "not_filed"


@pytest.mark.parametrize(
    ("step", "ground", "state", "words"),
    [
        ("terminate", "death", "terminated", "当事人死亡"),
        ("withdraw_case", "barred", "withdrawn", "已超过追责时效"),
    ],
)
def test_a_filed_case_ends_without_decision(walk, step, ground, state, words):
    walk.to_filed()
    walk.go(step, "2026-09-02", ground=ground, **WHY)
    assert walk.kept().state == state
    assert walk.clock("decision").outcome == Outcome.MET
    paper = {"terminate": "termination", "withdraw_case": "withdrawal"}[step]
    assert words in walk.text_of(paper)


def test_days_of_suspension_and_of_testing_do_not_count(walk):
    walk.to_filed()
    walk.go("suspend", "2026-09-02", ground="other_case", **WHY)
    assert walk.clock("decision").due_at is None
    walk.go("resume", "2026-09-12", **WHY)
    assert walk.clock("decision").last_day == dt.date(2026, 12, 10)
    walk.go("test", "2026-09-14", to="检测公司", what="废水")
    assert "尚未收回" in refused(walk, "report", "2026-09-15")
    walk.go("test_back", "2026-09-19")
    assert walk.clock("decision").last_day == dt.date(2026, 12, 15)
    assert "尚未告知当事人" in refused(walk, "report", "2026-09-21")
    walk.go("tell_results", "2026-09-21", report="报告 1", told_on="2026-09-21")
    walk.go("report", "2026-09-21")


LOCK = {"items": "台账一册", "place": "分局", "why": "可能灭失"}


def test_evidence_is_locked_with_approval_and_settled_in_seven_working_days(walk):
    walk.to_filed()
    assert "先经负责人批准" in refused(walk, "lock", "2026-09-01", **LOCK)
    walk.go("approve_lock", "2026-09-01", **WHY)
    walk.go("lock", "2026-09-01", **LOCK)
    assert walk.clock("lock").last_day == dt.date(2026, 9, 10)
    assert walk.clock("lock_approval") is None
    assert "尚未处理" in refused(walk, "lock", "2026-09-02", **LOCK)
    walk.go("settle_lock", "2026-09-10", settlement="returned")
    assert walk.clock("lock").outcome == Outcome.MET
    assert "退还当事人" in walk.text_of("lock_settlement")


def test_urgent_evidence_is_approved_within_twenty_four_hours(walk):
    walk.to_filed()
    walk.go("lock", "2026-09-01", **LOCK, is_urgent="on")
    assert walk.clock("lock_approval").due_at == nine("2026-09-02")
    walk.go("approve_lock", "2026-09-03", **WHY)
    assert walk.clock("lock_approval").outcome == Outcome.LATE


def test_evidence_that_nobody_settles_is_released_by_itself(walk):
    walk.to_filed()
    walk.go("lock", "2026-09-01", **LOCK, is_urgent="on")
    assert expire_due(nine("2026-09-10")) == 0
    assert expire_due(nine("2026-09-11")) == 1
    walk.matter = walk.kept()
    assert walk.matter.state == "filed"
    assert "自动解除" in walk.text_of("lock_release")
    assert "没有尚未处理" in refused(walk, "settle_lock", "2026-09-11", settlement="returned")


def test_what_the_law_calls_weighty_goes_through_legal_review_and_discussion(walk):
    walk.to_filed().to_review(proposed_fine="200000")
    assert "须集体讨论" in refused(walk, "review_to_notice", "2026-09-09")
    weighty = {"grounds": ["public_interest"], "is_weighty": "on"}
    assert "送法制审核" in refused(walk, "review_to_discussion", "2026-09-09", **weighty)
    walk.go("review_to_legal", "2026-09-09", **weighty)
    assert walk.clock("legal").last_day == dt.date(2026, 9, 16)
    assert "须集体讨论" in refused(walk, "legal_to_notice", "2026-09-10")
    walk.go("legal_to_discussion", "2026-09-10")
    assert "请至少写明两人" in refused(walk, "discuss_to_notice", "2026-09-14", views="甲：同意")
    walk.go("discuss_to_notice", "2026-09-14")
    assert "乙副局长：同意" in walk.text_of("discussion_record")
    assert "请办理“听证告知”" in refused(walk, "notify", "2026-09-15", notified_fine="200000")
    assert "待核实" in refused(walk, "notify", "2026-09-15", notified_fine="200000")
    walk.go("notify_hearing", "2026-09-15", **_notice("200000"))
    assert walk.kept().hearing_told


@pytest.mark.parametrize("step", ["legal_back", "discuss_back"])
def test_a_case_is_sent_back_and_comes_again(walk, step):
    walk.to_filed().to_review()
    if step == "legal_back":
        walk.go("review_to_legal", "2026-09-09", grounds=["complex"], is_weighty="on")
    else:
        walk.go("review_to_discussion", "2026-09-09", must_discuss="on")
    walk.go(step, "2026-09-10", **WHY)
    assert walk.kept().state == "back_invest"
    walk.to_review("2026-09-11")
    assert walk.kept().state == "case_review"


def _notice(fine: str) -> dict[str, str]:
    from case_walk import SAID

    return SAID["notify"] | {"notified_fine": fine}


def _told_of_hearing(walk):
    walk.to_filed().to_review(proposed_fine="90000")
    walk.go("review_to_notice", "2026-09-09")
    walk.go("notify_hearing", "2026-09-09", **_notice("90000"))
    walk.serve("notice", "2026-09-09")
    walk.go("notice_served", "2026-09-09")
    return walk


def test_a_hearing_is_asked_for_called_held_and_reviewed(walk):
    walk = _told_of_hearing(walk)
    cast = walk.cast
    ask = {"by": "张三", "asked_on": "2026-09-17"}
    assert "所填申请日期不在其中" in refused(walk, "ask_hearing", "2026-09-17", **ask)
    walk.go("ask_hearing", "2026-09-16", **ask | {"asked_on": "2026-09-16"})
    assert walk.clock("decision").due_at is None
    call = {"held_at": "2026-10-09T09:30", "place": "二楼会议室", "presider": cast.lawyer.pk, "is_public": "on"}  # fmt: skip
    assert "七个工作日前通知" in refused(walk, "call_hearing", "2026-09-25", **call)
    walk.go("call_hearing", "2026-09-17", **call)
    text = walk.text_of("hearing_notice")
    # who presides is named, so that recusal can be asked for
    for words in (
        "2026年10月9日9时30分",
        "由lawyer（未参与本案调查）主持",
        "涉嫌超标排放水污染物一案",
        "张三",
    ):
        assert words in text, words
    held = {"held_on": "2026-10-09", "attended": "甲、乙", "course": "质证"}
    assert "听证通知书尚未送达" in refused(walk, "hold_hearing", "2026-10-09", **held)
    walk.serve("hearing_notice", "2026-09-23")
    assert "不足七个工作日" in refused(walk, "hold_hearing", "2026-10-09", **held)
    walk.serve("hearing_notice", "2026-09-22")
    assert "尚未到举行日期" in refused(walk, "hold_hearing", "2026-10-08", **held)
    walk.go("hold_hearing", "2026-10-09", **held)
    walk.go("report_hearing", "2026-10-10", opinion="维持拟处罚")
    assert walk.kept().hearing_held
    assert walk.clock("decision").due_at is not None
    walk.go("legal_to_decision", "2026-10-12")
    walk.go("decide", "2026-10-12", fine="90000")


def test_after_a_hearing_nobody_decides_without_legal_review(walk):
    walk = _told_of_hearing(walk)
    walk.go("ask_hearing", "2026-09-16", by="张三", asked_on="2026-09-16")
    walk.go("drop_hearing", "2026-09-17", **WHY)
    walk.matter = walk.kept()
    type(walk.matter).objects.filter(pk=walk.matter.pk).update(hearing_held=True)
    assert "须经法制审核" in refused(walk, "decide", "2026-09-18", fine="90000")


def test_an_investigator_does_not_preside(walk, person):
    both = person("field_officer", "case_reviewer", name="both", at=walk.cast.leader.organisation)
    both.certificates.create(
        number="44-both", issued=dt.date(2020, 1, 1), expires=dt.date(2040, 1, 1)
    )
    walk.cast.officers = [walk.cast.officer, both]
    walk = _told_of_hearing(walk)
    walk.go("ask_hearing", "2026-09-16", by="张三", asked_on="2026-09-16")
    call = {"held_at": "2026-10-13T09:30", "place": "二楼", "presider": both.pk}
    assert "非本案调查人员主持" in refused(walk, "call_hearing", "2026-09-17", **call)


APOLOGY = {"applied_on": "2026-09-11", "media": "模拟日报", "published_on": "2026-09-11", "promise": "不再发生"}  # fmt: skip
AGREED = {"is_corrected": "on", "least_fine": "20000", "why": "同意"}


def test_an_apology_lowers_the_fine_by_three_to_five_tenths(walk):
    walk.to_filed().to_review().to_notice()
    walk.go("apologise", "2026-09-11", **APOLOGY, proof=walk.cast.paper)
    for rate in ("0.29", "0.51"):
        assert "之间" in refused(walk, "accept_apology", "2026-09-14", **AGREED, apology_rate=rate)
    words = refused(walk, "accept_apology", "2026-09-14", **AGREED, apology_rate="0.30", excluded=["1"])  # fmt: skip
    assert "不适用公开道歉的情形" in words
    low = AGREED | {"least_fine": "40000"}
    assert "法定最低" in refused(walk, "accept_apology", "2026-09-14", **low, apology_rate="0.30")
    walk.go("accept_apology", "2026-09-14", **AGREED, apology_rate="0.30")
    assert "不得高于 35000.00" in refused(walk, "decide", "2026-09-18")
    walk.go("decide", "2026-09-18", fine="35000")


def test_an_apology_comes_after_the_notice(walk):
    walk.to_filed().to_review(nothing="on", proposed_kinds=["warning"], proposed_fine="")
    walk.go("review_to_decision", "2026-09-09")
    told = {**APOLOGY, "proof": walk.cast.paper}
    assert "尚未告知" in refused(walk, "apologise", "2026-09-10", **told)


def test_no_penalty_is_decided_served_and_closed(walk):
    walk.to_filed().to_review(nothing="on", proposed_kinds=["warning"], proposed_fine="")
    assert "不作处罚告知" in refused(walk, "review_to_notice", "2026-09-09")
    walk.go("review_to_decision", "2026-09-09")
    told = {"ground": "minor", "facts": "轻微", "law_penalty": CODE_LAW, "why": "已改正", "education": "已教育"}  # fmt: skip
    some = {**told, "known": ["minor", "corrected"]}
    assert "没有造成危害后果" in refused(walk, "decide_nothing", "2026-09-10", **some)
    walk.go("decide_nothing", "2026-09-10", **told, known=["minor", "corrected", "harmless"])
    judged = walk.matter.events.get(step="decide_nothing").said["judged"]
    assert "不予处罚" in judged
    assert "生态环境法典第一千零五十六条第二款" in judged
    assert walk.kept().number == "中环不罚〔2026〕1号"
    assert "违法行为轻微并及时改正" in walk.text_of("no_penalty_decision")
    close = {"ending": "no_penalty"}
    assert "尚未送达" in refused(walk, "close", "2026-09-11", **close)
    walk.serve("no_penalty_decision", "2026-09-11")
    walk.go("nothing_served", "2026-09-11")
    assert "应为“不予处罚”" in refused(walk, "close", "2026-09-12")
    walk.go("close", "2026-09-12", **close)
    assert walk.kept().state == "close"


def test_a_decision_hands_the_case_over(walk):
    walk.to_filed().to_review().to_notice().to_decision()
    walk.go("decide_transfer", "2026-09-18", to="市公安局", **WHY)
    assert walk.kept().state == "transfer"
    assert "市公安局" in walk.text_of("case_transfer")
