"""The law's traps: each is refused in words, and leaves the case as it was."""

from __future__ import annotations

import datetime as dt

import pytest
from case_walk import CODE_LAW, FOUND, OLD_LAW, WHY, Walk, nine, refused

from zhihuan.bureau.matters.engine.expiring import expire_due
from zhihuan.bureau.matters.engine.extending import out_of_turn
from zhihuan.bureau.matters.engine.refusals import StepRefusedError
from zhihuan.bureau.matters.models import RunningClock

Outcome = RunningClock.Outcome


# ---- the same person investigates and reviews ----


@pytest.mark.parametrize(
    ("role", "step"),
    [
        ("case_reviewer", "review_to_notice"),
        ("case_reviewer", "review_back"),
        ("legal_reviewer", "legal_to_notice"),
        ("leader", "decide"),
    ],
)
def test_who_investigated_neither_reviews_nor_decides(cast, person, role, step):
    """The second officer of the investigation holds the other role too."""
    both = person("field_officer", role, name="both", at=cast.leader.organisation)
    both.certificates.create(
        number="44-both", issued=dt.date(2020, 1, 1), expires=dt.date(2040, 1, 1)
    )
    cast.officers = [cast.officer, both]
    walk = Walk.opened(cast).to_filed().to_review()
    if step == "legal_to_notice":
        walk.go("review_to_legal", "2026-09-09", grounds=["complex"], is_weighty="on")
    if step == "decide":
        walk.to_notice().to_decision()
    with pytest.raises(StepRefusedError, match="须由未经办前序环节的人员办理"):
        walk.take(step, both, "2026-09-18", **WHY)


def test_who_asked_for_filing_does_not_approve_it(cast, person):
    both = person("field_officer", "leader", name="both", at=cast.leader.organisation)
    both.certificates.create(
        number="44-both", issued=dt.date(2020, 1, 1), expires=dt.date(2040, 1, 1)
    )
    cast.officers = [cast.officer, both]
    walk = Walk.opened(cast)
    walk.go("register", FOUND)
    walk.go("inspect", FOUND)
    walk.go("ask_filing", FOUND)
    walk.go("endorse_filing", FOUND)
    with pytest.raises(StepRefusedError, match="未经办前序环节"):
        walk.take("file", both, FOUND)


# ---- the certificate expired ----


def test_two_officers_are_two_with_a_certificate_of_that_day(walk):
    cast = walk.cast
    walk.go("register", FOUND)
    for officers in ([cast.officer], [cast.officer, cast.lapsed], []):
        with pytest.raises(StepRefusedError, match="至少 2 名持有效执法证"):
            walk.take("inspect", cast.officer, FOUND, officers=officers)


def test_a_certificate_that_lapsed_meanwhile_is_no_good_for_the_report(walk):
    walk.to_filed()
    cast = walk.cast
    cast.officers[1].certificates.update(expires=dt.date(2026, 9, 7))
    with pytest.raises(StepRefusedError, match="持有效执法证"):
        walk.go("report", "2026-09-08")
    cast.officers[1].certificates.update(expires=dt.date(2026, 9, 8))
    walk.go("report", "2026-09-08")


# ---- decision before the notice period ends ----


def test_no_decision_before_the_notice_period_is_over(walk):
    walk.to_filed().to_review().to_notice()
    walk.go("state", "2026-09-11", stated_on="2026-09-11", by="张三", words="已整改")
    walk.go("reply", "2026-09-14", adopted="no", why="不影响认定")
    assert "期限至 2026-09-17 届满" in refused(walk, "decide", "2026-09-17")
    walk.go("decide", "2026-09-18")


def test_a_notice_that_was_never_served_lets_nobody_decide(walk):
    walk.to_filed().to_review()
    walk.go("review_to_notice", "2026-09-10")
    walk.go("notify", "2026-09-10")
    assert "尚未送达" in refused(walk, "notice_served", "2026-09-11")
    assert "尚未送达" in refused(
        walk, "state", "2026-09-11", stated_on="2026-09-11", by="张三", words="x"
    )


def test_served_by_announcement_the_period_begins_thirty_days_later(walk):
    walk.to_filed().to_review()
    walk.go("review_to_notice", "2026-09-10")
    walk.go("notify", "2026-09-10")
    walk.go("announce_notice", "2026-09-10", **WHY)
    assert walk.clock("decision").due_at is None
    walk.serve("notice", "2026-09-10", way="announced")
    assert "自 2026-10-10 起视为送达" in refused(walk, "notice_served", "2026-10-09")
    walk.go("notice_served", "2026-10-12")
    assert walk.clock("statement").last_day == dt.date(2026, 10, 16)
    # 30 days of announcement are not counted, and not the two until it was recorded
    decision = walk.clock("decision")
    assert (decision.last_day, decision.provisional) == (dt.date(2026, 12, 30), False)


# ---- penalty above the notified ----


def test_a_penalty_is_never_above_the_notified(walk):
    walk.to_filed().to_review().to_notice().to_decision()
    assert "高于告知的" in refused(walk, "decide", "2026-09-18", fine="50000.01")
    assert "超出告知的范围" in refused(walk, "decide", "2026-09-18", kinds=["fine", "warning"])
    walk.go("decide", "2026-09-18", fine="40000")
    assert walk.kept().fine == 40000


def test_a_heavier_penalty_is_notified_anew(walk):
    walk.to_filed().to_review().to_notice().to_decision()
    walk.go("decide_back", "2026-09-18", **WHY)
    walk.to_review("2026-09-21", proposed_fine="80000")
    walk.to_notice("2026-09-22", notified_fine="80000")
    assert walk.kept().notified_fine == 80000
    expire_due(nine("2026-10-09"))
    walk.matter = walk.kept()
    walk.go("decide", "2026-10-09", fine="80000")


# ---- 15 and 90 days ----


def test_filed_on_the_fifteenth_day_is_in_time(walk):
    walk.to_filed("2026-09-15")
    assert walk.clock("file").outcome == Outcome.MET


def test_filed_later_without_extension_asks_for_the_reason_and_is_late(walk):
    walk.go("register", FOUND)
    walk.go("inspect", FOUND)
    walk.go("ask_filing", "2026-09-16")
    walk.go("endorse_filing", "2026-09-16")
    assert "应于 2026-09-15 前立案" in refused(walk, "file", "2026-09-16")
    walk.go("file", "2026-09-16", late_reason="检测报告迟到")
    assert walk.clock("file").outcome == Outcome.LATE
    assert "逾期立案原因：检测报告迟到" in walk.text_of("filing_approval")


def test_extended_before_its_end_filing_has_fifteen_days_more(walk):
    walk.go("register", FOUND)
    walk.go("inspect", FOUND)
    walk.go("extend_filing", "2026-09-15", **WHY)
    walk.go("ask_filing", "2026-09-29")
    walk.go("endorse_filing", "2026-09-30")
    walk.go("file", "2026-09-30")
    assert walk.clock("file").outcome == Outcome.MET


def test_extended_too_late_is_not_extended(walk):
    walk.go("register", FOUND)
    assert "届满" in refused(walk, "extend_filing", "2026-09-16", **WHY)


def test_registered_late_the_period_still_counts_from_the_day_it_was_found(walk):
    walk.go("register", "2026-09-10")
    assert walk.clock("file").last_day == dt.date(2026, 9, 15)


def test_ninety_days_crossed_without_extension_ask_for_the_reason(walk):
    walk.to_filed().to_review("2026-11-16").to_notice("2026-11-17")
    walk.go("state", "2026-11-18", stated_on="2026-11-18", by="张三", words="已整改")
    walk.go("reply", "2026-11-19", adopted="no", why="不影响认定")
    assert "办案期限已于 2026-11-30 届满" in refused(walk, "decide", "2026-12-01")
    walk.go("decide", "2026-12-01", late_reason="鉴定迟延")
    assert walk.clock("decision").outcome == Outcome.LATE


def test_ninety_days_are_extended_twice_in_the_laws_order(walk):
    walk.to_filed()
    steps = [walk.procedure.step(code) for code in ("extend", "extend_again", "suspend")]

    def early() -> dict[str, str]:
        return {
            code: str(why) for code, why in out_of_turn(walk.procedure, walk.matter, steps).items()
        }

    assert early() == {"extend_again": "“办案期限”须先办理“延长办案期限”。"}
    views = "甲局长：同意\n乙副局长：同意"
    assert "另一级批准" in refused(walk, "extend_again", "2026-11-02", **WHY, views=views)
    walk.go("extend", "2026-11-02", **WHY)
    assert walk.clock("decision").last_day == dt.date(2026, 12, 30)
    assert early() == {"extend": "“办案期限”须先办理“再次延长办案期限”。"}
    walk.go("extend_again", "2026-11-03", **WHY, views=views)
    assert walk.clock("decision").last_day > dt.date(2027, 1, 28)
    assert set(early().values()) == {"“办案期限”已延长到法定次数。"}
    assert "法定次数" in refused(walk, "extend", "2026-11-04", **WHY)
    assert "乙副局长：同意" in walk.text_of("extension_again")


# ---- repealed law cited after 2026-08-15 ----


@pytest.mark.parametrize("step", ["report", "notify", "decide"])
def test_repealed_law_is_refused_wherever_it_is_cited(walk, step):
    walk.to_filed()
    if step != "report":
        walk.to_review()
        walk.go("review_to_notice", "2026-09-09")
    if step == "decide":
        walk.matter = walk.kept()
        walk.go("notify", "2026-09-10")
        walk.serve("notice", "2026-09-10")
        walk.go("notice_served", "2026-09-10")
        walk.to_decision()
    words = refused(walk, step, "2026-09-18", law_penalty=OLD_LAW, act_until="")
    assert "《中华人民共和国水污染防治法》已于 2026-08-14 后失效" in words


def test_conduct_that_ended_before_may_be_judged_by_the_old_law_when_compared(walk):
    walk.to_filed(act_from="2026-07-01", act_until="2026-07-02")
    said = {"law_penalty": OLD_LAW, "act_from": "2026-07-01", "act_until": "2026-07-02"}
    assert "新旧法比较" in refused(walk, "report", "2026-09-08", **said)
    walk.go("report", "2026-09-08", **said, comparison="旧法罚款下限较低，从旧")
    assert "从旧" in walk.text_of("investigation_report")


def test_the_code_is_cited_in_full(walk):
    walk.to_filed()
    words = refused(walk, "report", "2026-09-08", law_penalty="《生态环境法典》第一千零八十六条")
    assert "请写全称" in words
    assert CODE_LAW.startswith("《中华人民共和国生态环境法典》")


# ---- late fee beyond principal ----


def test_the_demand_never_asks_for_a_surcharge_above_the_fine(walk):
    walk.to_filed().to_review().to_notice().to_decision().to_pay()
    expire_due(nine("2026-10-09"))
    walk.matter = walk.kept()
    assert walk.matter.state == "overdue"
    walk.go("urge", "2027-01-04", reckoned_to="2027-01-04")
    text = walk.text_of("demand_letter")
    assert "未缴罚款￥50,000元，加处罚款￥50,000元" in text
    assert "合计人民币壹拾万元整（￥100,000元）" in text


# ---- limitation ----


def test_conduct_found_after_two_years_is_not_filed(walk):
    walk.go("register", FOUND, act_from="2024-08-01", act_until="2024-08-20")
    walk.go("inspect", FOUND)
    assert "追责时效至 2026-08-20" in refused(walk, "ask_filing", FOUND)


def test_harm_before_the_code_has_five_years_only_where_it_touched_life_or_health(walk):
    """从旧兼从轻: the Code's five years revive no conduct that ended before it (行政处罚法 §36, 生态环境法典 §1057)."""
    walk.go("register", FOUND, act_from="2024-08-01", act_until="2024-08-20", has_harm="on")
    walk.go("inspect", FOUND)
    assert "追责时效至 2026-08-20" in refused(walk, "ask_filing", FOUND)
    walk.go("ask_filing", FOUND, endangers_life="on")
    walk.go("endorse_filing", FOUND)
    walk.go("file", FOUND)
    assert walk.matter.state == "filed"


def test_the_code_is_not_cited_for_older_conduct_without_comparison(walk):
    walk.to_filed(act_from="2026-07-01", act_until="2026-07-02")
    said = {"act_from": "2026-07-01", "act_until": "2026-07-02"}
    assert "行为在此之前已终了" in refused(walk, "report", "2026-09-08", **said)
    walk.go("report", "2026-09-08", **said, comparison="新法罚款较轻，从轻适用新法")


def test_who_is_in_time_gives_no_reason_for_being_late(walk):
    """“无” in that field would be counted as a delay."""
    walk.go("register", FOUND)
    walk.go("inspect", FOUND)
    walk.go("ask_filing", "2026-09-01")
    walk.go("endorse_filing", "2026-09-01")
    assert "立案期限未满" in refused(walk, "file", "2026-09-01", late_reason="无")
    walk.go("file", "2026-09-01")
    walk.to_review().to_notice().to_decision()
    assert "办案期限未满" in refused(walk, "decide", "2026-09-18", late_reason="无")
    walk.go("decide", "2026-09-18")


def test_a_firm_is_closed_only_with_the_governments_approval(walk):
    walk.to_filed().to_review().to_notice().to_decision()
    closing = {"kinds": ["close"], "fine": ""}
    assert "人民政府批准" in refused(walk, "decide", "2026-09-18", **closing)
    approval = {"body": "市人民政府", "number": "中府〔2026〕1号", "approved_on": "2026-09-18"}
    assert "请先报请" in refused(walk, "closure_approved", "2026-09-18", **approval)
    walk.go("ask_closure", "2026-09-18", why="严重污染环境，逾期未完成治理")
    assert "关于报请责令停业、关闭的请示" in walk.text_of("closure_request")
    walk.go("closure_approved", "2026-09-18", **approval)
    # approved, and yet nobody was told of it
    assert "超出告知的范围" in refused(walk, "decide", "2026-09-18", **closing)
