"""From a served decision to its being carried out: pay, defer, demand, court. Review and lawsuits: ``contesting``.

Source: 行政处罚法 §§66–74; 行政强制法 §§53–55; 生态环境行政处罚办法 §§60–67.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.documents.serving.served import served_on, was_served
from zhihuan.bureau.matters.declaration import Document, Step, Who
from zhihuan.bureau.matters.engine.calendar import the_calendar
from zhihuan.bureau.remedies.course import last_ruling
from zhihuan.bureau.remedies.periods import court_window
from zhihuan.lines.enforcement import people as who
from zhihuan.lines.enforcement.course import PENALTY_LAW, guard, today
from zhihuan.lines.enforcement.forms import execution as forms
from zhihuan.lines.enforcement.forms.contesting import RemediesOverForm
from zhihuan.lines.enforcement.forms.fields import WhyForm
from zhihuan.lines.enforcement.handing_in import tell_party
from zhihuan.lines.enforcement.money import (
    Owed,
    last_payment,
    next_instalment,
    overdue_on,
    owed_of,
    payment_of,
)
from zhihuan.lines.enforcement.rules.periods import last_day
from zhihuan.lines.enforcement.states import payable

__all__ = ["carrying_out", "plan_is_whole"]

_COERCION_LAW = "中华人民共和国行政强制法"


@guard("paid_before_now")
def _paid_before_now(facts: Any) -> str:
    day, served = facts.said["paid_on"], facts.matter.served_on
    if day > today(facts):
        return _now("缴款日期不能晚于今天，请核对。")
    if served is not None and day < served and facts.matter.decided_on > day:
        return _now("缴款日期不能早于处罚决定，请核对。")
    return ""


def _owed_after(facts: Any) -> Owed:
    """What is owed once this payment counts, at the end of the latest day on which anything was paid: payments come to
    be known in any order."""
    this = payment_of(facts.said)
    on = max(this.on, last_payment(facts.events) or this.on)
    return owed_of(facts.matter, facts.events, on, also=(this,))


@guard("not_all")
def _not_all(facts: Any) -> str:
    """While it is contested nothing is concluded: whoever pays all of it then has it entered here."""
    owed = _owed_after(facts)
    if owed.excess and (owed.left or facts.matter.state == "reconsider"):
        return _too_much(owed)
    if owed.left or facts.matter.state == "reconsider":
        return ""
    return _now("缴款后已无欠款，请办理“缴清”。")


@guard("all", f"{PENALTY_LAW} §72")
def _all(facts: Any) -> str:
    owed = _owed_after(facts)
    if owed.excess:
        return _too_much(owed)
    if owed.gains_left:
        words = _now(
            "缴款后仍欠 %(left)s 元，其中没收款 %(gains)s 元（缴款中的没收款请分别填写），请办理“部分缴款”。"
        )
        return words % {"left": owed.left, "gains": owed.gains_left}
    words = _now("缴款后罚款和加处罚款仍欠 %(left)s 元，请办理“部分缴款”。")
    return words % {"left": owed.left} if owed.left else ""


def _too_much(owed: Owed) -> str:
    if not owed.sums.gains:
        return _now("缴款金额比欠款多 %(over)s 元，请核对。") % {"over": owed.excess}
    words = _now("罚款或者没收款的缴款比欠款多 %(over)s 元，请核对，并分别填写没收款。")
    return words % {"over": owed.excess}


@guard("plan_is_whole", f"{PENALTY_LAW} §66")
def plan_is_whole(facts: Any) -> str:
    """The parts come to what is unpaid of the fine, and none lies behind."""
    plan, case = facts.said["plan"], facts.matter
    total = sum((Decimal(each["amount"]) for each in plan), Decimal(0))
    left = (case.fine or Decimal(0)) - case.paid
    if total != left:
        words = _now("各期合计 %(total)s 元，应等于未缴的罚款 %(left)s 元。")
        return words % {"total": total, "left": left}
    if any(date.fromisoformat(each["by"]) < today(facts) for each in plan):
        return _now("各期截止日期不能早于今天。")
    return ""


@guard("not_the_instalment")
def _not_the_instalment(facts: Any) -> str:
    """What covers an instalment is entered as such: its clock ends by it and the next begins."""
    if facts.matter.state != "installment" or _due_next(facts) == next_instalment(facts):
        return ""
    return _now("本期已缴足，请办理“缴清本期”。")


@guard("the_instalment", f"{PENALTY_LAW} §66")
def _the_instalment(facts: Any) -> str:
    due = _due_next(facts)
    if due is None:
        return _now("没有批准延期、分期，请办理“缴清”或者“部分缴款”。")
    if next_instalment(facts) == due:
        return _now("缴款后本期（%(day)s 前）仍未缴足，请办理“部分缴款”。") % {"day": due}
    return ""


def _due_next(facts: Any) -> date | None:
    """Before this payment."""
    return next_instalment(replace(facts, said={}))


@guard("missed", f"{PENALTY_LAW} §72")
def _missed(facts: Any) -> str:
    if overdue_on(facts.matter, facts.events, today(facts)) > 0:
        return ""
    return _now("没有逾期未缴的款项。")


@guard("reckoned_till_now")
def _reckoned_till_now(facts: Any) -> str:
    if facts.said["reckoned_to"] > today(facts):
        return _now("加处罚款只能计算到今天。")
    return "" if facts.said["total"] else _now("已无欠款，无须催告。")


@guard("urged", f"{_COERCION_LAW} §§54、69")
def _urged(facts: Any) -> str:
    served = served_on(facts.matter, "demand_letter")
    if served is None:
        return _now("催告书尚未送达，请先登记送达回证。")
    last = last_day("E12", served, the_calendar())
    if today(facts) > last:
        return ""
    words = _now("催告书送达后十个工作日（至 %(last)s）仍未履行的，方可申请人民法院强制执行。")
    return words % {"last": last}


@guard("court_is_open", f"{_COERCION_LAW} §53；{PENALTY_LAW} §72")
def _court_is_open(facts: Any) -> str:
    case = facts.matter
    if case.served_on is None:
        return _now("决定书尚未送达。")
    ruling = last_ruling(facts.events)
    window = court_window(
        case.served_on, case.deferred_until, the_calendar(), ruling, review_first=case.review_first
    )
    told = {"from": window.opens_after, "until": window.closes}
    if window.is_open(today(facts)):
        return ""
    if today(facts) <= window.opens_after:
        words = _now("复议、诉讼期限至 %(from)s 届满，届满后方可申请强制执行。")
        return words % told
    return _now("申请强制执行的期限已于 %(until)s 届满，不能再申请。") % told


_URGE_SERVED = was_served("demand_letter", _("履行催告书"), f"{_COERCION_LAW} §54")


def _made(code: str, title: Any, number: str = "", *, served: bool = False) -> tuple[Document, ...]:
    return (Document(code, title, f"{code}.docx", number=number, served=served),)


def carrying_out(pay: str, lawyer: Who) -> tuple[Step, ...]:
    """The steps of a procedure whose matters stand in ``pay`` while nothing is overdue, and in ``perform`` once all is
    paid. lawyer: who asks the court, apart from those who investigated."""
    sources = payable(pay)
    late_fee = _made("late_fee_notice", _("加处罚款告知书"), "late_fee", served=True)
    return (
        Step("pay_part", _("部分缴款"), (*sources, "reconsider"), "", who.DESK, form=forms.PayForm,
             guards=(_paid_before_now, _not_all, _not_the_instalment)),
        Step("pay_instalment", _("缴清本期"), (pay, "installment"), "", who.DESK, form=forms.PayForm,
             guards=(_paid_before_now, _not_all, _the_instalment)),
        Step("pay_all", _("缴清"), sources, "perform", who.DESK, form=forms.PayForm, guards=(_paid_before_now, _all)),
        Step("defer", _("批准延期、分期"), (pay,), "installment", who.DEFERRER, form=forms.DeferForm, guards=(plan_is_whole,),
             documents=_made("deferral", _("延（分）期缴纳罚款批准书"), "deferral", served=True),
             notices=tell_party(_("延期、分期缴款申请已获批准"))),
        Step("overdue", _("逾期未缴"), (pay, "installment"), "overdue", Who(platform=True), documents=late_fee),
        Step("miss", _("登记逾期未缴"), (pay, "installment"), "overdue", who.DESK, guards=(_missed,), documents=late_fee),
        Step("urge", _("催告"), ("overdue",), "urge", who.DESK, form=forms.UrgeForm, guards=(_reckoned_till_now,),
             documents=_made("demand_letter", _("履行催告书"), "demand", served=True)),
        Step("urge_served", _("催告书已送达"), ("urge",), "", who.OFFICER, form=forms.UrgeServedForm, guards=(_URGE_SERVED,),
             notices=tell_party(_("已送达履行催告书，请在十个工作日内履行"))),
        Step("remedies_over", _("复议、诉讼期满"), (*sources, "reconsider", "perform", "end_exec"), "", Who(platform=True),
             form=RemediesOverForm),
        Step("apply_court", _("申请法院强制执行"), ("urge",), "court", lawyer, form=forms.CourtForm,
             guards=(_urged, _court_is_open, _reckoned_till_now),
             documents=_made("court_application", _("行政处罚强制执行申请书"), "court_application")),
        Step("end_execution", _("终结执行"), ("court",), "end_exec", who.DESK, form=WhyForm,
             about=_("人民法院裁定终结执行，或者裁定不予受理、不准予执行。")),
    )  # fmt: skip
