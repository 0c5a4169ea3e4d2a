"""The simple procedure (简易程序): a warning or a small fine, decided by two officers on the spot.

The sheet is handed over there and then: its receipt is the signature on it. The officers who decided report it to their own
body within three days, whose head receives it and closes the file, and it is carried out, contested and published like any
other penalty, by the same steps and limits (行政处罚法 §53). Source: 行政处罚法 §§48, 51–53, 66–73; 生态环境行政处罚办法 §§67, 68.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock import Basis
from zhihuan.bureau.documents.serving.served import was_served
from zhihuan.bureau.identities.step import identify
from zhihuan.bureau.matters.declaration import Clock, Document, Notice, Procedure, State, Step
from zhihuan.bureau.matters.engine.calendar import the_calendar
from zhihuan.bureau.people.models import RoleGrant
from zhihuan.bureau.people.roles import FIELD_OFFICER, SECTION_HEAD
from zhihuan.lines.enforcement import people as who
from zhihuan.lines.enforcement.clocks import carrying_clocks
from zhihuan.lines.enforcement.closing import CARRIED_OUT, MADE_PUBLIC, publicity
from zhihuan.lines.enforcement.contesting import contesting
from zhihuan.lines.enforcement.course import PENALTY_LAW, PENALTY_MEASURES, guard, today, took
from zhihuan.lines.enforcement.execution import carrying_out
from zhihuan.lines.enforcement.forms.fields import WhyForm
from zhihuan.lines.enforcement.forms.identity import PartyForm
from zhihuan.lines.enforcement.forms.simple import PunishForm, ReportBackForm
from zhihuan.lines.enforcement.investigation import laws_stand
from zhihuan.lines.enforcement.party import SIMPLE_SHOWN, paying
from zhihuan.lines.enforcement.rules.periods import barred_after, last_day
from zhihuan.lines.enforcement.rules.thresholds import amount_for, is_simple
from zhihuan.lines.enforcement.states import CARRYING_OUT, payable

__all__ = ["SIMPLE_CASE"]


@guard("within_simple", f"{PENALTY_LAW} §51")
def _within_simple(facts: Any) -> str:
    said, day = facts.said, today(facts)
    if is_simple(said["fine"] or Decimal(0), said["is_person"], day):
        return ""
    words = _now("当场处罚的罚款不得超过 %(most)s 元，请转普通程序。")
    return words % {"most": amount_for("simple", said["is_person"], day)}


@guard("not_barred", f"{PENALTY_LAW} §36；中华人民共和国生态环境法典 §1054")
def _not_barred(facts: Any) -> str:
    said = facts.said
    if said["found_on"] > today(facts):
        return _now("发现日期不能晚于今天，请核对。")
    last = barred_after(said["act_until"], False, the_calendar())
    if said["found_on"] <= last:
        return ""
    return _now("追责时效已于 %(last)s 届满，不能处罚。") % {"last": last}


@guard("reported_in_order", f"{PENALTY_MEASURES} §68")
def _reported_in_order(facts: Any) -> str:
    """Not before the decision, not after today: the limit is met by the day that is told. Too late only with a reason."""
    told, decided = facts.said["reported_on"], facts.matter.decided_on
    if told > today(facts):
        return _now("报备案日期不能晚于今天，请核对。")
    if decided is None:
        return ""
    if told < decided:
        return _now("报备案日期不能早于作出决定的日期（%(day)s），请核对。") % {"day": decided}
    last = last_day("E56", decided, the_calendar())
    if told <= last or facts.said["note"]:
        return ""
    return _now("报备案期限已于 %(day)s 届满，请在说明中写明逾期的原因。") % {"day": last}


@guard("reported_by_the_deciders", f"{PENALTY_MEASURES} §68")
def _reported_by_the_deciders(facts: Any) -> str:
    """Whoever decided on the spot reports it; others only when none of them is an officer any more."""
    decisions = [each for each in facts.events if each.step == "punish"]
    if not decisions:
        return ""
    people = {each["id"]: each["name"] for each in decisions[-1].officers}
    if facts.by in {*people, decisions[-1].actor_id}:
        return ""
    serving = RoleGrant.objects.in_force().filter(
        role=FIELD_OFFICER, user__in=people, user__is_active=True
    )
    if not serving.exists():
        return ""
    words = _now("当场处罚决定由作出决定的执法人员报备案：%(names)s。")
    return words % {"names": "、".join(people.values())}


@guard("reported", f"{PENALTY_LAW} §52；{PENALTY_MEASURES} §68")
def _reported(facts: Any) -> str:
    return (
        "" if took(facts, "report_back") else _now("当场处罚决定须报所属机关备案，请先登记备案。")
    )


#: Where its decision stands and its file is not closed.
_STANDS = (*payable("decided"), "reconsider", "end_exec", "perform")
_SERVED = was_served("decision", _("当场行政处罚决定书"), f"{PENALTY_LAW} §52")

SIMPLE_CASE = Procedure(
    code="simple_case", title=_("行政处罚（简易程序）"), edition="2023",
    basis=Basis("生态环境行政处罚办法（部令第30号）", "", date(2023, 7, 1)), folder=__package__, model="enforcement.PenaltyCase",
    about=_("违法事实确凿并有法定依据，警告，或者对公民二百元以下、对法人或者其他组织三千元以下罚款的，可以当场决定。"),
    states=(
        State("onsite", _("现场")), State("decided", _("已当场决定")), *CARRYING_OUT, State("perform", _("履行完毕")),
        State("closed", _("已结案"), end=True), State("ordinary", _("转普通程序"), end=True, about=_("由本事项发起行政处罚案件。")),
    ),
    begins="onsite",
    steps=(
        Step("punish", _("当场处罚"), ("onsite",), "decided", who.TWO, form=PunishForm, guards=(_within_simple, _not_barred, laws_stand),
             documents=(Document("decision", _("当场行政处罚决定书"), "simple_decision.docx", number="simple_decision", served=True, published=True),)),
        Step("to_ordinary", _("转普通程序"), ("onsite",), "ordinary", who.OFFICER, form=WhyForm),
        Step("report_back", _("报所属机关备案"), _STANDS, "", who.OFFICER, form=ReportBackForm,
             guards=(_reported_in_order, _reported_by_the_deciders),
             about=_("由作出决定的执法人员自决定之日起三日内报所属生态环境主管部门备案。"),
             documents=(Document("report", _("当场行政处罚决定备案表"), "simple_report.docx", inner=True),),
             notices=(Notice((SECTION_HEAD,), _("当场处罚决定已报备案，请查收审核")),)),
        identify(_STANDS, who.DESK, PartyForm),
        *carrying_out("decided", who.lawyer("punish")),
        *contesting("decided", "closed", review_first=True),
        *paying("decided"),
        *publicity(_STANDS),
        Step("close", _("结案"), ("decided", "perform", "end_exec", "reconsider"), "closed", who.ON_THE_SPOT_CLOSER, form=WhyForm,
             guards=(_reported, _SERVED, *CARRIED_OUT, *MADE_PUBLIC)),
    ),
    clocks=(
        Clock("report", _("报备案期限"), "E56", starts=("punish",), ends=("report_back",), said_on="reported_on", lapses=True),
        *carrying_clocks(("punish",), ("punish",), "punish", limit="E14"),
    ),
    grows_from=("clue", "inspection"),
    party=SIMPLE_SHOWN,
    readers=who.LEADERSHIP.reaches,
)  # fmt: skip
