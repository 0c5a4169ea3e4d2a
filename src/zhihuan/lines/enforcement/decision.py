"""The decision, by whoever did not investigate, once the party was heard; and its service.

Source: 行政处罚法 §§38, 44, 45, 57–62; 生态环境行政处罚办法 §§50–57.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.documents.serving.served import served_on, was_served
from zhihuan.bureau.identities.known import identity_of
from zhihuan.bureau.matters.declaration import Document, Step
from zhihuan.bureau.matters.engine.calendar import the_calendar
from zhihuan.bureau.matters.models import RunningClock
from zhihuan.lines.enforcement import people as who
from zhihuan.lines.enforcement.course import (
    PENALTY_LAW,
    PENALTY_MEASURES,
    guard,
    said_in,
    since,
    today,
    took,
)
from zhihuan.lines.enforcement.forms import decision as forms
from zhihuan.lines.enforcement.handing_in import tell_party
from zhihuan.lines.enforcement.investigation import laws_stand, nothing_out
from zhihuan.lines.enforcement.models import PenaltyKind
from zhihuan.lines.enforcement.review import (
    ANEW,
    DISCUSSED,
    LEGALLY_REVIEWED,
    must_be_discussed,
    must_be_reviewed,
)
from zhihuan.lines.enforcement.rules.periods import notice_ends
from zhihuan.lines.enforcement.rules.thresholds import has_hearing_right

__all__ = ["DECISION", "owes"]

_NOTIFIED = ("notify", "notify_hearing")


@guard("notice_over", f"{PENALTY_LAW} §§44、45、64")
def _notice_over(facts: Any) -> str:
    if not took(facts, *_NOTIFIED):
        return _now("尚未告知当事人，不能作出处罚决定。")
    served = served_on(facts.matter, "notice")
    if served is None:
        return _now("告知书尚未送达，请先登记送达回证。")
    last = notice_ends(served, facts.matter.hearing_told, the_calendar())
    if today(facts) > last:
        return ""
    words = _now("当事人的陈述申辩和申请听证期限至 %(last)s 届满，届满前不能作出决定。")
    return words % {"last": last}


@guard("notice_over_if_given", f"{PENALTY_LAW} §44")
def _notice_over_if_given(facts: Any) -> str:
    return _notice_over.check(facts) if took(facts, *_NOTIFIED) else ""


@guard("answered", f"{PENALTY_LAW} §45")
def _answered(facts: Any) -> str:
    if since(facts, ("reply", "reply_to_legal", "reply_back"), "state"):
        return _now("当事人的陈述申辩尚未复核，请先复核。")
    return ""


@guard("apology_answered", "粤环发〔2021〕7号")
def _apology_answered(facts: Any) -> str:
    if since(facts, ("accept_apology", "refuse_apology"), "apologise"):
        return _now("当事人的公开道歉承诺尚未审查，请先办理“同意从轻”或者“不同意从轻”。")
    return ""


@guard("closure_approved", PENALTY_MEASURES)
def _closure_approved(facts: Any) -> str:
    """Whom to close for good a people's government says, not the bureau."""
    if PenaltyKind.CLOSE not in facts.said["kinds"] or took(facts, "closure_approved"):
        return ""
    return _now("责令停业、关闭须报经有批准权的人民政府批准，请先报请并登记批准文件。")


@guard("closure_asked")
def _closure_asked(facts: Any) -> str:
    return "" if took(facts, "ask_closure") else _now("请先报请批准停业、关闭。")


@guard("not_above_notice", f"{PENALTY_LAW} §45(2)")
def _not_above_notice(facts: Any) -> str:
    """Neither more nor another penalty than the party was told of; less where an apology was accepted."""
    case, said = facts.matter, facts.said
    fine, told = said["fine"] or Decimal(0), case.notified_fine or Decimal(0)
    if fine > told:
        words = _now(
            "罚款 %(fine)s 元高于告知的 %(told)s 元，不能因陈述申辩加重；须加重的，重新告知。"
        )
        return words % {"fine": fine, "told": told}
    gains, of_gains = said["gains"] or Decimal(0), case.notified_gains or Decimal(0)
    if gains > of_gains:
        words = _now("没收违法所得 %(gains)s 元高于告知的 %(told)s 元；须加重的，重新告知。")
        return words % {"gains": gains, "told": of_gains}
    if case.apology_rate is not None and fine > told * (1 - case.apology_rate):
        words = _now("已同意公开道歉从轻，罚款不得高于 %(most)s 元。")
        return words % {"most": (told * (1 - case.apology_rate)).quantize(Decimal("0.01"))}
    told_kinds = set(said_in(facts, *_NOTIFIED).get("notified_kinds", ()))
    if set(said["kinds"]) - told_kinds:
        return _now("处罚种类超出告知的范围，须重新告知。")
    return ""


@guard("hearing_was_told", f"{PENALTY_LAW} §63")
def _hearing_was_told(facts: Any) -> str:
    said, case = facts.said, facts.matter
    kinds = frozenset(said["kinds"])
    needed = has_hearing_right(said["fine"] or Decimal(0), case.is_person, kinds, today(facts))
    if not needed or case.hearing_told:
        return ""
    return _now("处罚达到听证标准而未告知听证权利，须退回重新告知。")


@guard("legally_reviewed", f"{PENALTY_LAW} §58")
def _legally_reviewed(facts: Any) -> str:
    if not must_be_reviewed(facts) or since(facts, ANEW, *LEGALLY_REVIEWED):
        return ""
    return _now("本案须经法制审核，未经审核或者审核未通过的不能作出决定。")


@guard("discussed", f"{PENALTY_LAW} §57(2)")
def _discussed(facts: Any) -> str:
    kinds = frozenset(facts.said["kinds"])
    if not must_be_discussed(facts, facts.said["total"], kinds):
        return ""
    if since(facts, ANEW, *DISCUSSED):
        return ""
    return _now("本案情节复杂、重大或者数额较大，须经负责人集体讨论决定。")


@guard("in_time", f"{PENALTY_LAW} §60")
def _in_time(facts: Any) -> str:
    """What comes too late is decided too, with the reason: the file must show it."""
    clock = RunningClock.objects.filter(
        matter_id=facts.matter.pk, code="decision", outcome=RunningClock.Outcome.RUNNING
    ).first()
    if clock is None or clock.due_at is None or facts.now < clock.due_at:
        told = facts.said.get("late_reason")
        return _now("办案期限未满，不须填写逾期决定原因，请清空。") if told else ""
    if facts.said.get("late_reason"):
        return ""
    return _now("办案期限已于 %(day)s 届满，请填写逾期决定原因。") % {"day": clock.last_day}


@guard("identity_known", f"{PENALTY_LAW} §59；{PENALTY_MEASURES}")
def _identity_known(facts: Any) -> str:
    if not facts.matter.is_person:
        return ""
    found = identity_of(facts.matter)
    if found is not None and found.sealed_number:
        return ""
    return _now(
        "当事人为自然人（含个体工商户），决定书须写明身份证件；请先由承办人员办理“登记当事人身份”。"
    )


@guard("evidence_settled", f"{PENALTY_LAW} §56")
def _evidence_settled(facts: Any) -> str:
    if since(facts, ("settle_lock", "lock_lapsed"), "lock"):
        return _now("先行登记保存的证据尚未处理，请先作出处理决定。")
    return ""


def owes(facts: Any) -> bool:
    """Whether the decision that stands asks for money: a fine, or illegal gains."""
    return bool(facts.matter.fine or facts.matter.gains)


@guard("owes")
def _owes(facts: Any) -> str:
    if owes(facts):
        return ""
    return _now("决定没有罚款和没收违法所得，请办理“决定书已送达（无须缴款）”。")


@guard("owes_nothing")
def _owes_nothing(facts: Any) -> str:
    return _now("决定有罚款或者没收违法所得，请办理“决定书已送达”。") if owes(facts) else ""


_SERVED = was_served("decision", _("行政处罚决定书"), f"{PENALTY_LAW} §61")
_NOTHING_SERVED = was_served("no_penalty_decision", _("不予行政处罚决定书"), f"{PENALTY_LAW} §61")

DECISION = (
    Step("decide", _("作出处罚决定"), ("decision",), "serve", who.DECIDER, form=forms.DecideForm,
         guards=(_identity_known, _notice_over, _answered, _apology_answered, nothing_out, _closure_approved, _not_above_notice, _hearing_was_told, _legally_reviewed, _discussed, _evidence_settled, laws_stand, _in_time),
         documents=(Document("decision", _("行政处罚决定书"), "penalty_decision.docx", number="penalty_decision", served=True, published=True),)),
    Step("ask_closure", _("报请批准停业、关闭"), ("decision",), "", who.SUPERIOR, form=forms.WhyForm,
         about=_("责令停业、关闭的，作出决定前报请有批准权的人民政府批准。"),
         documents=(Document("closure_request", _("关于报请责令停业、关闭的请示"), "closure_request.docx", number="bureau_document", inner=True),)),
    Step("closure_approved", _("登记停业、关闭的批准文件"), ("decision",), "", who.LEADERSHIP, form=forms.ClosureForm,
         guards=(_closure_asked,)),
    Step("decide_nothing", _("决定不予处罚"), ("decision",), "no_penalty", who.DECIDER, form=forms.NoPenaltyForm,
         guards=(_identity_known, _notice_over_if_given, _answered, nothing_out, _legally_reviewed, _evidence_settled, laws_stand, _in_time),
         documents=(Document("no_penalty_decision", _("不予行政处罚决定书"), "no_penalty_decision.docx", number="no_penalty_decision", served=True),)),
    Step("decide_transfer", _("决定移送"), ("decision",), "transfer", who.DECIDER, form=forms.TransferForm, guards=(_evidence_settled, _in_time),
         about=_("移送公安机关的，由相应程序办理，可由本事项发起。"),
         documents=(Document("case_transfer", _("案件移送书"), "case_transfer.docx", number="transfer_letter", served=True),)),
    Step("decide_back", _("退回补充调查（决定）"), ("decision",), "back_invest", who.DECIDER, form=forms.WhyForm,
         documents=(Document("decide_back", _("退回补充调查意见"), "back_opinion.docx", inner=True),)),
    Step("decision_served", _("决定书已送达"), ("serve",), "pay", who.OFFICER, form=forms.DecisionServedForm, guards=(_owes, _SERVED),
         notices=tell_party(_("已送达行政处罚决定书，请自送达之日起十五日内缴款"))),
    Step("decision_served_no_fine", _("决定书已送达（无须缴款）"), ("serve",), "perform", who.OFFICER, form=forms.DecisionServedForm,
         guards=(_owes_nothing, _SERVED), notices=tell_party(_("已送达行政处罚决定书"))),
    Step("nothing_served", _("不予处罚决定书已送达"), ("no_penalty",), "", who.OFFICER, form=forms.NothingServedForm, guards=(_NOTHING_SERVED,),
         notices=tell_party(_("已送达不予行政处罚决定书"))),
)  # fmt: skip
