"""Review, legal review and discussion: by others than those who investigated, as far as the law asks for them.

Each leads on to the notice, or, once the party was heard, to the decision.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.declaration import Document, Step
from zhihuan.lines.enforcement import people as who
from zhihuan.lines.enforcement.course import PENALTY_LAW, guard, said_in, since, today, took
from zhihuan.lines.enforcement.forms import review as forms
from zhihuan.lines.enforcement.rules.thresholds import is_large, source_of

__all__ = [
    "ANEW", "DISCUSSED", "LEGALLY_REVIEWED", "REVIEW", "must_be_discussed", "must_be_reviewed", "proposed_of",
]  # fmt: skip

#: Steps after which what was reviewed before is the case as it stands.
ANEW = ("report", "report_hearing", "reply_to_legal")
LEGALLY_REVIEWED = ("legal_to_notice", "legal_to_discussion", "legal_to_decision")
DISCUSSED = ("discuss_to_notice", "discuss_to_decision")
_NOTIFIED = ("notify", "notify_hearing")


def must_be_reviewed(facts: Any) -> bool:
    """Whether the law asks for a legal review of this case: its reviewer said so, or a hearing was held."""
    return bool(facts.matter.is_weighty or facts.matter.hearing_held)


def must_be_discussed(facts: Any, amount: Decimal | None, kinds: frozenset[str]) -> bool:
    """Whether the persons in charge must discuss such a penalty. amount: of fine and illegal gains together [yuan]."""
    case = facts.matter
    return bool(case.must_discuss) or is_large(
        amount or Decimal(0), case.is_person, kinds, today(facts)
    )


def proposed_of(facts: Any) -> tuple[Decimal, frozenset[str]]:
    """Fine and illegal gains together [yuan], and the kinds, as the newest report proposes them."""
    case, said = facts.matter, said_in(facts, "report")
    amount = (case.proposed_fine or Decimal(0)) + (case.proposed_gains or Decimal(0))
    return amount, frozenset(said.get("proposed_kinds", ()))


@guard("legal_review_not_due", f"{PENALTY_LAW} §58")
def _legal_not_due(facts: Any) -> str:
    if facts.said["is_weighty"] or facts.matter.hearing_held:
        return _now("本案属于须法制审核的情形，请办理“送法制审核”。")
    return ""


@guard("legal_review_due", f"{PENALTY_LAW} §58")
def _legal_due(facts: Any) -> str:
    if facts.said["is_weighty"] or facts.matter.hearing_held:
        return ""
    return _now("送法制审核须写明属于哪一种法定情形。")


@guard("discussion_not_due", f"{PENALTY_LAW} §57")
def _discussion_not_due(facts: Any) -> str:
    amount, kinds = proposed_of(facts)
    must = facts.said.get("must_discuss", False) or must_be_discussed(facts, amount, kinds)
    if not must or since(facts, ANEW, *DISCUSSED):
        return ""
    words = _now("拟处罚情节复杂、重大或者数额较大，须集体讨论（标准：%(source)s）。")
    return words % {"source": source_of("collective", today(facts))}


@guard("heard", f"{PENALTY_LAW} §44")
def _heard(facts: Any) -> str:
    """To the decision: the party was told before, or no penalty is proposed."""
    if took(facts, *_NOTIFIED) or said_in(facts, "report").get("nothing"):
        return ""
    return _now("尚未告知当事人，不能进入决定环节，请先告知。")


@guard("not_heard_yet")
def _not_heard_yet(facts: Any) -> str:
    if said_in(facts, "report").get("nothing"):
        return _now("建议不予处罚的，不作处罚告知，请送待决定。")
    return ""


_TO_NOTICE = (_not_heard_yet, _discussion_not_due)
_TO_DECISION = (_heard, _discussion_not_due)


def _opinion() -> tuple[Document, ...]:
    return (Document("review_opinion", _("案件审查意见"), "review_opinion.docx", inner=True),)


def _legal_opinion() -> tuple[Document, ...]:
    return (Document("legal_opinion", _("法制审核意见书"), "legal_opinion.docx", inner=True),)


def _discussion() -> tuple[Document, ...]:
    return (
        Document("discussion_record", _("案件集体讨论笔录"), "discussion_record.docx", inner=True),
    )


def _back(step: str) -> tuple[Document, ...]:
    return (Document(step, _("退回补充调查意见"), "back_opinion.docx", inner=True),)


REVIEW = (
    Step("review_to_legal", _("审查通过，送法制审核"), ("case_review",), "legal_review", who.REVIEWER, form=forms.ReviewForm,
         guards=(_legal_due,), documents=_opinion()),
    Step("review_to_discussion", _("审查通过，送集体讨论"), ("case_review",), "collective", who.REVIEWER, form=forms.ReviewForm,
         guards=(_legal_not_due,), documents=_opinion()),
    Step("review_to_notice", _("审查通过，送告知"), ("case_review",), "notifying", who.REVIEWER, form=forms.ReviewForm,
         guards=(_legal_not_due, *_TO_NOTICE), documents=_opinion()),
    Step("review_to_decision", _("审查通过，送决定"), ("case_review",), "decision", who.REVIEWER, form=forms.ReviewForm,
         guards=(_legal_not_due, *_TO_DECISION), documents=_opinion(), about=_("建议不予处罚，或者已经告知的案件。")),
    Step("review_back", _("退回补充调查"), ("case_review",), "back_invest", who.REVIEWER, form=forms.BackForm, documents=_back("review_back")),
    Step("extend_legal", _("延长法制审核期限"), ("legal_review",), "", who.EXTENDER_OF_LEGAL, form=forms.WhyForm,
         documents=(Document("legal_extension", _("延长法制审核期限审批表"), "legal_extension.docx", inner=True),)),
    Step("legal_to_discussion", _("审核通过，送集体讨论"), ("legal_review",), "collective", who.LAWYER, form=forms.LegalForm,
         documents=_legal_opinion()),
    Step("legal_to_notice", _("审核通过，送告知"), ("legal_review",), "notifying", who.LAWYER, form=forms.LegalForm,
         guards=_TO_NOTICE, documents=_legal_opinion()),
    Step("legal_to_decision", _("审核通过，送决定"), ("legal_review",), "decision", who.LAWYER, form=forms.LegalForm,
         guards=_TO_DECISION, documents=_legal_opinion()),
    Step("legal_back", _("退回补充调查（法制）"), ("legal_review",), "back_invest", who.LAWYER, form=forms.BackForm, documents=_back("legal_back")),
    Step("discuss_to_notice", _("讨论通过，送告知"), ("collective",), "notifying", who.DECIDER, form=forms.DiscussForm,
         guards=(_not_heard_yet,), documents=_discussion()),
    Step("discuss_to_decision", _("讨论通过，送决定"), ("collective",), "decision", who.DECIDER, form=forms.DiscussForm,
         guards=(_heard,), documents=_discussion()),
    Step("discuss_back", _("退回补充调查（讨论）"), ("collective",), "back_invest", who.DECIDER, form=forms.BackForm, documents=_back("discuss_back")),
)  # fmt: skip
