"""限制生产 and 停产整治: told beforehand, decided, kept by the party, lifted by its own filing.

A limit lasts as long as was decided, three months at the most, and is lengthened once, by three at the most; a stop
lasts until the party has filed that its work is done (限产停产办法 §15, §17). The party files its plan and its completion in the portal; the
decision is lifted by the filing itself, and the bureau looks again within thirty days.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock import Basis
from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.clock.reckoning import months_on
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
from zhihuan.bureau.matters.engine.calendar import the_calendar
from zhihuan.bureau.matters.party_view import asked_by
from zhihuan.bureau.remedies.forms import RulingForm
from zhihuan.lines.measures import asking
from zhihuan.lines.measures.hands import DESK, FIRM, HEADS, OFFICER, PAIR, PLATFORM, TOLD, head
from zhihuan.lines.measures.hearing import (
    ASKED_IN_TIME,
    HEARD_AS_ASKED,
    SpokenForm,
    hold_hearing,
)
from zhihuan.lines.measures.publishing import (
    publish_clock,
    published,
    publishing,
    unpublish_clock,
)
from zhihuan.lines.measures.waiting import (
    ACT_BY_NOW,
    by_now,
    heard_out,
    last_day,
    late_needs_reason,
    only_if,
)

_MEASURES = "环境保护主管部门实施限制生产、停产整治办法（2014年部令第30号）"
#: Limits and stops are penalties (行政处罚法 §9); who is in charge looks at what others investigated.
_PENALTY = "行政处罚法 §57"
_LIMIT, _STOP = "limit", "stop"
_KINDS = ((_LIMIT, _("限制生产")), (_STOP, _("停产整治")))
#: Source: 办法 §5 (the first), §6.
_CASES = (
    ("over", _("超过污染物排放标准或者日最高允许排放总量（限制生产）")),
    ("evasion", _("以逃避监管的方式排放且超标（停产整治）")),
    ("toxic", _("重金属、持久性有机污染物等超标三倍以上（停产整治）")),
    ("year", _("超过重点污染物年度排放总量（停产整治）")),
    ("again", _("被责令限制生产后仍然超标（停产整治）")),
    ("event", _("突发事件造成超标或者超总量（停产整治）")),
    ("law", _("法律、法规规定的其他情形")),
)
_LIMITED, _EITHER = {"over"}, {"law"}
_EXEMPT = (
    ("none", _("无")), ("public", _("城镇污水处理、垃圾处理、危险废物处置等公共设施的运营单位")),
    ("livelihood", _("生产经营业务涉及基本民生、公共利益")), ("safety", _("实施停产整治可能影响生产安全")),
)  # fmt: skip
_WHY_ENDED = (("dissolved", _("依法被撤销、解散、宣告破产或者终止营业")), ("closed", _("被人民政府依法责令停业、关闭")))  # fmt: skip


class ProposeForm(forms.Form):
    act_on = asking.day(_("违法行为日期"))
    kind = asking.one(_("措施"), *_KINDS)
    case = asking.one(_("适用情形"), *_CASES)
    exempt = asking.one(_("可以不实施停产整治的情形"), *_EXEMPT)
    facts = asking.text(_("违法事实和证据"))
    demand = asking.text(
        _("改正方式和要求"), _("限制生产的写明限产比例或者限产的生产线；停产的写明范围。")
    )
    months = forms.IntegerField(
        label=_("限制生产期限（月）"), min_value=1, max_value=3, required=False
    )
    stops_discharge = asking.yes(
        _("违法排污将因此停止"), _("停产整治的，停产期间不计按日连续处罚。")
    )
    discussed = asking.text(
        _("集体审议情况"), _("案情重大或者社会影响较大的填写。"), required=False
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        kind, case = told.get("kind"), told.get("case")
        if case and case not in _EITHER and (case in _LIMITED) != (kind == _LIMIT):
            self.add_error("kind", _("该情形不适用此措施，请核对适用情形。"))
        if kind == _LIMIT and not told.get("months"):
            self.add_error("months", _("请填写限制生产的期限，不超过三个月。"))
        if kind == _LIMIT and told.get("stops_discharge"):
            self.add_error(
                "stops_discharge", _("限制生产不停止排污，其期间不从按日连续处罚中扣除。")
            )
        return told


class ExtendForm(asking.ReasonForm):
    """By how much, as it is decided: three months are the most (办法 §15)."""

    months = forms.IntegerField(
        label=_("延长期限（月）"),
        min_value=1,
        max_value=3,
        initial=3,
        help_text=_("情况复杂的可以延长，不超过三个月；自原期限届满次日起算。"),
    )


class DecideForm(forms.Form):
    reply = asking.text(_("对陈述申辩的复核意见"), _("没有陈述申辩的填“无”。"))
    waived = asking.yes(_("当事人已书面放弃陈述申辩和听证"))


class PlanForm(forms.Form):
    """Source of what a plan says: 办法 §16."""

    measures = asking.text(_("改正措施"))
    schedule = asking.text(_("工程进度"))
    funds = asking.words(_("资金保障"))
    responsible = asking.words(_("责任人员"))
    published = asking.words(_("向社会公开的网址或者媒体"))
    plan = asking.paper(_("整改方案"), required=True)
    late_why = asking.text(_("逾期备案的原因"), required=False)


class CompleteForm(forms.Form):
    """Source of what is handed in: 办法 §17."""

    finished_on = asking.day(_("完成整改日期"))
    done = asking.text(_("整改任务完成情况"))
    published = asking.words(_("整改信息公开的网址或者媒体"))
    report = asking.paper(_("监测报告"), required=True)
    power = asking.words(_("用电量：整改前与整改期间"))
    water = asking.words(_("用水量：整改前与整改期间"))
    output = asking.words(_("主要产品产量：整改前与整改期间"))
    late_why = asking.text(_("逾期备案的原因"), required=False)


class LookForm(forms.Form):
    happened = asking.happened(_("检查日期"))
    found = asking.text(_("检查情况"))
    late_why = asking.text(_("逾期检查的原因"), required=False)


class EndForm(forms.Form):
    reason = asking.one(_("自行终止的情形"), *_WHY_ENDED)
    why = asking.text(_("说明"))


def _kind(facts: Any) -> str:
    said = [event.said for event in facts.events if event.step == "propose"]
    return str(said[-1]["kind"]) if said else ""


def _ends(facts: Any) -> date | None:
    """The last day of a limit: so many months from its decision as were decided, and those by which it is lengthened."""
    decided, months = beijing_day(facts.now), int(facts.said.get("months") or 0)
    for each in facts.events:
        if each.step == "decide_limit":
            decided = beijing_day(each.at)
        elif each.step == "extend":
            months += int(
                each.said.get("months") or 3
            )  # those before it was asked had the law's three
    proposed = [each.said.get("months") for each in facts.events if each.step == "propose"][-1]
    return months_on(decided, int(proposed) + months) if proposed else None


def _of(kind: str, words: Any) -> Guard:
    return only_if(kind, lambda facts: _kind(facts) == kind, words, f"{_MEASURES} §5、§6")


def _spared(facts: Any) -> str:
    said = [event.said for event in facts.events if event.step == "propose"][-1]
    words = _(
        "该单位属于可以不实施停产整治的情形（办法第七条），请退回说明仍须实施的理由或者改用其他措施。"
    )
    return words if said["exempt"] != "none" and not said["discussed"] else ""


def _filed_in_time(facts: Any) -> str:
    """Fifteen working days from the day on which the party says it finished; late is taken with the reason."""
    finished, today = facts.said["finished_on"], beijing_day(facts.now)
    if finished > today:
        return _("完成整改日期不能晚于今天。")
    until = last_day("E27", finished, the_calendar())
    words = _("应于 %(day)s 前备案，现已逾期，请填写逾期备案的原因。") % {"day": until}
    return "" if today <= until or facts.said["late_why"] else words


IS_LIMIT = _of(_LIMIT, _("本案拟实施的是停产整治。"))
IS_STOP = _of(_STOP, _("本案拟实施的是限制生产。"))
NOTICE = Document("notice", _("限制生产（停产整治）事先告知书"), "production_notice.docx", number="penalty_notice", served=True)  # fmt: skip
DECISION = Document("decision", _("责令限制生产（停产整治）决定书"), "production_decision.docx", number="production_limit", served=True, published=True)  # fmt: skip
EXTENSION = Document(
    "extension",
    _("延长限制生产期限决定书"),
    "production_extension.docx",
    served=True,
    published=True,
)
RECEIPT = Document(
    "receipt", _("整改完成备案回执"), "production_receipt.docx", served=True, published=True
)
#: Source: 办法 §4.
PUBLISHED = published(DECISION, EXTENSION, RECEIPT)
_BOUND = ("decided", "running", "over", "lifted")
_DECIDED = (Notice(DESK, _("决定书须七个工作日内送达")),)

PRODUCTION_LIMIT = Procedure(
    code="production_limit", title=_("限制生产、停产整治"), edition="2015", basis=Basis(_MEASURES, "", date(2015, 1, 1)),
    folder=__package__, model="measures.Measure",
    grows_from=("clue", "inspection", "penalty_case", "sealing", "production_limit"),
    about=_("限制生产的期限由决定载明，不超过三个月，可延长一次，不超过三个月；停产整治至当事人完成整改并备案时解除。"),
    states=(
        State("draft", _("拟办")), State("deciding", _("待批准告知")), State("noticed", _("待送达告知书")),
        State("hearing", _("陈述申辩期")), State("decided", _("已决定，待送达")), State("running", _("限产停产中")),
        State("over", _("限产期满")), State("lifted", _("已解除，待跟踪检查")),
        State("closed", _("已办结"), end=True), State("relapsed", _("又违法"), end=True, about=_("又实施同一违法行为的，可报请停业、关闭（办法第八条）。")),
        State("voided", _("决定已被撤销")), State("revoked", _("已撤销"), end=True),
        State("terminated", _("自行终止"), end=True), State("dropped", _("不予实施"), end=True),
    ),
    begins="draft",
    steps=(
        Step("propose", _("报请限产、停产"), ("draft",), "deciding", PAIR, form=ProposeForm, guards=(ACT_BY_NOW,), notices=(Notice(HEADS, _("限产、停产待批准")),)),
        Step("notify", _("批准并告知"), ("deciding",), "noticed", head("propose", by=_PENALTY, everywhere=True), guards=(Guard("spared", _spared, f"{_MEASURES} §7"),),
             documents=(NOTICE,), notices=(Notice(DESK, _("事先告知书待送达")),)),
        Step("send_back", _("退回修改"), ("deciding",), "draft", head("propose"), form=asking.ReasonForm),
        Step("served_notice", _("告知书已送达"), ("noticed",), "hearing", OFFICER, form=asking.served("notice"),
             notices=(Notice(("party",), _("拟责令限产、停产，五个工作日内可陈述申辩或者申请听证")),)),
        Step("speak", _("陈述申辩"), ("hearing",), "", FIRM, form=SpokenForm, guards=(ASKED_IN_TIME,), notices=(Notice(TOLD, _("当事人已陈述申辩")),)),
        Step("silent", _("陈述申辩期满"), ("hearing",), "", PLATFORM),
        hold_hearing("hearing"),
        Step("decide_limit", _("决定限制生产"), ("hearing",), "decided", head("propose", by=_PENALTY, everywhere=True), form=DecideForm,
             guards=(IS_LIMIT, heard_out("notice", "E06"), HEARD_AS_ASKED), documents=(DECISION,), notices=_DECIDED),
        Step("decide_stop", _("决定停产整治"), ("hearing",), "decided", head("propose", by=_PENALTY, everywhere=True), form=DecideForm,
             guards=(IS_STOP, heard_out("notice", "E06"), HEARD_AS_ASKED), documents=(DECISION,), notices=_DECIDED),
        Step("drop", _("不予实施"), ("deciding", "noticed", "hearing"), "dropped", head("propose"), form=asking.ReasonForm),
        Step("served", _("决定书已送达"), ("decided",), "running", OFFICER, form=asking.served("decision"),
             notices=(Notice(("party",), _("请立即整改，十五个工作日内将整改方案备案并公开")),)),
        Step("file_plan", _("整改方案备案"), ("running",), "", FIRM, form=PlanForm, guards=(late_needs_reason("plan"),),
             notices=(Notice(TOLD, _("整改方案已备案")),)),
        Step("inspect", _("后督察"), ("running",), "", PAIR, form=LookForm),
        Step("extend", _("延长限制生产"), ("running",), "", head("propose"), form=ExtendForm, guards=(IS_LIMIT,),
             documents=(EXTENSION,),
             notices=(Notice(("party",), _("限制生产期限已延长")),)),
        Step("complete", _("整改完成备案"), ("running", "over"), "lifted", FIRM, form=CompleteForm, guards=(Guard("filed_in_time", _filed_in_time, f"{_MEASURES} §17"),),
             documents=(RECEIPT,),
             notices=(Notice(("party", *TOLD), _("整改完成已备案，限产停产自备案之日解除；三十日内跟踪检查")),)),
        Step("expire", _("限制生产期满"), ("running",), "over", PLATFORM, notices=(Notice(("party", *TOLD), _("限制生产期满，尚未完成整改备案")),)),
        Step("look_good", _("跟踪检查：未再违法"), ("lifted",), "closed", PAIR, form=LookForm, guards=(late_needs_reason("follow_up"), PUBLISHED)),
        Step("look_bad", _("跟踪检查：又违法"), ("lifted",), "relapsed", PAIR, form=LookForm, guards=(late_needs_reason("follow_up"), PUBLISHED),
             notices=(Notice(HEADS, _("跟踪检查发现又违法")),)),
        Step("terminate", _("自行终止"), ("running", "over"), "terminated", head(), form=EndForm, guards=(PUBLISHED,)),
        *publishing(
            (DECISION, EXTENSION, RECEIPT), (*_BOUND, "voided", "closed", "relapsed", "terminated"),
            _("决定作出后七个工作日内公开决定；延期和解除的日期同样公开（限产停产办法第四条）。"),
        ),
        Step("overturned", _("决定被撤销"), _BOUND, "voided", OFFICER, form=RulingForm, guards=(by_now("ruled_on"),),
             notices=(Notice(("party", *TOLD), _("限产停产决定已被撤销")),), about=_("复议、诉讼撤销的；已公开的决定须在三个工作日内撤回，并说明理由。")),
        Step("close_voided", _("因撤销办结"), ("voided",), "revoked", head(), form=asking.ReasonForm, guards=(PUBLISHED,)),
    ),
    clocks=(
        Clock("speak", _("陈述申辩、听证申请期限"), "E06", said_on=asking.HAPPENED, starts=("served_notice",), ends=("speak",), duty="party", expires="silent", lapses=True),
        Clock("serve", _("决定书送达期限"), "E24", said_on=asking.HAPPENED, starts=("decide_limit", "decide_stop"), ends=("served", "overturned")),
        Clock("term", _("限制生产期限"), "E25", until=_ends, said_on=asking.HAPPENED, starts=("decide_limit",), ends=("complete", "terminate", "overturned"), extends={"extend": "longer"},
              duty="party", expires="expire"),
        Clock("plan", _("整改方案备案期限"), "E26", said_on=asking.HAPPENED, starts=("served",), ends=("file_plan", "complete"), duty="party", lapses=True),
        Clock("follow_up", _("跟踪检查期限"), "E28", said_on=asking.HAPPENED, starts=("complete",), ends=("look_good", "look_bad", "overturned")),
        publish_clock("publish", _("信息公开期限"), "E16", ("decide_limit", "decide_stop")),
        publish_clock("publish_extension", _("延期公开期限"), "E16", ("extend",), "extension"),
        publish_clock("publish_lifting", _("解除公开期限"), "E16", ("complete",), "receipt"),
        unpublish_clock(_("撤回公开期限"), ("overturned",), DECISION),
    ),
    party=PartyView(
        since=("served_notice",), states=("hearing", "running", "over", "lifted", "closed", "relapsed", "terminated", "voided", "revoked"),
        steps={
            "served_notice": (asking.HAPPENED,), "speak": asked_by(SpokenForm), "silent": (), "hold_hearing": ("held_on",), "served": (asking.HAPPENED,),
            "file_plan": asked_by(PlanForm), "extend": (), "complete": asked_by(CompleteForm), "expire": (),
            "look_good": (asking.HAPPENED,), "look_bad": (asking.HAPPENED,), "terminate": ("reason",),
            "publish": ("published_on",), "unpublish": (), "overturned": ("ruled_on", "ruling"), "close_voided": (),
        },
        clocks=("speak", "term", "plan"), documents=("notice", "decision", "extension"), at_once=("receipt",),
    ),
)  # fmt: skip
