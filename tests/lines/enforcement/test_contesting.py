"""Reviews and lawsuits: where the case stands afterwards, what still runs, and that no way ends in nothing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from case_walk import WHY, nine, refused

from zhihuan.bureau.documents.models import Publication
from zhihuan.bureau.documents.publication import publish, withdraw
from zhihuan.bureau.matters.engine.expiring import expire_due
from zhihuan.bureau.matters.models import RunningClock

Outcome = RunningClock.Outcome
REVIEW = {"kind": "review", "body": "市人民政府"}
SUIT = {"kind": "suit", "body": "市第一人民法院"}
PAID = {"receipt_number": "T1"}


@pytest.fixture
def fined(walk):
    """Decided and served on 18 September: to be paid by 8 October, to be contested until 18 March."""
    return walk.to_filed().to_review().to_notice().to_decision().to_pay()


@pytest.fixture
def overdue(fined):
    expire_due(nine("2026-10-09"))
    fined.matter = fined.kept()
    return fined


def ruled(day: str) -> dict[str, str]:
    return {"ruled_on": day, "ruling": "文书 1 号"}


def urged(walk, day: str) -> dict[str, str]:
    """Demanded on that day; what the court is told."""
    walk.go("urge", day, reckoned_to=day)
    walk.serve("demand_letter", day)
    walk.go("urge_served", day)
    return {"court": "市第一人民法院", "facts": "未履行。"}


# ---- the court ----


def test_a_decision_that_a_court_upheld_after_a_year_is_still_enforced(overdue):
    overdue.go("contest", "2026-10-12", **SUIT, filed_on="2026-10-12")
    overdue.go("upheld", "2027-11-01", **ruled("2027-11-01"))
    clock = overdue.clock("court")
    assert (clock.started.step, clock.last_day) == ("upheld", dt.date(2028, 2, 1))
    court = urged(overdue, "2027-11-02")
    assert "不能再申请" in refused(overdue, "apply_court", "2028-02-02", **court, reckoned_to="2028-02-02")  # fmt: skip
    overdue.go("apply_court", "2028-02-01", **court, reckoned_to="2028-02-01")
    assert overdue.clock("court").outcome == Outcome.MET


def test_after_a_review_there_are_fifteen_days_to_sue_before_the_court_is_asked(overdue):
    overdue.go("contest", "2026-10-12", **REVIEW, filed_on="2026-10-12")
    overdue.go("upheld", "2026-11-02", **ruled("2026-11-02"))
    assert overdue.clock("sue").last_day == dt.date(2026, 11, 17)
    assert overdue.clock("court") is None
    court = urged(overdue, "2026-11-03")
    words = refused(overdue, "apply_court", "2026-11-17", **court, reckoned_to="2026-11-17")
    assert "催告书送达后十个工作日（至 2026-11-17）" in words
    expire_due(nine("2026-11-18"))
    overdue.matter = overdue.kept()
    clock = overdue.clock("court")
    assert (clock.started.step, clock.last_day) == ("remedies_over", dt.date(2027, 2, 17))
    overdue.go("apply_court", "2026-11-18", **court, reckoned_to="2026-11-18")


def test_whoever_sues_after_a_review_stops_the_court_again(overdue):
    overdue.go("contest", "2026-10-12", **REVIEW, filed_on="2026-10-12")
    overdue.go("upheld", "2026-11-02", **ruled("2026-11-02"))
    overdue.go("contest", "2026-11-10", **SUIT, filed_on="2026-11-10")
    assert overdue.clock("sue").outcome == Outcome.MET
    assert expire_due(nine("2026-11-18")) == 0
    overdue.go("upheld", "2026-12-15", **ruled("2026-12-15"))
    assert overdue.clock("court").last_day == dt.date(2027, 3, 15)


def test_the_clock_of_the_court_ends_on_the_day_on_which_its_guard_does(overdue):
    """However late the platform comes to say that the remedies are over."""
    expire_due(nine("2027-03-25"))
    overdue.matter = overdue.kept()
    last = overdue.clock("court").last_day
    assert last == dt.date(2027, 6, 18)
    court = urged(overdue, "2027-03-25")
    late = (last + dt.timedelta(1)).isoformat()
    assert "不能再申请" in refused(overdue, "apply_court", late, **court, reckoned_to=late)
    overdue.go("apply_court", last.isoformat(), **court, reckoned_to=last.isoformat())


def test_a_deferral_beyond_the_remedies_begins_the_three_months(fined):
    plan = {"applied_on": "2026-09-20", **WHY}
    fined.go("defer", "2026-09-21", **plan, plan="2027-05-20：50000")
    expire_due(nine("2027-03-19"))
    fined.matter = fined.kept()
    assert fined.clock("court").last_day == dt.date(2027, 8, 20)


# ---- where it goes on ----


def test_instalments_that_are_not_due_are_not_overdue_after_a_review(fined):
    plan = {"applied_on": "2026-09-20", **WHY}
    fined.go("defer", "2026-09-21", **plan, plan="2026-12-20：20000\n2027-01-20：30000")
    fined.go("contest", "2026-10-12", **REVIEW, filed_on="2026-10-12")
    assert "期限内" in refused(fined, "upheld", "2026-11-02", **ruled("2026-11-02"))
    fined.go("upheld_in_time", "2026-11-02", **ruled("2026-11-02"))
    assert fined.kept().state == "pay"
    assert expire_due(nine("2026-11-16")) == 0
    fined.go("miss", "2026-12-21")


def test_within_the_fifteen_days_they_go_on_to_run(fined):
    fined.go("contest", "2026-09-21", **REVIEW, filed_on="2026-09-21")
    fined.go("upheld_in_time", "2026-09-28", **ruled("2026-09-28"))
    assert fined.clock("pay").last_day == dt.date(2026, 10, 8)
    expire_due(nine("2026-10-09"))
    assert fined.kept().state == "overdue"


def test_a_fine_that_is_lowered_to_what_was_paid_is_paid(overdue):
    overdue.go("pay_part", "2026-10-09", amount="30000", paid_on="2026-10-09", **PAID)
    overdue.go("contest", "2026-10-12", **REVIEW, filed_on="2026-10-09")
    told = ruled("2026-11-02")
    assert "已履行" in refused(overdue, "changed", "2026-11-02", **told, fine="20000")
    assert "仍欠" in refused(overdue, "changed_paid", "2026-11-02", **told, fine="40000")
    overdue.go("changed_paid", "2026-11-02", **told, fine="20000")
    case = overdue.kept()
    assert (case.state, case.fine) == ("perform", Decimal(20000))


def test_a_fine_lowered_within_the_time_to_pay_is_not_overdue(fined):
    fined.go("contest", "2026-09-21", **REVIEW, filed_on="2026-09-21")
    told = ruled("2026-09-28")
    assert "期限内" in refused(fined, "changed", "2026-09-28", **told, fine="20000")
    fined.go("changed_in_time", "2026-09-28", **told, fine="20000")
    assert (fined.kept().state, fined.clock("pay").last_day) == ("pay", dt.date(2026, 10, 8))


def test_a_lowered_fine_takes_the_last_instalments_away(fined):
    plan = {"applied_on": "2026-09-20", **WHY}
    fined.go("defer", "2026-09-21", **plan, plan="2026-10-20：20000\n2026-11-20：30000")
    fined.go("contest", "2026-10-12", **REVIEW, filed_on="2026-10-12")
    fined.go("changed_in_time", "2026-10-19", **ruled("2026-10-19"), fine="20000")
    fined.go("miss", "2026-11-25")
    fined.go("urge", "2026-11-25", reckoned_to="2026-11-25")
    said = fined.matter.events.get(step="urge").said
    assert (said["principal_left"], said["surcharge"]) == ("20000.00", "20000.00")


def test_who_pays_all_while_it_is_contested_has_paid(fined):
    fined.go("contest", "2026-09-21", **REVIEW, filed_on="2026-09-21")
    paid = {"amount": "50000", "paid_on": "2026-09-28", **PAID}
    assert "多 0.01 元" in refused(fined, "pay_part", "2026-09-28", **paid | {"amount": "50000.01"})
    fined.go("pay_part", "2026-09-28", **paid)
    fined.go("upheld_paid", "2026-11-02", **ruled("2026-11-02"))
    assert (fined.kept().state, fined.kept().paid) == ("perform", Decimal(50000))


def test_payments_are_entered_in_any_order(fined):
    fined.go("pay_part", "2026-09-30", amount="30000", paid_on="2026-09-30", **PAID)
    rest = {"amount": "20000", "paid_on": "2026-09-22", **PAID}
    assert "请办理“缴清”" in refused(fined, "pay_part", "2026-09-30", **rest)
    fined.go("pay_all", "2026-09-30", **rest)
    assert fined.kept().state == "perform"


# ---- what cannot be ----


def test_a_ruling_has_come_and_not_before_it_was_asked_for(overdue):
    overdue.go("contest", "2026-10-12", **REVIEW, filed_on="2026-10-12")
    assert "不能晚于今天" in refused(overdue, "upheld", "2026-11-02", **ruled("2026-11-03"))
    assert "不能早于受理日期" in refused(overdue, "upheld", "2026-11-02", **ruled("2026-10-11"))
    overdue.go("overturned", "2026-11-02", **ruled("2026-11-02"))
    assert "已被撤销" in refused(overdue, "overturned", "2026-11-03", **ruled("2026-11-03"))
    assert "已被撤销" in refused(overdue, "upheld", "2026-11-03", **ruled("2026-11-03"))


# ---- closed, and contested then ----


def test_a_case_that_was_paid_and_closed_may_still_be_overturned(fined):
    document = fined.matter.documents.get(code="decision")
    publish(document, fined.cast.head)
    fined.go("publish", "2026-09-21")
    fined.go("pay_all", "2026-09-28", amount="50000", paid_on="2026-09-28", **PAID)
    fined.go("recheck", "2026-10-09", checked_on="2026-10-09")
    fined.go("close", "2026-10-10")
    assert fined.kept().ended_at is not None
    fined.go("contest", "2026-11-02", **SUIT, filed_on="2026-11-02")
    case = fined.kept()
    assert (case.state, case.ended_at, case.contested) == ("reconsider", None, True)
    fined.go("overturned", "2027-01-04", **ruled("2027-01-04"))
    assert fined.clock("unpublish").last_day is not None
    assert "撤回公开" in refused(fined, "close", "2027-01-05", ending="revoked")
    withdraw(Publication.objects.get(), fined.cast.head, "决定被撤销")
    fined.go("unpublish", "2027-01-05", **WHY)
    fined.go("close", "2027-01-06", ending="revoked")
    assert fined.kept().overturned


def test_a_case_without_a_penalty_is_not_contested_after_its_end(walk):
    walk.to_filed().to_review(nothing="on", proposed_kinds=["warning"], proposed_fine="")
    walk.go("review_to_decision", "2026-09-09")
    told = {"ground": "minor", "facts": "轻微", "law_penalty": "《中华人民共和国生态环境法典》第一千零五十六条第二款", "why": "已改正", "education": "已教育"}  # fmt: skip
    walk.go("decide_nothing", "2026-09-10", **told, known=["minor", "corrected", "harmless"])
    walk.serve("no_penalty_decision", "2026-09-11")
    walk.go("nothing_served", "2026-09-11")
    walk.go("close", "2026-09-12", ending="no_penalty")
    assert "没有作出处罚决定" in refused(
        walk, "contest", "2026-09-14", **SUIT, filed_on="2026-09-14"
    )


def test_what_was_public_before_the_change_is_withdrawn_too(fined):
    publish(fined.matter.documents.get(code="decision"), fined.cast.head)
    Publication.objects.update(published_at=nine("2026-09-20"))
    fined.go("contest", "2026-09-21", **REVIEW, filed_on="2026-09-21")
    fined.go("changed_in_time", "2026-09-28", **ruled("2026-09-28"), fine="20000")
    assert fined.clock("unpublish").last_day == dt.date(2026, 10, 8)
    fined.go("pay_all", "2026-09-28", amount="20000", paid_on="2026-09-28", **PAID)
    fined.go("recheck", "2026-10-09", checked_on="2026-10-09")
    fined.go("publish", "2026-10-09")
    assert "已被变更，须先撤回" in refused(fined, "close", "2026-10-10")
    withdraw(Publication.objects.get(), fined.cast.head, "决定被变更")
    fined.go("unpublish", "2026-10-10", **WHY)
    fined.go("close", "2026-10-12")


def test_what_was_public_and_never_registered_is_registered_as_withdrawn(fined):
    publish(fined.matter.documents.get(code="decision"), fined.cast.head)
    fined.go("contest", "2026-09-21", **REVIEW, filed_on="2026-09-21")
    fined.go("overturned", "2026-09-28", **ruled("2026-09-28"))
    withdraw(Publication.objects.get(), fined.cast.head, "决定被撤销")
    fined.go("unpublish", "2026-09-29", **WHY)
    assert fined.clock("unpublish").outcome == Outcome.MET
