"""Repair of credit (信用修复): a party that did what a penalty asked of it has the record taken down.

It grows out of the closed case, by the party in its portal or by an officer who enters what 信用中国 passed on. The bureau
that punished answers (谁认定、谁修复); what it grants ends the publicity of the decision here, and is told to 信用中国, which
has no interface known to us. Sources: 生态环境法典 §54; 信用修复管理办法 (国家发展改革委令第36号, in force 2026-04-01);
国办发〔2025〕22号. How many days the rule gives for the answer was not read: the clock is the bureau's own.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock import Basis
from zhihuan.bureau.documents.models import Publication
from zhihuan.bureau.matters.declaration import (
    Clock,
    Document,
    PartyView,
    Procedure,
    State,
    Step,
)
from zhihuan.bureau.matters.party_view import asked_by
from zhihuan.lines.enforcement import people as who
from zhihuan.lines.enforcement.course import guard, today
from zhihuan.lines.enforcement.forms.credit_repair import (
    AskRepairForm,
    EndPublicityForm,
    GrantRepairForm,
    case_of,
)
from zhihuan.lines.enforcement.forms.fields import WhyForm
from zhihuan.lines.enforcement.handing_in import handed_in_today, tell_desk, tell_party
from zhihuan.lines.enforcement.rules.credit import repairable_from
from zhihuan.standards.parameters import Confidence

__all__ = ["CREDIT_REPAIR"]

_RULE = "信用修复管理办法（国家发展改革委令第36号）"
_CLOSED = {"close", "closed"}


@guard("out_of_a_penalty", _RULE)
def _out_of_a_penalty(facts: Any) -> str:
    case = case_of(facts.matter)
    if case is None or case.decided_on is None or case.overturned:
        return _now("须由已作出处罚决定的案件发起；决定已被撤销的，无须修复。")
    if case.state in _CLOSED and case.ending != "no_penalty":
        return ""
    return _now("处罚决定尚未履行完毕并结案，不能申请信用修复；请履行后再申请。")


@guard("asked_by_now")
def _asked_by_now(facts: Any) -> str:
    late = facts.said["asked_on"] > today(facts)
    return _now("申请日期不能晚于今天，请核对。") if late else ""


@guard("publicity_over", _RULE)
def _publicity_over(facts: Any) -> str:
    case: Any = case_of(facts.matter)
    begins = repairable_from(facts.said["severity"], case.decided_on, today(facts))
    if today(facts) >= begins:
        return ""
    words = _now("最短公示期至 %(day)s 届满，届满后方可同意；请届时办理，或者退回申请人。")
    return words % {"day": begins}


@guard("taken_down", _RULE)
def _taken_down(facts: Any) -> str:
    if facts.said["ended_on"] > today(facts):
        return _now("终止公示日期不能晚于今天，请核对。")
    case: Any = case_of(facts.matter)
    papers = Publication.objects.filter(document__matter=case.pk, document__code="decision")
    if papers.filter(withdrawn_at__isnull=True).exists():
        return _now("公开文本仍在公开，请先在决定书页面撤下。")
    return ""


CREDIT_REPAIR = Procedure(
    code="credit_repair", title=_("信用修复"), edition="2026",
    basis=Basis(_RULE, "", date(2026, 4, 1), confidence=Confidence.ONE_SOURCE),
    folder=__package__,
    about=_("处罚决定履行完毕、最短公示期届满并作出信用承诺的，可以申请终止公示；谁认定、谁修复。"),
    states=(
        State("draft", _("待申请")), State("asked", _("待审查")), State("granted", _("已同意，待终止公示")),
        State("repaired", _("已修复"), end=True), State("refused", _("不予修复"), end=True),
    ),
    begins="draft",
    steps=(
        Step("ask", _("申请信用修复"), ("draft",), "asked", who.PARTY, form=AskRepairForm,
             guards=(_out_of_a_penalty, _asked_by_now, handed_in_today("asked_on")),
             notices=tell_desk(_("当事人申请信用修复，待审查"))),
        Step("send_back", _("退回补正"), ("asked",), "draft", who.REPAIRER, form=WhyForm,
             notices=tell_party(_("信用修复申请须补正"))),
        Step("grant", _("同意修复"), ("asked",), "granted", who.REPAIRER, form=GrantRepairForm, guards=(_publicity_over,),
             documents=(Document("opinion", _("信用修复意见书"), "credit_repair.docx"),),
             notices=tell_party(_("信用修复申请已同意"))),
        Step("refuse", _("不予修复"), ("asked",), "refused", who.REPAIRER, form=WhyForm,
             notices=tell_party(_("信用修复申请未获同意"))),
        Step("end_publicity", _("终止公示"), ("granted",), "repaired", who.REPAIRER, form=EndPublicityForm, guards=(_taken_down,),
             about=_("先在决定书页面撤下公开文本，再将结果反馈“信用中国”网站。"),
             notices=tell_party(_("处罚信息已终止公示"))),
    ),
    clocks=(
        Clock("answer", _("信用修复答复期限"), "R01", starts=("ask",), ends=("grant", "refuse", "send_back")),
    ),
    grows_from=("penalty_case", "simple_case"), grows_when=tuple(sorted(_CLOSED)),
    party=PartyView(
        states=("draft", "asked", "granted", "repaired", "refused"),
        steps={"ask": asked_by(AskRepairForm), "send_back": ("why",), "grant": ("severity",), "refuse": ("why",),
               "end_publicity": ("ended_on",)},
        clocks=("answer",), at_once=("opinion",),
    ),
    readers=who.LEADERSHIP.reaches,
)  # fmt: skip
