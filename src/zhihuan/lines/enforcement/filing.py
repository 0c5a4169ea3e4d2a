"""From the clue to the filed case: register, look into it, ask for filing, file or not.

Whether to file is decided within fifteen days, which run from the day on which the suspicion was found, in the clue and in
the case that comes of it alike. That they run from there and not from the end of the first look is a reading (待核): it
stands as ``counts_from`` of E01 in ``time_limits.yaml``, dated, and both procedures follow it.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.identities.step import identify
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
)
from zhihuan.lines.enforcement.forms import filing as forms
from zhihuan.lines.enforcement.forms.fields import WhyForm
from zhihuan.lines.enforcement.forms.identity import PartyForm
from zhihuan.lines.enforcement.found import filing_elsewhere
from zhihuan.lines.enforcement.rules.periods import barred_after
from zhihuan.lines.enforcement.states import AFTER_DECISION, OPEN_INVESTIGATION, UNDECIDED

__all__ = ["FILING"]

_LOOKING = ("verify", *OPEN_INVESTIGATION)


@guard("found_before_now")
def _found_before_now(facts: Any) -> str:
    days = [facts.said[name] for name in ("found_on", "act_from", "act_until") if facts.said[name]]
    return _now("日期不能晚于今天，请核对。") if max(days) > today(facts) else ""


@guard("found_as_its_origin", f"{PENALTY_MEASURES} §18")
def _found_as_its_origin(facts: Any) -> str:
    """The fifteen days run once: a case that grew out of a clue was found when that was."""
    origin = filing_elsewhere(facts.matter)
    if origin is None or facts.said["found_on"] <= (day := beijing_day(origin.began_at)):
        return ""
    words = _now(
        "本案来源事项（编号 %(number)s）的立案期限自 %(day)s 起算，同一违法线索只计一次；发现日期不能晚于该日。"
    )
    return words % {"number": origin.matter_id, "day": day}


@guard("not_barred", f"{PENALTY_LAW} §36；中华人民共和国生态环境法典 §1054")
def _not_barred(facts: Any) -> str:
    case = facts.matter
    if case.act_until is None:
        return ""
    asked = facts.said if "endangers_life" in facts.said else said_in(facts, "ask_filing")
    endangers = bool(asked.get("endangers_life"))
    last = barred_after(case.act_until, case.has_harm, the_calendar(), endangers_life=endangers)
    if case.found_on is None or case.found_on <= last:
        return ""
    words = _now("违法行为 %(ended)s 终了，追责时效至 %(last)s，%(found)s 发现时已超过，不能立案。")
    return words % {"ended": case.act_until, "last": last, "found": case.found_on}


@guard("in_time", f"{PENALTY_MEASURES} §18")
def _in_time(facts: Any) -> str:
    """A case filed too late is filed too, with the reason: the file must show it."""
    clock = RunningClock.objects.filter(
        matter_id=facts.matter.pk, code="file", outcome=RunningClock.Outcome.RUNNING
    ).first()
    if clock is None or clock.due_at is None or facts.now < clock.due_at:
        return (
            _now("立案期限未满，不须填写逾期立案原因，请清空。")
            if facts.said["late_reason"]
            else ""
        )
    if facts.said["late_reason"]:
        return ""
    words = _now("应于 %(day)s 前立案，现已逾期，请填写逾期立案原因。")
    return words % {"day": clock.last_day}


@guard("endorsed", PENALTY_MEASURES)
def _endorsed(facts: Any) -> str:
    if since(facts, ("ask_filing",), "endorse_filing"):
        return ""
    return _now("立案须先经承办机构负责人审核同意。")


@guard("looked_into", PENALTY_LAW)
def _looked_into(facts: Any) -> str:
    if since(facts, (), "inspect", "question"):
        return ""
    return _now("请先登记现场检查（勘察）或询问笔录：先有证据，后立案。")


FILING = (
    Step("register", _("登记线索"), ("clue",), "verify", who.OFFICER, form=forms.ClueForm,
         guards=(_found_before_now, _found_as_its_origin), about=_("发现涉嫌违法即登记；立案期限自发现之日起算。"),
         documents=(Document("clue_form", _("线索登记单"), "clue_form.docx"),)),
    Step("inspect", _("现场检查（勘察）"), _LOOKING, "", who.TWO, form=forms.InspectionForm,
         documents=(Document("inspection_record", _("现场检查（勘察）笔录"), "inspection_record.docx"),)),
    Step("question", _("询问"), _LOOKING, "", who.TWO, form=forms.QuestionForm,
         documents=(Document("inquiry_record", _("询问笔录"), "inquiry_record.docx"),)),
    Step("tell_results", _("告知监测（鉴定）结果"), _LOOKING, "", who.OFFICER, form=forms.ResultsForm,
         about=_("监测、检测、鉴定结果作为证据的，须告知当事人。"),
         documents=(Document("results_notice", _("监测（检测、鉴定）结果告知书"), "results_notice.docx"),)),
    Step("ask_filing", _("提请立案"), ("verify",), "file_review", who.TWO, form=forms.AskFilingForm,
         guards=(_looked_into, _not_barred)),
    Step("endorse_filing", _("审核立案"), ("file_review",), "", who.ENDORSER, form=forms.FileForm),
    Step("return_filing", _("退回核查"), ("file_review",), "verify", who.ENDORSER, form=WhyForm),
    Step("file", _("批准立案"), ("file_review",), "filed", who.APPROVER, form=forms.FileForm,
         guards=(_endorsed, _not_barred, _in_time),
         documents=(Document("filing_approval", _("立案审批表"), "filing_approval.docx"),)),
    Step("refuse_filing", _("不予立案"), ("file_review",), "not_filed", who.APPROVER, form=WhyForm,
         documents=(Document("no_filing_approval", _("不予立案审批表"), "no_filing_approval.docx"),)),
    Step("extend_filing", _("延长立案期限"), ("verify", "file_review"), "", who.LATER, form=WhyForm,
         about=_("经本机关负责人批准，可以延长十五日，须在届满前批准。"),
         documents=(Document("filing_extension", _("延长立案期限审批表"), "filing_extension.docx"),)),
    identify(("verify", "file_review", *UNDECIDED, *AFTER_DECISION), who.DESK, PartyForm),
    Step("find_nothing", _("未发现违法"), ("verify",), "close_nofound", who.HEAD_APART, form=WhyForm,
         documents=(Document("nothing_found", _("核查结论"), "nothing_found.docx"),)),
    Step("educate", _("轻微教育办结"), ("verify",), "close_minor", who.HEAD_APART, form=forms.MinorForm,
         documents=(Document("education_record", _("教育记录"), "education_record.docx"),)),
    Step("observe", _("转执法观察期"), ("verify",), "observe", who.HEAD_APART, form=forms.ObserveForm,
         about=_("观察期由相应程序办理，可由本事项发起。"),
         documents=(Document("observation_approval", _("执法观察期审批表"), "observation_approval.docx"),)),
    Step("transfer_clue", _("移送有管辖权的机关"), ("clue", "verify"), "transfer", who.HEAD_APART, form=forms.TransferForm,
         documents=(Document("transfer_letter", _("案件移送函"), "transfer_letter.docx", number="transfer_letter", served=True),)),
)  # fmt: skip
