"""The procedure as the measures lay it down: hand in, check, correct once, file, report, revise, review.

A revised plan goes the same way in the same matter, so that one matter holds all of a body's filings. The
limits M01 and M04 run from the day a plan was signed, which the platform learns only when the plan comes:
they are judged then (``_in_time``) and not by a clock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock import Basis
from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.matters.declaration import (
    Clock,
    Document,
    Guard,
    Notice,
    PartyView,
    Procedure,
    State,
    Step,
    Who,
)
from zhihuan.bureau.matters.engine.calendar import the_calendar
from zhihuan.bureau.matters.party_view import asked_by
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.roles import ENTERPRISE_USER, LEADER, REGISTRAR, SECTION_HEAD
from zhihuan.lines.plan_filing import forms, rules
from zhihuan.lines.plan_filing.models import HANDED_IN

_MEASURES = "企业事业单位突发环境事件应急预案备案管理办法（试行）（环发〔2015〕4号）"
#: Who entered a plan for its body does not check it; not read in a text.
_ONE_HAND = "案卷评查：申请与核对不得为同一人（待核）"
# a registrar enters what comes on paper, and what cities and towns file
PARTY = Who({ENTERPRISE_USER: Reach.OWN, REGISTRAR: Reach.TERRITORY})
HEAD = Who({SECTION_HEAD: Reach.TERRITORY}, apart_from=HANDED_IN, apart_by=_ONE_HAND)
DESK = replace(HEAD, reaches={REGISTRAR: Reach.TERRITORY, **HEAD.reaches})


def _in_time(limit: str) -> Guard:
    """A late plan is taken too, with the reason: the law wants it late rather than never."""

    def check(facts: Any) -> str:
        signed_on, today = facts.said["signed_on"], beijing_day(facts.now)
        if signed_on > today:
            return _("签署发布日期不能晚于今天，请核对。")
        last_day = rules.file_by(signed_on, limit, the_calendar())
        words = _("最迟应于 %(day)s 报送，现已逾期，请填写逾期报送原因。") % {"day": last_day}
        return "" if today <= last_day or facts.said["late_reason"] else words

    return Guard("in_time", check, limit)


def _unless(code: str, is_met: Callable[[Any], bool], words: Any) -> Guard:
    return Guard(code, lambda facts: "" if is_met(facts) else words, _MEASURES)


def _corrected(facts: Any) -> bool:
    return rules.is_corrected(event.step for event in facts.events)


def _on_other_ground(facts: Any) -> bool:
    return facts.said["ground"] != rules.INCOMPLETE


def _may_answer(facts: Any) -> bool:
    """Whoever was told of a correction has the days that were told (§§16, 17)."""
    told = [each.said["refile_by"] for each in facts.events if each.step == "correct"]
    return facts.matter.state == "correcting" and told[-1] >= beijing_day(facts.now).isoformat()


# fmt: off
NOT_PAST = _unless("not_past", lambda facts: facts.said["refile_by"] >= beijing_day(facts.now), _("再次备案期限不能早于今天，请核对。"))
ONCE = _unless("once", lambda facts: not _corrected(facts), _("已告知过一次补正，不能再次退回；请准予备案或不予备案。"))
CORRECTED = _unless("corrected_before", lambda facts: _corrected(facts) or _on_other_ground(facts), _("备案文件不齐全的，须先一次告知补正；请办理“告知补正”。"))
WAITED = _unless("waited", lambda facts: _on_other_ground(facts) or not _may_answer(facts), _("再次备案期限尚未届满，当事人仍可补正；届满仍不齐全的，再以此为由不予备案。"))
TO_REPORT = _unless("to_report", lambda facts: facts.matter.risk != rules.GENERAL, _("风险级别为一般的预案不需上报。"))
TO_PROVINCE = _unless("to_province", lambda facts: facts.matter.risk != rules.MAJOR or "province" in facts.said["reported_to"], _("重大环境风险的预案须同时报省级生态环境部门，请一并选择。"))
NEVER_FILED = _unless("never_filed", lambda facts: not facts.matter.filed_on, _("已备案的预案不能撤回；不再适用的，由生态环境部门终止。"))
# fmt: on

PLAN_FILING = Procedure(
    code="plan_filing", title=_("突发环境事件应急预案备案"), edition="2015",
    basis=Basis(_MEASURES, "", date(2015, 1, 8)), folder=__package__, model="plan_filing.PlanFiling",
    about=_("预案签署发布后 20 个工作日内报送，5 个工作日内核对，每三年至少评估一次。"),
    states=(State("draft", _("填报")), State("checking", _("核对")), State("correcting", _("待补正")),
            State("filed", _("已备案")), State("lapsed", _("评估逾期")), State("refused", _("不予备案"), about=_("备案义务仍在，改正后重新提交。")),
            State("withdrawn", _("已撤回"), end=True), State("closed", _("已终止"), end=True)),
    begins="draft", readers={LEADER: Reach.CITY},
    steps=(
        Step("submit", _("提交备案"), ("draft", "refused"), "checking", PARTY, form=forms.PlanForm,
             guards=(_in_time("M01"),), notices=(Notice((REGISTRAR, SECTION_HEAD), _("应急预案已提交，待核对")),)),
        Step("file", _("准予备案"), ("checking",), "filed", DESK, notices=(Notice(("party",), _("应急预案已备案")),),
             documents=(Document("filing_form", _("突发环境事件应急预案备案表"), "filing_form.docx", number="plan_filing", served=True),)),
        Step("correct", _("告知补正"), ("checking",), "correcting", DESK, form=forms.CorrectForm, guards=(NOT_PAST, ONCE),
             documents=(Document("correction_notice", _("应急预案备案补正告知书"), "correction_notice.docx", served=True),),
             notices=(Notice(("party",), _("应急预案备案文件须补正")),)),
        Step("resubmit", _("提交补正"), ("correcting",), "checking", PARTY, form=forms.SupplementForm,
             notices=(Notice((REGISTRAR, SECTION_HEAD), _("应急预案已补正，待核对")),)),
        Step("refuse", _("不予备案"), ("checking", "correcting"), "refused", HEAD, form=forms.RefuseForm, guards=(CORRECTED, WAITED),
             documents=(Document("refusal_notice", _("应急预案不予备案告知书"), "refusal_notice.docx", served=True),),
             notices=(Notice(("party",), _("应急预案不予备案")),)),
        Step("report_up", _("上报备案"), ("filed", "lapsed"), "", HEAD, form=forms.ReportForm, guards=(TO_REPORT, TO_PROVINCE)),
        Step("revise", _("修订备案"), ("filed", "lapsed"), "checking", PARTY, form=forms.ReviseForm,
             guards=(_in_time("M04"),), about=_("修订后的预案签署发布之日起 20 个工作日内报送。"),
             notices=(Notice((REGISTRAR, SECTION_HEAD), _("修订的应急预案已提交，待核对")),)),
        Step("assess", _("回顾性评估"), ("filed", "lapsed"), "filed", PARTY, form=forms.AssessForm,
             about=_("评估认为预案仍然适用的，三年期限重新起算。")),
        Step("expire", _("评估到期"), ("filed",), "lapsed", Who(platform=True),
             documents=(Document("review_reminder", _("应急预案回顾性评估到期提醒"), "review_reminder.docx", served=True),),
             notices=(Notice(("party", SECTION_HEAD), _("应急预案满三年未评估，须尽快评估或修订")),)),
        Step("withdraw", _("撤回"), ("draft", "checking", "correcting"), "withdrawn", PARTY, form=forms.ReasonForm, guards=(NEVER_FILED,)),
        Step("close", _("终止"), ("filed", "lapsed", "refused"), "closed", HEAD, form=forms.ReasonForm,
             about=_("企业关闭、搬迁或不再属于备案范围时办理。")),
    ),
    clocks=(
        Clock("check", _("核对期限"), "M02", starts=HANDED_IN, ends=("file", "correct", "refuse", "withdraw")),
        Clock("refile", _("再次备案期限"), "M10", starts=("correct",), ends=("resubmit", "refuse", "withdraw"), duty="party",
              until=lambda facts: facts.said["refile_by"]),
        Clock("report", _("上报期限"), "M03", starts=("file",), ends=("report_up",), when=TO_REPORT, lapses=True),
        Clock("review", _("回顾性评估期限"), "M05", starts=("file", "assess"), ends=("assess", "revise", "close"),
              duty="party", expires="expire"),
    ),
    party=PartyView(
        states=("draft", "checking", "correcting", "filed", "lapsed", "refused", "withdrawn", "closed"),
        steps={"submit": asked_by(forms.PlanForm), "file": (), "correct": ("missing", "refile_by"), "resubmit": asked_by(forms.SupplementForm),
            "refuse": ("reason",), "revise": asked_by(forms.ReviseForm), "assess": asked_by(forms.AssessForm), "expire": (),
            "withdraw": ("reason",), "close": ("reason",)}, clocks=("check", "refile", "review"),
        at_once=("filing_form", "correction_notice", "refusal_notice", "review_reminder"),
    ),
)  # fmt: skip
