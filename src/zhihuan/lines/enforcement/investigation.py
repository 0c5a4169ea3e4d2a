"""From the filed case to the report: lock evidence, have it examined, stop, go on, report."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.matters.declaration import Document, Step, Who
from zhihuan.lines.enforcement import people as who
from zhihuan.lines.enforcement.course import PENALTY_LAW, PENALTY_MEASURES, guard, since, today
from zhihuan.lines.enforcement.forms import investigation as forms
from zhihuan.lines.enforcement.forms.fields import WhyForm
from zhihuan.lines.enforcement.forms.review import ExtendAgainForm
from zhihuan.lines.enforcement.rules.citations import citation_faults
from zhihuan.lines.enforcement.states import OPEN_INVESTIGATION, UNDECIDED

__all__ = ["INVESTIGATION", "laws_stand", "nothing_out"]

_SENT_OUT = ("test", "appraise")
_CAME_BACK = ("test_back", "appraise_back")
_SETTLED = ("settle_lock", "lock_lapsed")


@guard("one_lock")
def _one_lock(facts: Any) -> str:
    if since(facts, _SETTLED, "lock"):
        return _now("上一次登记保存的证据尚未处理，请先作出处理决定。")
    return ""


@guard("lock_approved", f"{PENALTY_LAW} §56；{PENALTY_MEASURES} §32")
def _lock_approved(facts: Any) -> str:
    if facts.said["is_urgent"] or since(facts, ("lock",), "approve_lock"):
        return ""
    return _now("先行登记保存须先经负责人批准；情况紧急的，选择“情况紧急”并在二十四小时内补办。")


@guard("locked")
def _locked(facts: Any) -> str:
    return "" if since(facts, _SETTLED, "lock") else _now("没有尚未处理的登记保存证据。")


@guard("nothing_out")
def nothing_out(facts: Any) -> str:
    """What was sent out to be examined has come back."""
    if since(facts, _CAME_BACK, *_SENT_OUT):
        return _now("委托的检测、鉴定尚未收回结果，请先登记收回。")
    return ""


@guard("returned_by_now", f"{PENALTY_LAW} §60")
def _returned_by_now(facts: Any) -> str:
    """What came back did so after it was sent out, and not in days to come."""
    told = facts.said["returned_on"]
    sent = max(beijing_day(each.at) for each in facts.events if each.step in _SENT_OUT)
    if told > today(facts):
        return _now("收到日期 %(day)s 晚于今天，请按实际收到的日期填写。") % {"day": told}
    if told < sent:
        words = _now("收到日期 %(day)s 早于委托日期 %(sent)s，请按实际收到的日期填写。")
        return words % {"day": told, "sent": sent}
    return ""


def _came_from(step: str) -> Any:
    @guard(f"after_{step}")
    def check(facts: Any) -> str:
        return "" if since(facts, _CAME_BACK, step) else _now("没有尚未收回的委托。")

    return check


@guard("results_told", PENALTY_MEASURES)
def _results_told(facts: Any) -> str:
    if since(facts, ("tell_results",), *_CAME_BACK):
        return _now("检测、鉴定结果尚未告知当事人，请先登记告知。")
    return ""


@guard("laws_stand", "中华人民共和国生态环境法典 §1057、§1242")
def laws_stand(facts: Any) -> str:
    """Law cited by the step, in force for this conduct on the day of the step."""
    said = facts.said
    until = said.get("act_until", facts.matter.act_until)
    cited = "\n".join(said[name] for name in ("law_broken", "law_penalty") if said.get(name))
    compared = bool(said.get("comparison"))
    return "；".join(citation_faults(cited, today(facts), until, compared))


def _extension(step: str) -> tuple[Document, ...]:
    title = _("延长办案期限审批表")
    return (Document(step, title, "period_extension.docx"),)


def _commission(step: str) -> tuple[Document, ...]:
    """By its paper the clock stands still."""
    return (Document(f"commission_{step}", _("监测（检测、鉴定）委托书"), "commission.docx"),)


INVESTIGATION = (
    Step("approve_lock", _("批准先行登记保存"), OPEN_INVESTIGATION, "", who.SUPERIOR, form=WhyForm,
         documents=(Document("lock_approval", _("先行登记保存证据审批表"), "lock_approval.docx"),)),
    Step("lock", _("先行登记保存证据"), OPEN_INVESTIGATION, "", who.LOCKER, form=forms.LockForm,
         guards=(_one_lock, _lock_approved), about=_("七个工作日内须作出处理决定，逾期自动解除。"),
         documents=(Document("lock_decision", _("先行登记保存证据决定书"), "lock_decision.docx", number="evidence_lock", served=True),
                    Document("lock_list", _("先行登记保存证据清单"), "lock_list.docx"))),
    Step("settle_lock", _("处理登记保存的证据"), UNDECIDED, "", who.TWO, form=forms.SettleForm, guards=(_locked,),
         documents=(Document("lock_settlement", _("先行登记保存证据处理决定书"), "lock_settlement.docx", number="evidence_settlement", served=True),)),
    Step("lock_lapsed", _("登记保存期满解除"), UNDECIDED, "", Who(platform=True),
         documents=(Document("lock_release", _("先行登记保存证据解除通知书"), "lock_release.docx", number="evidence_settlement", served=True),)),
    Step("test", _("委托监测、检测"), OPEN_INVESTIGATION, "", who.OFFICER, form=forms.SendOutForm, guards=(nothing_out,),
         documents=_commission("test")),
    Step("test_back", _("收到监测、检测报告"), OPEN_INVESTIGATION, "", who.OFFICER, form=forms.ReturnedForm,
         guards=(_came_from("test"), _returned_by_now)),
    Step("appraise", _("委托评估、鉴定、认定"), OPEN_INVESTIGATION, "", who.OFFICER, form=forms.SendOutForm, guards=(nothing_out,),
         documents=_commission("appraise")),
    Step("appraise_back", _("收到评估、鉴定、认定意见"), OPEN_INVESTIGATION, "", who.OFFICER, form=forms.ReturnedForm,
         guards=(_came_from("appraise"), _returned_by_now)),
    Step("suspend", _("中止调查"), OPEN_INVESTIGATION, "suspended", who.SUPERIOR, form=forms.SuspendForm, guards=(nothing_out,),
         documents=(Document("suspension", _("中止案件调查审批表"), "suspension.docx"),)),
    Step("resume", _("恢复调查"), ("suspended",), "filed", who.SUPERIOR, form=forms.ResumeForm,
         documents=(Document("resumption", _("恢复案件调查审批表"), "resumption.docx"),)),
    Step("terminate", _("终止调查"), (*OPEN_INVESTIGATION, "suspended"), "terminated", who.SUPERIOR, form=forms.TerminateForm,
         documents=(Document("termination", _("终止案件调查审批表"), "termination.docx"),)),
    Step("withdraw_case", _("撤销立案"), (*OPEN_INVESTIGATION, "suspended", "invest_done"), "withdrawn", who.SUPERIOR,
         form=forms.WithdrawForm,
         documents=(Document("withdrawal", _("撤销立案审批表"), "withdrawal.docx"),)),
    Step("extend", _("延长办案期限"), UNDECIDED, "", who.SUPERIOR, form=WhyForm, documents=_extension("extension"),
         about=_("九十日不能作出决定的，经负责人批准可以延长三十日，须在届满前批准。")),
    Step("extend_again", _("再次延长办案期限"), UNDECIDED, "", who.SUPERIOR, form=ExtendAgainForm, documents=_extension("extension_again"),
         about=_("案情特别复杂，延长后仍不能作出决定的，集体讨论决定，可再延长三十日。")),
    Step("report", _("调查终结"), OPEN_INVESTIGATION, "invest_done", who.TWO, form=forms.ReportForm,
         guards=(nothing_out, _results_told, laws_stand),
         documents=(Document("investigation_report", _("案件调查报告"), "investigation_report.docx"),)),
    Step("submit", _("提交审查"), ("invest_done",), "case_review", who.DESK),
    Step("report_again", _("修改调查报告"), ("invest_done",), "back_invest", who.DESK, form=WhyForm),
)  # fmt: skip
