"""按日连续处罚: one round, from the re-check that found the party still at it to the fine.

It grows out of an order to correct that was not followed. The fine is reckoned from what that order's
matter says (``reckoning``), told to the party, and decided after its time to speak. A re-check that finds the
party still at it brings a new order, and that order's re-check a new round: as often as need be (办法 §18).
It is contested in this matter (``contested_fine``). What is not paid goes on as any fine does: a penalty case grows out of
this matter and takes the fine over, with what became of it by review or lawsuit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
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
)
from zhihuan.bureau.matters.engine.calendar import the_calendar
from zhihuan.bureau.matters.engine.forms import MatterForm
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.matters.party_view import asked_by
from zhihuan.bureau.remedies.course import CHANGED, UPHELD
from zhihuan.lines.measures import asking
from zhihuan.lines.measures.contested_fine import CONTEST_CLOCKS, CONTESTING, OVERDUE, OVERTURNED
from zhihuan.lines.measures.hands import (
    DESK,
    FIRM,
    HEADS,
    OFFICER,
    PAIR,
    PLATFORM,
    TOLD,
    head,
    leader,
)
from zhihuan.lines.measures.hearing import (
    ASKED_IN_TIME,
    HEARD_AS_ASKED,
    SpokenForm,
    hold_hearing,
)
from zhihuan.lines.measures.law import law_of
from zhihuan.lines.measures.models import Measure
from zhihuan.lines.measures.publishing import (
    publish_clock,
    published,
    publishing,
    unpublish_clock,
)
from zhihuan.lines.measures.reckoning import (
    FineRefusedError,
    Reckoned,
    Round,
    Standstill,
    reckon_fine,
)
from zhihuan.lines.measures.waiting import by_now, heard_out, last_day
from zhihuan.standards.article import in_words
from zhihuan.standards.derivation import Basis as Cited

_MEASURES = "环境保护主管部门实施按日连续处罚办法（部令第28号）"
#: Who is in charge looks at what others investigated and reviewed.
_PENALTY = "行政处罚法 §§57、58"
#: Source: 办法 §5; what the province adds: 广东省环境保护条例 §79.
_ACTS = (
    ("over", _("超过排放标准或者总量控制指标排放污染物")), ("evasion", _("以逃避监管的方式排放污染物")),
    ("forbidden", _("排放法律、法规禁止排放的污染物")), ("dumping", _("违法倾倒危险废物")),
    ("discharge", _("其他违法排放污染物行为")),
    ("gd_facility", _("擅自拆除、闲置防治污染设施（广东省条例）")),
    ("gd_disclosure", _("重点排污单位不公开或者不如实公开环境信息（广东省条例）")),
    ("gd_central", _("污染物集中处理单位不正常运行或者擅自停运（广东省条例）")),
    ("gd_build", _("未批先建（广东省条例）")),
)  # fmt: skip
_REFUSED = (("still", _("复查发现仍在继续违法")), ("obstructed", _("拒绝、阻挠复查")))


class ProposeForm(MatterForm):
    """What the round rests on; the fine is reckoned from it and not typed."""

    act = asking.one(_("违法行为种类"), *_ACTS)
    penalty_number = asking.words(_("原处罚决定书文号"))
    penalty_on = asking.day(_("原处罚决定日期"))
    original = asking.money(_("原处罚数额（元）"))
    order_number = asking.words(_("责令改正违法行为决定书文号"))
    served_on = asking.day(_("责令改正违法行为决定书送达日期"))
    act_on = asking.day(_("复查日期"), _("送达之日起三十日内，以暗查方式进行。"))
    refused = asking.one(_("拒不改正的情形"), *_REFUSED)
    facts = asking.text(_("拒不改正的事实和证据"))
    spared = asking.many(_("扣除的期间（因查封、停产等停止违法排污）"), required=False)
    why_counted = asking.text(
        _("不扣除的理由"),
        _("列出的期间未全部扣除的，写明查封、停产期间仍在违法排污的证据。"),
        required=False,
    )
    earlier_days = forms.IntegerField(label=_("此前各次已计罚日数"), min_value=0, initial=0)
    days = asking.derived(_("计罚日数"), forms.IntegerField)
    amount = asking.derived(_("罚款数额（元）"), forms.DecimalField)
    first = asking.derived(_("计罚起始日"), forms.DateField)
    derivation, law = asking.derived(_("计算过程")), asking.derived(_("适用法律"))

    def __init__(self, *args: Any, matter: Matter, **more: Any) -> None:
        more.setdefault("initial", dict(_ordered(matter)))
        super().__init__(*args, matter=matter, **more)
        field: Any = self.fields["spared"]
        self.standing = {str(each.pk): each for each in _standing(matter)}
        field.choices = [(pk, _standstill(each).what) for pk, each in self.standing.items()]
        field.initial = list(self.standing)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if self.errors:
            return told
        if told["penalty_on"] > told["act_on"]:
            self.add_error(
                "penalty_on",
                _("按日连续处罚针对受到罚款处罚后仍不改正的行为，请核对原处罚决定日期。"),
            )
        counted = set(self.standing) - set(told["spared"])
        if any(self._overlaps(self.standing[pk]) for pk in counted) and not told["why_counted"]:
            self.add_error(
                "why_counted", _("查封、停产停止违法排污的日数不计罚；不扣除的请写明理由。")
            )
        try:
            told |= _plain(self._reckoned(told), told)
        except FineRefusedError as error:
            self.add_error("act_on", str(error))
        return told

    def _reckoned(self, told: dict[str, Any]) -> Reckoned:
        check_by = last_day("E30", told["served_on"], the_calendar())
        standstills = [_standstill(self.standing[pk]) for pk in told["spared"]]
        law = Cited.of(law_of("daily_fine", told["act_on"]), decides="按日连续处罚")
        law = replace(law, clause=in_words(law.clause))  # the sheet is a paper of the file
        return reckon_fine(
            told["original"],
            Round(told["served_on"], told["act_on"], check_by),
            standstills,
            (law,),
        )

    def _overlaps(self, each: Measure) -> bool:
        told, until = self.cleaned_data, each.in_force_until
        assert each.in_force_from is not None  # noqa: S101 - ``_standing`` asks for it
        return each.in_force_from <= told["act_on"] and (until is None or until > told["served_on"])


class DecideForm(forms.Form):
    reply = asking.text(_("对陈述申辩、听证意见的复核"), _("没有的填“无”。"))
    discussed = asking.text(_("集体讨论情况"))
    waived = asking.yes(_("当事人已书面放弃陈述申辩和听证"))


class PaidForm(forms.Form):
    happened = asking.happened(_("缴款日期"))
    receipt = asking.words(_("缴款凭证号"))


def _standing(matter: Matter) -> Iterator[Measure]:
    """Measures that stop or stopped the party's discharge, the earliest first."""
    if matter.party_id is None:
        return iter(())
    found = Measure.objects.filter(party=matter.party_id, stops_discharge=True)
    return iter(found.filter(in_force_from__isnull=False).order_by("in_force_from", "pk"))


def _standstill(each: Measure) -> Standstill:
    assert each.in_force_from is not None  # noqa: S101 - ``_standing`` asks for it
    until = each.in_force_until
    words = f"{each.title}（{each.in_force_from} 至 {until or '今'}）"
    return Standstill(words, each.in_force_from, until)


def _ordered(matter: Matter) -> Iterator[tuple[str, Any]]:
    """What the order it grew out of tells: when it was served, by which number, and when it was checked."""
    links = matter.links.filter(kind="spawned_by", other__procedure="correction_order")
    link = links.select_related("other").order_by("-pk").first()
    if link is None:
        return
    yield from _punished(link.other)
    for event in link.other.events.order_by("number"):
        if event.step == "served":
            yield "served_on", event.said.get("happened")
        elif event.step == "check_not":
            yield "act_on", event.said.get("happened")
        elif event.step == "decide" and (made := event.documents.first()):
            yield "order_number", str(made.number)


def _punished(order: Matter) -> Iterator[tuple[str, Any]]:
    """What the case tells out of which the order grew: number, day and amount of the penalty."""
    links = order.links.filter(kind="spawned_by", other__procedure="penalty_case")
    link = links.select_related("other").order_by("-pk").first()
    event = link.other.events.filter(step="decide").order_by("-number").first() if link else None
    if link is None or event is None:
        return
    made = event.documents.select_related("number").first()
    fined = link.other.events.filter(step__in=("decide", *CHANGED)).order_by("number").last()
    yield "penalty_on", beijing_day(event.at)
    yield "original", fined.said.get("fine") if fined is not None else None
    yield "penalty_number", str(made.number) if made is not None and made.number else ""


def _penalty_of(fine: Matter) -> Matter | None:
    """The case of the original penalty, where order and fine grew out of one."""
    for procedure in ("correction_order", "penalty_case"):
        links = fine.links.filter(kind="spawned_by", other__procedure=procedure)
        link = links.select_related("other").order_by("-pk").first()
        if link is None:
            return None
        fine = link.other
    return fine


def _penalty_stands(facts: Any) -> str:
    case = _penalty_of(facts.matter)
    if case is None or not case.events.filter(step="overturned").exists():
        return ""
    return _("原处罚决定已被撤销，不能按日连续处罚。")


def _plain(reckoned: Reckoned, told: dict[str, Any]) -> dict[str, Any]:
    return {
        "days": reckoned.days,
        "amount": reckoned.amount,
        "first": reckoned.first,
        "derivation": reckoned.derivation.text(),
        "law": law_of("daily_fine", told["act_on"]).text,
    }


STANDS = Guard("penalty_stands", _penalty_stands, f"{_MEASURES} §5")
NOTICE = Document("notice", _("按日连续处罚事先（听证）告知书"), "daily_fine_notice.docx", number="penalty_hearing_notice", served=True)  # fmt: skip
DECISION = Document("decision", _("按日连续处罚决定书"), "daily_fine_decision.docx", number="daily_penalty_decision", served=True, published=True)  # fmt: skip
PUBLISHED = published(DECISION, changed=CHANGED)

DAILY_FINE = Procedure(
    code="daily_fine", title=_("按日连续处罚"), edition="2015", basis=Basis(_MEASURES, "", date(2015, 1, 1)),
    folder=__package__, model="measures.Measure",
    grows_from=("correction_order",),
    about=_("复查仍拒不改正的，自责令改正送达次日起至复查之日止，按原处罚数额按日连续处罚；同时须再次责令改正。"),
    states=(
        State("draft", _("拟办")), State("reviewing", _("待审查告知")), State("noticed", _("待送达告知书")),
        State("hearing", _("陈述申辩、听证期")), State("decided", _("已决定，待送达")), State("paying", _("待缴款")),
        State("settled", _("已缴清，待办结")), State("paid", _("已缴清"), end=True), State("enforcing", _("转入催告和强制执行"), end=True),
        State("dropped", _("不予按日处罚"), end=True), State("contested", _("复议、诉讼")), State("overturned", _("决定已被撤销"), end=True),
    ),
    begins="draft",
    steps=(
        Step("propose", _("提出按日连续处罚"), ("draft",), "reviewing", PAIR, form=ProposeForm,
             guards=(by_now("act_on", "served_on", "penalty_on"), STANDS),
             documents=(Document("sheet", _("按日连续处罚计算表"), "daily_fine_sheet.docx"),), notices=(Notice(HEADS, _("按日连续处罚待审查")),)),
        Step("send_back", _("退回修改"), ("reviewing",), "draft", head("propose"), form=asking.ReasonForm),
        Step("notify", _("审查并告知"), ("reviewing",), "noticed", head("propose", by=_PENALTY, everywhere=True), documents=(NOTICE,), notices=(Notice(DESK, _("按日连续处罚告知书待送达")),)),
        Step("served_notice", _("告知书已送达"), ("noticed",), "hearing", OFFICER, form=asking.served("notice"),
             notices=(Notice(("party",), _("拟按日连续处罚，五个工作日内可陈述申辩或者申请听证")),)),
        Step("speak", _("陈述申辩、听证"), ("hearing",), "", FIRM, form=SpokenForm, guards=(ASKED_IN_TIME,), notices=(Notice(TOLD, _("当事人已陈述申辩")),)),
        Step("silent", _("陈述申辩期满"), ("hearing",), "", PLATFORM),
        hold_hearing("hearing"),
        Step("decide", _("决定按日连续处罚"), ("hearing",), "decided", leader("propose", "notify", by=_PENALTY, everywhere=True), form=DecideForm,
             guards=(heard_out("notice", "E06"), HEARD_AS_ASKED, STANDS), documents=(DECISION,), notices=(Notice(DESK, _("按日连续处罚决定书待送达")),)),
        Step("drop", _("不予按日处罚"), ("reviewing", "noticed", "hearing"), "dropped", head("propose"), form=asking.ReasonForm),
        Step("served", _("决定书已送达"), ("decided",), "paying", OFFICER, form=asking.served("decision"),
             notices=(Notice(("party",), _("按日连续处罚决定书已送达，请十五日内缴纳罚款")),)),
        Step("pay", _("缴清罚款"), ("paying",), "settled", OFFICER, form=PaidForm),
        Step("close", _("办结"), ("settled",), "paid", head(), form=asking.ReasonForm, guards=(PUBLISHED,)),
        Step("enforce", _("逾期不缴，转入催告"), ("paying",), "enforcing", head(), form=asking.ReasonForm, guards=(OVERDUE, PUBLISHED),
             about=_("之后由本事项发起行政处罚案件，接续催告和强制执行。")),
        *CONTESTING,
        Step("remedies_over", _("复议、诉讼期满"), ("paying", "settled", "contested"), "", PLATFORM),
        Step("close_overturned", _("因撤销办结"), ("contested",), "overturned", head(), form=asking.ReasonForm, guards=(OVERTURNED, PUBLISHED),
             about=_("已缴的罚款依法退还。")),
        *publishing(
            (DECISION,), ("decided", "paying", "settled", "paid", "contested", "enforcing"),
            _("决定作出后七个工作日内公开决定；责令改正违法行为决定一并公开（按日连续处罚办法第四条）。"),
        ),
    ),
    clocks=(
        Clock("speak", _("陈述申辩、听证申请期限"), "E06", said_on=asking.HAPPENED, starts=("served_notice",), ends=("speak",), duty="party", expires="silent", lapses=True),
        Clock("serve", _("决定书送达期限"), "E09", said_on=asking.HAPPENED, starts=("decide",), ends=("served",)),
        Clock("pay", _("缴款期限"), "E10", said_on=asking.HAPPENED, starts=("served", "upheld_in_time", "changed_in_time"),
              ends=("pay", "enforce", "contest"), duty="party"),
        *CONTEST_CLOCKS,
        publish_clock("publish", _("信息公开期限"), "E16", ("decide",)),
        unpublish_clock(_("撤回公开期限"), ("overturned", *CHANGED), DECISION),
    ),
    party=PartyView(
        since=("served_notice",), states=("hearing", "paying", "settled", "paid", "contested", "overturned"),
        steps={
            "served_notice": (asking.HAPPENED,), "speak": asked_by(SpokenForm), "silent": (), "hold_hearing": ("held_on",), "served": (asking.HAPPENED,),
            "pay": asked_by(PaidForm), "enforce": (), "contest": ("kind", "filed_on", "body"),
            **dict.fromkeys((*UPHELD, "overturned"), ("ruled_on", "ruling")),
            **dict.fromkeys(CHANGED, ("ruled_on", "ruling", "fine")), "remedies_over": (), "close": (), "close_overturned": (),
            "publish": ("published_on",), "unpublish": (),
        },
        clocks=("speak", "pay", "contest", "sue"), documents=("notice", "decision"),
    ),
)  # fmt: skip
