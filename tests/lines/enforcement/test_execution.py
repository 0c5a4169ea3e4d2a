"""After the decision: payments, instalments, the surcharge, demand, court, review, publication, closing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from case_walk import WHY, nine, refused

from zhihuan.bureau.documents.models import Publication
from zhihuan.bureau.documents.publication import publish, withdraw
from zhihuan.bureau.matters.engine.expiring import expire_due
from zhihuan.bureau.matters.models import RunningClock
from zhihuan.lines.enforcement.money import owed_of

Outcome = RunningClock.Outcome
PAID = {"receipt_number": "T1"}


@pytest.fixture
def fined(walk):
    """Decided and served on 18 September: to be paid by 8 October."""
    return walk.to_filed().to_review().to_notice().to_decision().to_pay()


@pytest.fixture
def overdue(fined):
    """The platform says so on 9 October."""
    expire_due(nine("2026-10-09"))
    fined.matter = fined.kept()
    assert fined.matter.state == "overdue"
    return fined


def test_who_does_not_pay_is_told_of_the_surcharge_by_the_platform(overdue):
    text = overdue.text_of("late_fee_notice")
    for words in ("中环罚字〔2026〕1号", "2026年10月8日届满", "加处罚款的数额不超出罚款的数额"):
        assert words in text


def test_a_late_payer_owes_the_surcharge_too(overdue):
    short = {"amount": "50000", "paid_on": "2026-10-10", **PAID}
    assert "仍欠 3000.00 元" in refused(overdue, "pay_all", "2026-10-10", **short)
    overdue.go("pay_part", "2026-10-10", **short)
    over = {"amount": "3000.01", "paid_on": "2026-10-12", **PAID}
    assert "多 0.01 元" in refused(overdue, "pay_all", "2026-10-12", **over)
    overdue.go("pay_all", "2026-10-12", **over | {"amount": "3000"})
    case = overdue.kept()
    assert (case.state, case.paid) == ("perform", Decimal(53000))


def test_instalments_are_whole_and_each_has_its_day(fined):
    plan = {"applied_on": "2026-09-20", **WHY}
    words = refused(fined, "defer", "2026-09-21", **plan, plan="2026-10-20：20000")
    assert "应等于未缴的罚款 50000" in words
    assert "形式" in refused(fined, "defer", "2026-09-21", **plan, plan="十月：两万")
    fined.go("defer", "2026-09-21", **plan, plan="2026-10-20：20000\n2026-11-20：30000")
    assert fined.kept().deferred_until == dt.date(2026, 11, 20)
    assert "2026年11月20日前缴纳人民币叁万元整" in fined.text_of("deferral")
    assert "没有逾期" in refused(fined, "miss", "2026-10-20")
    fined.go("miss", "2026-10-21")
    fined.go("urge", "2026-10-21", reckoned_to="2026-10-21")
    assert "加处罚款￥600元" in fined.text_of("demand_letter")


def test_the_court_is_asked_after_demand_and_remedies_and_within_three_months(overdue):
    overdue.go("urge", "2027-03-22", reckoned_to="2027-03-22")
    court = {"reckoned_to": "2027-03-25", "court": "市第一人民法院", "facts": "未履行。"}
    assert "催告书尚未送达" in refused(overdue, "apply_court", "2027-03-25", **court)
    overdue.serve("demand_letter", "2027-03-22")
    overdue.go("urge_served", "2027-03-22")
    assert "至 2027-04-05" in refused(overdue, "apply_court", "2027-03-25", **court)
    late = court | {"reckoned_to": "2027-06-21"}
    assert "不能再申请" in refused(overdue, "apply_court", "2027-06-21", **late)
    overdue.go("apply_court", "2027-04-06", **court)
    text = overdue.text_of("court_application")
    assert "市第一人民法院" in text
    assert "合计人民币壹拾万元整" in text
    overdue.go("end_execution", "2027-05-10", **WHY)
    assert overdue.kept().state == "end_exec"


def test_before_six_months_are_over_there_is_no_court(overdue):
    overdue.go("urge", "2026-10-12", reckoned_to="2026-10-12")
    overdue.serve("demand_letter", "2026-10-12")
    overdue.go("urge_served", "2026-10-12")
    court = {"reckoned_to": "2026-11-12", "court": "法院", "facts": "未履行。"}
    assert "复议、诉讼期限至 2027-03-18 届满" in refused(overdue, "apply_court", "2026-11-12", **court)  # fmt: skip


def test_the_platform_says_when_the_remedies_are_over_and_starts_the_three_months(overdue):
    expire_due(nine("2027-03-19"))
    clock = overdue.clock("court")
    assert (clock.started.step, clock.last_day) == ("remedies_over", dt.date(2027, 6, 18))


CONTEST = {"kind": "review", "filed_on": "2026-10-12", "body": "市人民政府"}


def test_days_of_a_review_bear_no_surcharge(overdue):
    overdue.go("contest", "2026-10-12", **CONTEST)
    assert overdue.kept().contested
    overdue.go("upheld", "2026-12-11", ruled_on="2026-12-11", ruling="复议决定 1 号")
    assert not overdue.kept().contested
    overdue.go("urge", "2026-12-12", reckoned_to="2026-12-12")
    # 9, 10, 11 October and 12 December
    assert "加处罚款￥6,000元" in overdue.text_of("demand_letter")


def test_an_overturned_decision_is_withdrawn_from_publication_and_closed(fined):
    document = fined.matter.documents.get(code="decision")
    assert "请先在决定书页面公开" in refused(fined, "publish", "2026-09-21")
    publish(document, fined.cast.head)
    fined.go("publish", "2026-09-21")
    assert fined.clock("publish").ended is not None
    fined.go("contest", "2026-10-08", **CONTEST | {"filed_on": "2026-10-08"})
    assert "尚未结束" in refused(fined, "close", "2026-10-09", ending="revoked")
    fined.go("overturned", "2026-11-02", ruled_on="2026-11-02", ruling="复议决定 2 号")
    assert fined.clock("unpublish").last_day == dt.date(2026, 11, 5)
    assert "先撤回公开" in refused(fined, "close", "2026-11-03", ending="revoked")
    assert "请先在决定书页面撤下" in refused(fined, "unpublish", "2026-11-03", **WHY)
    withdraw(Publication.objects.get(), fined.cast.head, "决定被撤销")
    fined.go("unpublish", "2026-11-03", **WHY)
    assert fined.clock("unpublish").outcome == Outcome.MET
    fined.go("close", "2026-11-04", ending="revoked")
    assert fined.kept().ending == "revoked"


def test_a_changed_fine_is_the_one_that_is_owed(overdue):
    overdue.go("contest", "2026-10-09", **CONTEST | {"filed_on": "2026-10-09"})
    told = {"ruled_on": "2026-12-01", "ruling": "复议决定 3 号"}
    assert "不得高于" in refused(overdue, "changed", "2026-12-01", **told, fine="60000")
    overdue.go("changed", "2026-12-01", **told, fine="30000")
    overdue.go("pay_all", "2026-12-02", amount="30900", paid_on="2026-12-02", **PAID)
    assert overdue.kept().state == "perform"


def test_a_case_is_closed_when_paid_corrected_and_published_or_not_to_be(fined):
    fined.go("pay_all", "2026-09-28", amount="50000", paid_on="2026-09-28", **PAID)
    assert "整改复查" in refused(fined, "close", "2026-10-21")
    fined.go("recheck", "2026-10-20", is_corrected="")
    assert "整改复查" in refused(fined, "close", "2026-10-21")
    fined.go("recheck", "2026-10-20")
    assert "尚未公开" in refused(fined, "close", "2026-10-21")
    fined.go("not_published", "2026-10-21", **WHY)
    assert "应为“履行完毕”" in refused(fined, "close", "2026-10-21", ending="enforced")
    fined.go("close", "2026-10-21")


def test_the_public_copy_hides_persons(fined):
    made = publish(fined.matter.documents.get(code="decision"), fined.cast.head)
    assert made.hidden


# ---- instalments have their clocks ----

PLAN = {"applied_on": "2026-09-20", "plan": "2026-10-20：20000\n2026-11-20：30000", **WHY}


@pytest.fixture
def granted(fined):
    """20,000 by 20 October, 30,000 by 20 November; whoever misses one owes all."""
    fined.go("defer", "2026-09-21", **PLAN, whole_on_default="on")
    return fined


def paid(amount: str, on: str) -> dict[str, str]:
    return {"amount": amount, "paid_on": on, **PAID}


def test_each_instalment_is_a_clock_and_the_law_s_fifteen_days_are_none_any_more(granted):
    assert granted.clock("pay").outcome == Outcome.MET
    clock = granted.clock("instalment")
    assert (clock.limit, clock.last_day, clock.until) == (
        "E10D",
        dt.date(2026, 10, 20),
        dt.date(2026, 10, 20),
    )
    assert "一并到期" in granted.text_of("deferral")
    assert expire_due(nine("2026-10-20")) == 0
    first = paid("20000", "2026-10-19")
    assert "请办理“缴清本期”" in refused(granted, "pay_part", "2026-10-19", **first)
    short = paid("19999.99", "2026-10-19")
    assert "仍未缴足" in refused(granted, "pay_instalment", "2026-10-19", **short)
    granted.go("pay_instalment", "2026-10-19", **first)
    assert granted.kept().state == "installment"
    assert granted.clock("instalment").last_day == dt.date(2026, 11, 20)
    granted.go("pay_all", "2026-11-20", **paid("30000", "2026-11-20"))
    assert granted.clock("instalment").outcome == Outcome.MET
    assert granted.kept().state == "perform"


def test_a_part_of_an_instalment_meets_nothing(granted):
    granted.go("pay_part", "2026-10-10", **paid("5000", "2026-10-10"))
    clock = granted.clock("instalment")
    assert (clock.outcome, clock.last_day) == (Outcome.RUNNING, dt.date(2026, 10, 20))
    granted.go("pay_instalment", "2026-10-20", **paid("15000", "2026-10-20"))
    assert granted.clock("instalment").last_day == dt.date(2026, 11, 20)


def test_the_platform_says_which_was_missed_and_then_all_is_due(granted):
    assert expire_due(nine("2026-10-21")) == 1
    granted.matter = granted.kept()
    assert granted.matter.state == "overdue"
    assert granted.clock("instalment").outcome == Outcome.EXPIRED
    granted.go("urge", "2026-10-22", reckoned_to="2026-10-22")
    said = granted.matter.events.get(step="urge").said
    # 21 and 22 October: 3 % of all 50,000 each
    assert (said["principal_left"], said["surcharge"]) == ("50000.00", "3000.00")


def test_where_it_was_not_so_decided_only_what_was_missed_is_due(fined):
    fined.go("defer", "2026-09-21", **PLAN)
    assert "一并到期" not in fined.text_of("deferral")
    expire_due(nine("2026-10-21"))
    fined.matter = fined.kept()
    fined.go("urge", "2026-10-22", reckoned_to="2026-10-22")
    said = fined.matter.events.get(step="urge").said
    assert (said["principal_left"], said["surcharge"], said["total"]) == (
        "20000.00",
        "1200.00",
        "21200.00",
    )


def test_a_granted_deferral_bears_no_surcharge_while_it_holds(fined):
    """Deferred as a whole: the law's last day of 8 October passes and nothing is added."""
    fined.go("defer", "2026-09-21", **PLAN | {"plan": "2026-12-20：50000"})
    case = fined.kept()
    events = list(case.events.order_by("number"))
    assert owed_of(case, events, dt.date(2026, 12, 20)).surcharge.days == 0
    late = owed_of(case, events, dt.date(2026, 12, 22))
    assert (late.surcharge.days, late.surcharge.amount) == (2, Decimal(3000))
    assert expire_due(nine("2026-10-09")) == 0
    assert fined.clock("instalment").last_day == dt.date(2026, 12, 20)


def test_after_a_ruling_the_next_instalment_runs_on(granted):
    granted.go("contest", "2026-10-12", **CONTEST)
    assert granted.clock("instalment").outcome == Outcome.MET
    granted.go("upheld_in_time", "2026-10-19", ruled_on="2026-10-19", ruling="复议决定 1 号")
    assert granted.clock("instalment").last_day == dt.date(2026, 10, 20)
    assert expire_due(nine("2026-10-21")) == 1
    assert granted.kept().state == "overdue"


def test_without_a_deferral_there_is_no_instalment(fined):
    assert fined.clock("instalment") is None
    told = paid("20000", "2026-09-28")
    assert "没有批准延期" in refused(fined, "pay_instalment", "2026-09-28", **told)
