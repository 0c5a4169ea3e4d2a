"""责令改正违法行为: the order with its deadline, its service, and the re-check.

It is no penalty (行政处罚法 §28): no notice, no hearing, and the fine goes its own way. An order that warns
of consecutive-day fines is re-checked, unannounced, within thirty days of its service (按日连续处罚办法
§10); who is still at it then is ordered anew (§14), in another matter that grows out of the fine's.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock import Basis
from zhihuan.bureau.matters.declaration import (
    Clock,
    Document,
    Guard,
    Notice,
    PartyView,
    Procedure,
    State,
    Step,
)
from zhihuan.bureau.matters.party_view import asked_by
from zhihuan.lines.measures import asking
from zhihuan.lines.measures.hands import DESK, FIRM, HEADS, OFFICER, PAIR, TOLD, head
from zhihuan.lines.measures.waiting import ACT_BY_NOW, late_needs_reason

_FINE_MEASURES = "环境保护主管部门实施按日连续处罚办法（部令第28号）"
_STILL = (("discharging", _("仍在继续违法排放污染物")), ("obstructed", _("拒绝、阻挠复查")), ("other", _("其他违法行为未改正")))  # fmt: skip


class ProposeForm(forms.Form):
    """Source of what an order must say: 按日连续处罚办法 §9."""

    act_on = asking.day(_("违法行为日期"), _("行为持续的，填写最近一次查实的日期。"))
    act = asking.text(_("违法事实和证据"))
    violated = asking.text(_("违反的条款"), _("写明法律、法规或者规章的全称和条、款、项。"))
    demand = asking.text(_("责令改正的内容"))
    at_once = asking.yes(_("责令立即停止违法行为"))
    deadline = asking.day(_("改正期限"), _("限期改正的填写；立即改正的留空。"), required=False)
    warns_daily = asking.yes(
        _("告知拒不改正可能按日连续处罚"), _("违法排放污染物的勾选；送达后三十日内暗查复查。")
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if not told.get("at_once") and not told.get("deadline"):
            self.add_error("deadline", _("请填写改正期限，或者勾选责令立即停止违法行为。"))
        if (by := told.get("deadline")) and (since := told.get("act_on")) and by < since:
            self.add_error("deadline", _("改正期限不能早于违法行为日期。"))
        return told


class LabReportForm(forms.Form):
    happened = asking.happened(_("取得监测报告日期"))
    report = asking.paper(_("监测报告"))


class ReportForm(forms.Form):
    done = asking.text(_("改正情况"))
    proof = asking.paper(_("证明材料"))


class CheckForm(forms.Form):
    """A re-check, as two officers record it."""

    happened = asking.happened(_("复查日期"))
    secret = asking.yes(_("以暗查方式复查"))
    found = asking.text(_("复查情况"))
    evidence = asking.paper(_("复查笔录或者监测报告"))
    late_why = asking.text(_("逾期复查的原因"), required=False)


class StillForm(CheckForm):
    how = asking.one(_("未改正的情形"), *_STILL)


def _warned(facts: Any) -> str:
    said = [event.said for event in facts.events if event.step == "propose"]
    words = _("未告知按日连续处罚，不计暗查复查期限。")
    return "" if said and said[-1].get("warns_daily") else words


def _secret(facts: Any) -> str:
    """Only what was checked unannounced bears a consecutive-day fine."""
    words = _("告知过按日连续处罚的，应当以暗查方式复查。")
    return words if not _warned(facts) and not facts.said["secret"] else ""


SECRET = Guard("secret", _secret, f"{_FINE_MEASURES} §10")
IN_TIME = late_needs_reason("recheck")

CORRECTION_ORDER = Procedure(
    code="correction_order", title=_("责令改正违法行为"), edition="2015",
    basis=Basis(_FINE_MEASURES, "§8 至 §14", date(2015, 1, 1)), folder=__package__, model="measures.Measure",
    grows_from=("clue", "inspection", "penalty_case", "simple_case", "daily_fine"),
    about=_("责令改正不是行政处罚，可以单独作出，也可以与处罚并行；期满后复查。"),
    states=(
        State("draft", _("拟办")), State("deciding", _("待审批")), State("issued", _("待送达")),
        State("correcting", _("改正中")), State("corrected", _("已改正"), end=True),
        State("not_corrected", _("未改正"), end=True, about=_("可以依法处罚；符合条件的按日连续处罚，并再次责令改正。")),
        State("dropped", _("不予责令"), end=True), State("revoked", _("已撤销"), end=True),
    ),
    begins="draft",
    steps=(
        Step("lab_report", _("取得监测报告"), ("draft",), "", OFFICER, form=LabReportForm,
             about=_("需经监测认定违法的填写：责令改正违法行为决定书须在其后三个工作日内送达。")),
        Step("propose", _("提出责令改正"), ("draft",), "deciding", PAIR, form=ProposeForm, guards=(ACT_BY_NOW,), notices=(Notice(HEADS, _("责令改正待审批")),)),
        Step("decide", _("作出责令改正决定"), ("deciding",), "issued", head("propose"),
             documents=(Document("correction_order", _("责令改正违法行为决定书"), "correction_order.docx",
                                 number="correction_order", served=True, published=True),),
             notices=(Notice(DESK, _("责令改正违法行为决定书待送达")),)),
        Step("send_back", _("退回修改"), ("deciding",), "draft", head("propose"), form=asking.ReasonForm),
        Step("drop", _("不予责令"), ("deciding",), "dropped", head("propose"), form=asking.ReasonForm),
        Step("served", _("决定书已送达"), ("issued",), "correcting", OFFICER, form=asking.served("correction_order"),
             notices=(Notice(("party",), _("已送达责令改正违法行为决定书，请按期改正并报告")),)),
        Step("report", _("报告改正情况"), ("correcting",), "", FIRM, form=ReportForm, about=_("附具证明材料；收到后安排复查。"),
             notices=(Notice(TOLD, _("当事人报告已改正，待查验")),)),
        Step("check_corrected", _("复查：已改正"), ("correcting",), "corrected", PAIR, form=CheckForm, guards=(SECRET, IN_TIME),
             documents=(Document("check_record", _("复查记录"), "check_record.docx"),)),
        Step("check_not", _("复查：未改正"), ("correcting",), "not_corrected", PAIR, form=StillForm, guards=(SECRET, IN_TIME),
             documents=(Document("check_record", _("复查记录"), "check_record.docx"),),
             notices=(Notice(TOLD, _("复查未改正，须再次责令改正并研究按日连续处罚")),)),
        Step("revoke", _("撤销决定"), ("issued", "correcting"), "revoked", head("propose"), form=asking.ReasonForm,
             notices=(Notice(("party",), _("责令改正违法行为决定已撤销")),)),
    ),
    clocks=(
        Clock("serve", _("监测后送达期限"), "E29", said_on=asking.HAPPENED, starts=("lab_report",), ends=("served",), lapses=True),
        Clock("recheck", _("暗查复查期限"), "E30", said_on=asking.HAPPENED, starts=("served",), ends=("check_corrected", "check_not"),
              when=Guard("warned", _warned), lapses=True),
        Clock("verify", _("查验期限"), "E51", said_on=asking.HAPPENED, starts=("report",), ends=("check_corrected", "check_not"), lapses=True),
    ),
    party=PartyView(
        since=("served",), states=("correcting", "corrected", "not_corrected", "revoked"),
        steps={
            "served": (asking.HAPPENED,), "report": asked_by(ReportForm), "check_corrected": (asking.HAPPENED,),
            "check_not": (asking.HAPPENED,), "revoke": ("why",),
        },
        clocks=("verify",), documents=("correction_order",),  # the re-check comes unannounced: its clock is not told
    ),
)  # fmt: skip
