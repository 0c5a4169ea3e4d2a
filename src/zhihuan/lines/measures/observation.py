"""执法观察期: a minor act may be put right before anybody fines it.

Corrected by the end: no penalty. Not corrected, or at it again: a case. The city's own list and its length were
not seen; both are dated parameters marked so (``data/observation_acts.yaml``, limit E55), and every notice says it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock import Basis
from zhihuan.bureau.discretion.errors import TableRefusedError
from zhihuan.bureau.lenience import judge_observation, observation_rule
from zhihuan.bureau.lenience.told import HOME, judgement_words, observation_words
from zhihuan.bureau.matters.declaration import (
    Clock,
    Document,
    Notice,
    PartyView,
    Procedure,
    State,
    Step,
)
from zhihuan.bureau.matters.engine.forms import MatterForm
from zhihuan.bureau.matters.party_view import asked_by
from zhihuan.lines.measures import asking
from zhihuan.lines.measures.hands import DESK, FIRM, HEADS, OFFICER, PAIR, TOLD, head
from zhihuan.lines.measures.law import observation_acts
from zhihuan.lines.measures.waiting import ACT_BY_NOW, late_needs_reason
from zhihuan.standards.errors import OutsideEditionsError

_SCHEME = "中山市生态环境执法观察期制度（据2023年公开报道）"
_ACTS = tuple(observation_acts(date.max).table.items())
#: All must hold. From the provincial list of minor violations; the city's own conditions were not seen.
_CONDITIONS = (
    ("minor", _("违法行为轻微")), ("harmless", _("没有造成危害后果")), ("first", _("首次违法或者两年内未因同类行为受罚")),
    ("mendable", _("可以在观察期内改正")), ("promised", _("当事人书面承诺按期改正")),
)  # fmt: skip


class ProposeForm(forms.Form):
    """Why a period may be set; the city's scheme stands beside, and what it says of this case is kept."""

    rule = asking.shown(_("执法观察期规定（现行）"))
    act_on = asking.day(_("违法行为日期"))
    act = asking.one(_("适用的违法行为"), *_ACTS, hint=_("本市清单未见文本，暂列待核实。"))
    facts = asking.text(_("违法事实和证据"))
    conditions = asking.many(_("适用条件（须全部具备）"), *_CONDITIONS)
    demand = asking.text(_("整改要求"))
    judged = asking.derived(_("规则判断"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial["rule"] = observation_words(timezone.localdate())

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        told["judged"] = _judged(told.get("act_on"), corrected=None)
        lacking = [
            str(title) for code, title in _CONDITIONS if code not in told.get("conditions", ())
        ]
        if told.get("conditions") and lacking:
            self.add_error("conditions", _("还不具备：%(words)s。") % {"words": "、".join(lacking)})
        if (on := told.get("act_on")) and not self._is_listed(told.get("act"), on):
            self.add_error("act", _("行为当日尚无适用该行为的观察期规定。"))
        return told

    @staticmethod
    def _is_listed(act: str | None, on: date) -> bool:
        try:
            return act is None or act in observation_acts(on).table
        except OutsideEditionsError:
            return False


def _judged(on: date | None, *, corrected: bool | None) -> str:
    """What the city's scheme says of an act of that day whose conditions hold; "" where there is no scheme."""
    try:
        rule = observation_rule(HOME, on=on or timezone.localdate())
    except TableRefusedError:
        return ""
    holds = dict.fromkeys(rule.conditions, True)
    return judgement_words(judge_observation(rule, holds, is_corrected=corrected))


class ReportForm(forms.Form):
    done = asking.text(_("整改情况"))
    proof = asking.paper(_("证明材料"))


class CheckForm(forms.Form):
    happened = asking.happened(_("复查日期"))
    found = asking.text(_("复查情况"))
    evidence = asking.paper(_("复查笔录"))
    late_why = asking.text(_("逾期复查的原因"), required=False)


class SpareForm(MatterForm):
    """Nobody is punished; where the scheme is not confirmed, whoever decides says on what it rests."""

    rule = asking.shown(_("执法观察期规定（现行）"))
    rests_on = asking.text(_("决定依据"), _("规定有待核实之处的，写明已核对的规定文本和条款。"))
    judged = asking.derived(_("规则判断"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial["rule"] = observation_words(timezone.localdate())

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        proposed = self.matter.events.filter(step="propose").order_by("number").last()
        on = proposed.said.get("act_on") if proposed is not None else None
        told["judged"] = _judged(date.fromisoformat(on) if on else None, corrected=True)
        return told


IN_TIME = late_needs_reason("term")

OBSERVATION = Procedure(
    code="observation", title=_("执法观察期"), edition="2023", basis=Basis(_SCHEME, "", date(2023, 1, 1)),
    folder=__package__, model="measures.Measure",
    grows_from=("clue", "inspection", "penalty_case"), about=_("观察期内改正的不予处罚；未改正的立案查处。期限和清单待核实。"),
    states=(
        State("draft", _("拟办")), State("deciding", _("待审批")), State("noticed", _("待送达告知书")), State("observing", _("观察期内")),
        State("passed", _("复查合格，待决定")), State("no_penalty", _("不予处罚"), end=True),
        State("failed", _("转立案"), end=True), State("dropped", _("不适用"), end=True),
    ),
    begins="draft",
    steps=(
        Step("propose", _("提出适用观察期"), ("draft",), "deciding", PAIR, form=ProposeForm, guards=(ACT_BY_NOW,), notices=(Notice(HEADS, _("执法观察期待审批")),)),
        Step("send_back", _("退回修改"), ("deciding",), "draft", head("propose"), form=asking.ReasonForm),
        Step("set", _("决定适用"), ("deciding",), "noticed", head("propose"), notices=(Notice(DESK, _("执法观察期告知书待送达")),),
             documents=(Document("notice", _("执法观察期告知书"), "observation_notice.docx", number="observation_notice", served=True),)),
        Step("drop", _("不适用观察期"), ("deciding",), "dropped", head("propose"), form=asking.ReasonForm),
        Step("served", _("告知书已送达"), ("noticed",), "observing", OFFICER, form=asking.served("notice"),
             notices=(Notice(("party",), _("已进入执法观察期，请按期整改并报告")),)),
        Step("report", _("报告整改情况"), ("observing",), "", FIRM, form=ReportForm, notices=(Notice(TOLD, _("当事人报告已整改，待复查")),)),
        Step("check_good", _("复查：已改正"), ("observing",), "passed", PAIR, form=CheckForm, guards=(IN_TIME,), notices=(Notice(HEADS, _("观察期复查合格，待决定不予处罚")),)),
        Step("check_bad", _("复查：未改正"), ("observing",), "failed", PAIR, form=CheckForm, guards=(IN_TIME,), notices=(Notice(TOLD, _("观察期复查不合格，转立案")),)),
        Step("break_off", _("观察期内又违法"), ("observing",), "failed", PAIR, form=asking.ReasonForm, notices=(Notice(TOLD, _("观察期内又违法，转立案")),)),
        Step("spare", _("不予行政处罚"), ("passed",), "no_penalty", head("propose", "check_good", by="行政处罚法 §§33、57", everywhere=True), form=SpareForm,
             notices=(Notice(("party",), _("已改正，不予行政处罚")),),
             documents=(Document("decision", _("不予行政处罚决定书"), "observation_no_penalty.docx", number="no_penalty_decision", served=True, published=True),)),
    ),
    clocks=(
        Clock("term", _("观察期"), "E55", said_on=asking.HAPPENED, starts=("served",), ends=("check_good", "check_bad", "break_off")),
    ),
    party=PartyView(
        since=("served",), states=("observing", "passed", "no_penalty", "failed"),
        steps={
            "served": (asking.HAPPENED,), "report": asked_by(ReportForm), "check_good": (asking.HAPPENED,),
            "check_bad": (asking.HAPPENED,), "break_off": (), "spare": (),
        },
        clocks=("term",), documents=("notice", "decision"),
    ),
)  # fmt: skip
