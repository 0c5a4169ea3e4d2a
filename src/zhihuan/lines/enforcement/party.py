"""The party's own part of a case (当事人): what it hands in while a decision is carried out, and what it is shown.

It learns of its case when something is served on it, and reads from then on what was served, its own acts, its
time limits and its payments. Clue, investigation, review, collective discussion, what others gave, who of the
bureau did what, and the names of the states in between are not shown. Source: 行政处罚法 §§44, 45, 61, 66, 67.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.declaration import PartyView, Step
from zhihuan.bureau.matters.party_view import asked_by
from zhihuan.bureau.people.roles import LEADER
from zhihuan.bureau.remedies.course import CHANGED, UPHELD
from zhihuan.lines.enforcement import people as who
from zhihuan.lines.enforcement.course import PENALTY_LAW, guard, since, today
from zhihuan.lines.enforcement.execution import plan_is_whole
from zhihuan.lines.enforcement.forms import notice as heard
from zhihuan.lines.enforcement.forms.fields import WhyForm
from zhihuan.lines.enforcement.forms.party import CorrectionForm, DeferralForm, PaymentProofForm
from zhihuan.lines.enforcement.handing_in import handed_in_today, tell_desk, tell_party
from zhihuan.lines.enforcement.states import payable

__all__ = ["PARTY", "PARTY_SHOWN", "SIMPLE_SHOWN", "paying"]

_SERVED = (*payable("pay"), "reconsider", "end_exec", "perform")
_PAID = ("amount", "gains", "paid_on", "receipt_number")
_RULED = ("ruled_on", "ruling")


@guard("paid_by_now")
def _paid_by_now(facts: Any) -> str:
    late = facts.said["paid_on"] > today(facts)
    return _now("缴款日期不能晚于今天，请核对。") if late else ""


@guard("deferral_asked", f"{PENALTY_LAW} §66")
def _deferral_asked(facts: Any) -> str:
    if since(facts, ("defer", "refuse_deferral"), "ask_deferral"):
        return ""
    return _now("当事人没有待批准的延期、分期缴款申请。")


def paying(pay: str) -> tuple[Step, ...]:
    """What the party hands in of its payments, in a procedure whose matters stand in ``pay`` while nothing is overdue. What
    counts as paid is what the desk enters then."""
    return (
        Step("file_payment", _("提交缴款凭证"), (*payable(pay), "reconsider"), "", who.PARTY, form=PaymentProofForm,
             guards=(_paid_by_now,), notices=tell_desk(_("当事人已提交缴款凭证，请核对后登记缴款")),
             about=_("缴款后提交凭证，由生态环境部门核对后登记。")),
        Step("ask_deferral", _("申请延期、分期缴款"), (pay,), "", who.PARTY, form=DeferralForm,
             guards=(handed_in_today("applied_on"), plan_is_whole), notices=tell_desk(_("当事人申请延期、分期缴款，待批准"), LEADER),
             about=_("确有经济困难的，可以在缴款期限内申请；批准之前仍按原期限计算。")),
        Step("refuse_deferral", _("不予批准延期、分期"), (pay,), "", who.DEFERRER, form=WhyForm, guards=(_deferral_asked,),
             notices=tell_party(_("延期、分期缴款申请未获批准，请按期缴款"))),
    )  # fmt: skip


PARTY = (
    *paying("pay"),
    Step("report_correction", _("报告改正情况"), _SERVED, "", who.PARTY, form=CorrectionForm,
         guards=(handed_in_today("reported_on"),), notices=tell_desk(_("当事人报告已改正，请安排整改复查")),
         about=_("决定责令改正的，改正后报告并附证明材料；收到后安排复查。")),
)  # fmt: skip

#: Of every decision with a fine: what was paid, asked, urged and contested; limits and papers of it.
_CARRIED: dict[str, tuple[str, ...]] = {
    "pay_part": _PAID, "pay_instalment": _PAID, "pay_all": _PAID, "file_payment": asked_by(PaymentProofForm),
    "ask_deferral": asked_by(DeferralForm), "defer": ("applied_on", "plan", "whole_on_default"), "refuse_deferral": ("why",),
    "overdue": (), "miss": (), "urge_served": ("served_on",), "contest": ("kind", "filed_on", "body"),
    **dict.fromkeys(UPHELD, _RULED), **dict.fromkeys(CHANGED, (*_RULED, "fine", "gains")), "overturned": _RULED,
    "remedies_over": (), "publish": ("published_on",), "unpublish": (),
}  # fmt: skip
_CARRYING = ("installment", "overdue", "urge", "reconsider", "perform")
_LIMITS = ("pay", "instalment", "contest", "sue", "urged")
_PAPERS = ("decision", "deferral", "late_fee_notice", "demand_letter")

PARTY_SHOWN = PartyView(
    since=("lock", "notice_served", "nothing_served", "take_over"),
    states=("notice", "statement", "apology", "hearing", "pay", *_CARRYING, "no_penalty", "close"),
    steps={
        "lock": (), "settle_lock": (), "lock_lapsed": (),
        "notice_served": ("served_on",), "unanswered": (), "hearing_right_over": (), "state": asked_by(heard.StatementForm),
        "ask_hearing": asked_by(heard.AskHearingForm), "call_hearing": ("held_at", "place", "presider", "is_public"),
        "hold_hearing": ("held_on",), "drop_hearing": (),
        "apologise": asked_by(heard.ApologyForm), "accept_apology": ("apology_rate",), "refuse_apology": (),
        "decision_served": ("served_on",), "decision_served_no_fine": ("served_on",), "nothing_served": ("served_on",),
        "take_over": ("number", "fine", "decided_on", "served_on"), **_CARRIED,
        "report_correction": asked_by(CorrectionForm), "recheck": ("checked_on", "is_corrected"), "close": ("ending",),
    },
    clocks=("statement", "hearing", *_LIMITS),
    documents=("lock_decision", "lock_settlement", "lock_release", "notice", "hearing_notice", "no_penalty_decision", *_PAPERS),
    at_once=("hearing_request",),
)  # fmt: skip

SIMPLE_SHOWN = PartyView(
    since=("punish",),
    states=("decided", *_CARRYING, "closed"),
    steps={
        "punish": ("facts", "law_broken", "law_penalty", "kinds", "fine", "correction", "pay_to", "received_by"),
        **_CARRIED, "close": (),
    },
    clocks=_LIMITS,
    documents=_PAPERS,
)  # fmt: skip
