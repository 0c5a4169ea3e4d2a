"""Illegal gains are confiscated with their amount, beside the fine: told, decided, paid and counted, and never surcharged."""

from __future__ import annotations

import datetime as dt
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from case_walk import WHY, nine, refused

sys.path.insert(0, str(Path(__file__).parents[2] / "indicators"))

from told import figures

from zhihuan.bureau.documents.consistency.gathering import findings_of
from zhihuan.bureau.matters.engine.expiring import expire_due
from zhihuan.bureau.matters.models import MatterEvent
from zhihuan.lines.enforcement.forms.decision import DecideForm
from zhihuan.lines.enforcement.money import owed_of

BOTH = ["fine", "confiscation"]
PAID = {"receipt_number": "T1"}


def notified(walk, kinds=BOTH, **told):
    """Proposed and notified: 50,000 yuan of fine and 30,000 of gains, with the right to a hearing."""
    amounts = {"fine": "50000", "gains": "30000"} | told
    walk.to_filed().to_review(
        proposed_kinds=kinds, proposed_fine=amounts["fine"], proposed_gains=amounts["gains"]
    )
    walk.go("review_to_notice", "2026-09-10")
    told = {"notified_fine": amounts["fine"], "notified_gains": amounts["gains"]}
    walk.go("notify_hearing", "2026-09-10", notified_kinds=kinds, **told)
    walk.serve("notice", "2026-09-10")
    walk.go("notice_served", "2026-09-10")
    return walk.to_decision()


@pytest.fixture
def decided(walk):
    """Decided and served on 18 September: to be paid by 8 October."""
    return notified(walk).to_pay(kinds=BOTH, fine="50000", gains="30000")


@pytest.fixture
def overdue(decided):
    expire_due(nine("2026-10-09"))
    decided.matter = decided.kept()
    return decided


# ---- told and decided ----


def test_report_notice_and_decision_say_both_amounts_and_the_decision_their_sum(decided):
    for code in ("investigation_report", "notice", "decision"):
        text = decided.text_of(code)
        assert "罚款人民币伍万元整（￥50,000元）" in text
        assert "没收违法所得人民币叁万元整（￥30,000元）" in text
    decision = decided.text_of("decision")
    assert "罚没款合计人民币捌万元整（￥80,000元）" in decision
    assert "将罚款和没收的违法所得缴至" in decision
    assert "没收的违法所得不加处罚款" in decision
    case = decided.kept()
    amounts = (case.proposed_gains, case.notified_gains, case.gains, case.fine)
    assert amounts == (Decimal(30000), Decimal(30000), Decimal(30000), Decimal(50000))


def test_what_was_told_stands_in_the_next_form(walk):
    form = DecideForm(matter=notified(walk).matter)
    assert form["gains"].value() == "30000"


def test_who_confiscates_says_how_much_or_what(walk):
    walk.to_filed()
    told = {"proposed_kinds": BOTH}
    assert "没收违法所得的，请填写金额" in refused(walk, "report", "2026-09-08", **told)
    strange = {"proposed_kinds": ["fine"], "proposed_gains": "1"}
    assert "请选择“没收违法所得" in refused(walk, "report", "2026-09-08", **strange)
    walk.go("report", "2026-09-08", **told, proposed_goods="废机油 3 桶")
    assert "没收非法财物：废机油 3 桶" in walk.text_of("investigation_report")


def test_neither_amount_is_above_the_notified(walk):
    notified(walk)
    more = {"kinds": BOTH, "fine": "50000", "gains": "30000.01"}
    assert "高于告知的 30000" in refused(walk, "decide", "2026-09-18", **more)
    walk.go("decide", "2026-09-18", **more | {"gains": "20000"})
    assert walk.kept().gains == Decimal(20000)


def test_both_together_are_the_sum_that_must_be_discussed(walk):
    walk.to_filed().to_review(proposed_kinds=BOTH, proposed_fine="60000", proposed_gains="40000")
    assert "须集体讨论" in refused(walk, "review_to_notice", "2026-09-09")
    walk.go("review_to_discussion", "2026-09-09")


# ---- paid ----


def test_each_is_paid_for_itself_and_none_too_much(decided):
    day = "2026-09-28"
    whole = {"amount": "80000", "paid_on": day, **PAID}
    assert "没收款的缴款比欠款多 30000" in refused(decided, "pay_all", day, **whole)
    assert "不能多于缴款金额" in refused(decided, "pay_all", day, **whole, gains="80000.01")
    fine = {"amount": "50000", "paid_on": day, **PAID}
    assert "其中没收款 30000" in refused(decided, "pay_all", day, **fine)
    decided.go("pay_part", day, **fine)
    assert "比欠款多 1" in refused(decided, "pay_part", day, **fine | {"amount": "1"})
    decided.go("pay_all", day, amount="30000", gains="30000", paid_on=day, **PAID)
    case = decided.kept()
    assert (case.state, case.paid, case.gains_paid) == ("perform", Decimal(50000), Decimal(30000))


def test_both_are_paid_by_one_receipt(decided):
    decided.go("pay_all", "2026-09-28", amount="80000", gains="30000", paid_on="2026-09-28", **PAID)
    assert decided.kept().state == "perform"


def test_what_is_confiscated_is_owed_without_a_fine_too(walk):
    notified(walk, ["confiscation"], fine="")
    walk.to_pay(kinds=["confiscation"], fine="", gains="30000")
    case = walk.kept()
    assert (case.state, case.fine, walk.clock("pay").last_day) == (
        "pay",
        None,
        dt.date(2026, 10, 8),
    )
    assert "将没收的违法所得缴至" in walk.text_of("decision")
    expire_due(nine("2026-10-09"))
    walk.matter = walk.kept()
    late = walk.text_of("late_fee_notice")
    assert "未缴清没收的违法所得" in late
    assert "百分之三" not in late
    walk.go("pay_all", "2026-11-09", amount="30000", gains="30000", paid_on="2026-11-09", **PAID)
    assert walk.kept().state == "perform"


# ---- late ----


def test_the_surcharge_is_reckoned_on_the_fine_alone(overdue):
    overdue.go("urge", "2026-10-10", reckoned_to="2026-10-10")
    said = overdue.matter.events.get(step="urge").said
    # 9 and 10 October: 3 % of 50,000 each; of 80,000 it would be 4,800
    assert (said["surcharge"], said["gains_left"], said["total"]) == ("3000.00", "30000.00", "83000.00")  # fmt: skip
    demand = overdue.text_of("demand_letter")
    assert "加处罚款￥3,000元" in demand
    assert "未缴没收的违法所得￥30,000元" in demand


def test_the_surcharge_never_exceeds_the_fine_whatever_was_confiscated(overdue):
    case = overdue.kept()
    owed = owed_of(case, case.events.order_by("number"), dt.date(2028, 1, 1))
    assert owed.surcharge.amount == Decimal(50000)
    assert owed.left == Decimal(130000)


def test_who_paid_the_fine_owes_no_surcharge_for_gains_that_are_late(decided):
    decided.go("pay_part", "2026-09-28", amount="50000", paid_on="2026-09-28", **PAID)
    expire_due(nine("2026-10-09"))
    decided.matter = decided.kept()
    assert decided.matter.state == "overdue"
    decided.go("urge", "2026-12-01", reckoned_to="2026-12-01")
    said = decided.matter.events.get(step="urge").said
    assert (said["surcharge"], said["total"]) == ("0.00", "30000.00")
    text = decided.text_of("late_fee_notice")
    assert "未缴清罚款、没收的违法所得" in text


def test_the_court_is_asked_for_both(overdue):
    overdue.go("urge", "2027-03-22", reckoned_to="2027-03-22")
    overdue.serve("demand_letter", "2027-03-22")
    overdue.go("urge_served", "2027-03-22")
    court = {"reckoned_to": "2027-04-06", "court": "市第一人民法院", "facts": "未履行。"}
    overdue.go("apply_court", "2027-04-06", **court)
    text = overdue.text_of("court_application")
    assert "未缴没收的违法所得￥30,000元" in text
    assert "合计人民币壹拾叁万元整" in text


def test_instalments_are_of_the_fine_alone(decided):
    plan = {"applied_on": "2026-09-20", **WHY}
    assert "应等于未缴的罚款 50000" in refused(decided, "defer", "2026-09-21", **plan, plan="2026-12-20：80000")  # fmt: skip
    decided.go("defer", "2026-09-21", **plan, plan="2026-12-20：50000")
    decided.go("miss", "2026-10-09")
    assert decided.kept().state == "overdue"


# ---- contested ----


def test_a_ruling_lowers_either(overdue):
    overdue.go("contest", "2026-10-09", kind="review", filed_on="2026-10-09", body="市人民政府")
    told = {"ruled_on": "2026-12-01", "ruling": "复议决定 3 号"}
    assert "不得高于" in refused(overdue, "changed", "2026-12-01", **told, fine="1", gains="30001")
    overdue.go("changed", "2026-12-01", **told, fine="50000", gains="10000")
    case = overdue.kept()
    assert (case.fine, case.gains) == (Decimal(50000), Decimal(10000))


def test_a_ruling_that_says_nothing_of_them_leaves_them(overdue):
    overdue.go("contest", "2026-10-09", kind="review", filed_on="2026-10-09", body="市人民政府")
    told = {"ruled_on": "2026-12-01", "ruling": "复议决定 3 号"}
    overdue.go("changed", "2026-12-01", **told, fine="20000")
    case = overdue.kept()
    assert (case.fine, case.gains) == (Decimal(20000), Decimal(30000))


# ---- closed, checked, counted ----


def test_a_case_is_not_closed_while_gains_are_unpaid_and_its_papers_say_what_was_paid(decided):
    decided.go("pay_all", "2026-09-28", amount="80000", gains="30000", paid_on="2026-09-28", **PAID)
    decided.go("recheck", "2026-10-20")
    decided.go("not_published", "2026-10-21", **WHY)
    kept = MatterEvent._base_manager.filter(matter=decided.matter.pk, step="pay_all")
    said = kept.get().said
    kept.update(said=said | {"amount": "50000", "gains": "0"})
    assert "没收款尚未缴清" in refused(decided, "close", "2026-10-21")
    kept.update(said=said)
    decided.go("close", "2026-10-21")
    assert "没收违法所得￥30,000元，已缴￥30,000元" in decided.text_of("closing_approval")
    assert "没收违法所得 30,000.00 元" in decided.kept().cover_facts()["outcome"]


def test_the_self_check_finds_a_sum_that_is_none(decided, monkeypatch):
    assert not [each for each in _found(decided) if each.rule == "sum_differs"]
    event = MatterEvent._base_manager.filter(matter=decided.matter.pk, step="decide")
    event.update(said=event.get().said | {"gains": "20000"})
    (finding,) = [each for each in _found(decided) if each.rule == "sum_differs"]
    assert "合计 70000 元，决定书的罚没款合计：80000" in finding.what
    assert "行政处罚决定书" in finding.where


def test_the_self_check_compares_what_was_confiscated_with_what_was_told(decided):
    event = MatterEvent._base_manager.filter(matter=decided.matter.pk, step="notify_hearing")
    event.update(said=event.get().said | {"notified_gains": "20000"})
    (finding,) = [each for each in _found(decided) if each.rule == "above"]
    assert "金额 30000 元高于此前告知的 20000 元" in finding.what


def _found(walk):
    return findings_of(walk.kept(), nine("2026-09-21"))


def test_figures_tell_fine_gains_and_both(decided):
    told = figures()
    assert told["penalty_amount"] == 50000
    assert (told["gains_decisions"], told["gains_amount"]) == (1, 30000)
    assert told["penalty_money"] == 80000
    decided.go(
        "pay_part", "2026-09-28", amount="40000", gains="30000", paid_on="2026-09-28", **PAID
    )
    told = figures()
    assert (told["fines_paid"], told["penalty_money_paid"]) == (Decimal(10000), Decimal(40000))
