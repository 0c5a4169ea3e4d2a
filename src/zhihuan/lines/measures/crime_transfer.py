"""移送涉嫌环境犯罪: decided by the leader in three days, handed over in twenty-four hours, copied to the procuratorate.

The police decide in three days; thirty where the case is hard. If they file no case the bureau may ask them to
look again, and the procuratorate to see to it; else the case comes back and is punished as before. Fines and
detentions that were suffered already are set off in the end (法典 §1058; 行政处罚法 §35).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock import Basis
from zhihuan.bureau.matters.declaration import (
    Clock,
    Document,
    Notice,
    Procedure,
    State,
    Step,
)
from zhihuan.lines.measures import asking
from zhihuan.lines.measures.hands import DESK, OFFICER, PAIR, PLATFORM, TOLD, head, leader
from zhihuan.lines.measures.waiting import ACT_BY_NOW, late_needs_reason

_MEASURES = "环境保护行政执法与刑事司法衔接工作办法（环环监〔2017〕17号）"
_CRIMES = (
    ("338", _("污染环境罪（刑法第三百三十八条）")), ("339", _("非法处置、擅自进口固体废物罪（刑法第三百三十九条）")),
    ("286", _("破坏计算机信息系统罪（刑法第二百八十六条）")), ("229", _("提供虚假证明文件罪（刑法第二百二十九条）")),
    ("other", _("其他")),
)  # fmt: skip
#: Source: 办法 §6.
MATERIALS = (
    ("letter", _("案件移送书（附移送材料清单）")), ("report", _("案件调查报告")),
    ("records", _("现场检查笔录、询问笔录、勘验图、采样记录")), ("items", _("涉案物品清单")),
    ("media", _("现场照片、录音录像资料及清单")), ("expert", _("监测、检验报告或者认定意见")),
    ("other", _("其他材料（已处罚的附处罚决定书）")),
)  # fmt: skip
_MAY_LACK = {"other"}


class ReportForm(forms.Form):
    """The written report of the two or more who looked into it (移送规定 §5)."""

    act_on = asking.day(_("违法行为日期"))
    crime = asking.one(_("涉嫌罪名"), *_CRIMES)
    facts = asking.text(_("涉嫌犯罪的事实"))
    evidence = asking.text(
        _("证据"), _("实施行政执法的主体与程序合法，有合法证据证明有涉嫌犯罪的事实。")
    )
    suspects = asking.text(_("犯罪嫌疑人基本情况"))
    fined = asking.money(_("已处罚款（元）"), required=False)


class HandOverForm(forms.Form):
    happened = asking.moment(_("移交时间"))
    police = asking.words(_("接收的公安机关"))
    materials = asking.many(_("移交的材料"), *MATERIALS)
    procuratorate = asking.words(_("抄送的人民检察院"), _("移送书须抄送同级人民检察院。"))
    late_why = asking.text(_("逾期移交的原因"), required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        given = set(told.get("materials", ()))
        lacking = [str(title) for code, title in MATERIALS if code not in given | _MAY_LACK]
        if given and lacking:
            self.add_error("materials", _("还缺：%(papers)s。") % {"papers": "、".join(lacking)})
        return told


class ReceivedForm(forms.Form):
    happened = asking.happened(_("接受案件日期"))
    number = asking.words(_("接受案件回执文号"))


class ToldForm(forms.Form):
    happened = asking.happened(_("收到日期"))
    number = asking.words(_("文书文号"), required=False)
    why = asking.text(_("内容"))


class GivenForm(forms.Form):
    happened = asking.happened(_("办理日期"))
    given = asking.text(_("补正、移交或者提出的内容"))


class JudgedForm(forms.Form):
    """What the court said, and what of it is suffered already."""

    happened = asking.happened(_("裁判生效日期"))
    result = asking.text(_("裁判结果"))
    criminal_fine = asking.money(_("罚金（元）"))
    paid = asking.money(_("已缴罚款（元）"))
    sentence_days = forms.IntegerField(label=_("拘役或者有期徒刑（日）"), min_value=0)
    detained_days = forms.IntegerField(label=_("已执行行政拘留（日）"), min_value=0)
    offset = asking.derived(_("罚款折抵罚金（元）"), forms.DecimalField)
    fine_left = asking.derived(_("折抵后罚金（元）"), forms.DecimalField)
    days_offset = asking.derived(_("拘留折抵刑期（日）"), forms.IntegerField)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if not self.errors:
            money = offset(told["paid"], told["criminal_fine"])
            days = min(told["detained_days"], told["sentence_days"])
            left = told["criminal_fine"] - money
            told |= {"offset": money, "fine_left": left, "days_offset": days}
        return told


def offset(paid: Decimal, criminal_fine: Decimal) -> Decimal:
    """How much of the criminal fine a fine already paid takes away [yuan]: never more than there is."""
    return min(paid, criminal_fine)


LETTER = Document(
    "letter", _("涉嫌环境犯罪案件移送书"), "crime_letter.docx", number="transfer_letter"
)

CRIME_TRANSFER = Procedure(
    code="crime_transfer", title=_("移送涉嫌环境犯罪"), edition="2017", basis=Basis(_MEASURES, "", date(2017, 1, 25)),
    folder=__package__, model="measures.Measure",
    grows_from=("clue", "inspection", "penalty_case", "special_team"),
    about=_("负责人三日内决定；批准后二十四小时内移交公安机关并抄送检察院。不得以行政处罚代替移送。"),
    states=(
        State("draft", _("核实")), State("deciding", _("待负责人决定")), State("approved", _("已批准，待移交")),
        State("handed", _("已移交")), State("received", _("公安机关审查中")), State("correcting", _("补正材料")),
        State("filed", _("已立案侦查")), State("not_filed", _("不予立案")),
        State("judged", _("已裁判"), end=True), State("returned", _("退回行政处理"), end=True), State("refused", _("不批准移送"), end=True),
    ),
    begins="draft",
    steps=(
        Step("report", _("提出移送报告"), ("draft",), "deciding", PAIR, form=ReportForm, guards=(ACT_BY_NOW,),
             documents=(Document("crime_report", _("涉嫌环境犯罪案件调查报告"), "crime_report.docx", inner=True),)),
        Step("send_back", _("退回核实"), ("deciding",), "draft", leader("report", by=_MEASURES), form=asking.ReasonForm),
        Step("approve", _("批准移送"), ("deciding",), "approved", leader("report", by=_MEASURES), documents=(LETTER,),
             notices=(Notice(TOLD, _("已批准移送涉嫌犯罪案件，二十四小时内移交")),)),
        Step("refuse", _("不批准移送"), ("deciding",), "refused", leader("report", by=_MEASURES), form=asking.ReasonForm, about=_("不予批准的理由记录在案。")),
        Step("hand_over", _("移交材料"), ("approved",), "handed", OFFICER, form=HandOverForm, guards=(late_needs_reason("hand_over"),),
             documents=(Document("list", _("移送材料清单"), "crime_list.docx"),)),
        Step("receive", _("公安机关接受案件"), ("handed",), "received", OFFICER, form=ReceivedForm),
        Step("ask_more", _("公安机关告知补正"), ("received",), "correcting", OFFICER, form=ToldForm),
        Step("supplement", _("补正材料"), ("correcting",), "received", OFFICER, form=GivenForm),
        Step("extend", _("公安机关延长审查"), ("received", "correcting"), "", OFFICER, form=asking.ReasonForm, about=_("重大疑难复杂的，可自受案之日起三十日内决定。")),
        Step("file", _("公安机关立案"), ("received", "not_filed"), "filed", OFFICER, form=ToldForm, notices=(Notice(TOLD, _("公安机关已立案，三日内移交涉案物品")),)),
        Step("not_file", _("公安机关不予立案"), ("received",), "not_filed", OFFICER, form=ToldForm, notices=(Notice(TOLD, _("公安机关不予立案，可三个工作日内申请复议")),)),
        Step("hand_items", _("移交涉案物品"), ("filed",), "", OFFICER, form=GivenForm),
        Step("ask_review", _("申请公安机关复议"), ("not_filed",), "", head(), form=GivenForm),
        Step("no_review", _("复议申请期届满"), ("not_filed",), "", PLATFORM),
        Step("ask_procurator", _("建议检察院立案监督"), ("received", "not_filed"), "", head(), form=GivenForm),
        Step("judge", _("收到生效裁判"), ("filed",), "judged", OFFICER, form=JudgedForm,
             documents=(Document("offset", _("罚款、拘留折抵说明"), "crime_offset.docx"),)),
        Step("take_back", _("退回行政处理"), ("filed", "not_filed"), "returned", head(), form=asking.ReasonForm,
             notices=(Notice(DESK, _("案件退回，依法作出行政处理")),), about=_("不予立案、撤销案件、不起诉或者免予刑事处罚，依法应当处罚的，恢复行政处罚。")),
    ),
    clocks=(
        Clock("decide", _("决定移送期限"), "E34", said_on=asking.HAPPENED, starts=("report",), ends=("approve", "refuse", "send_back")),
        Clock("hand_over", _("移交材料期限"), "E35", said_on=asking.HAPPENED, starts=("approve",), ends=("hand_over",)),
        Clock("answer", _("公安机关立案审查期限"), "E36", said_on=asking.HAPPENED, starts=("receive",), ends=("file", "not_file"), duty="other", extends={"extend": "hard"}),
        Clock("supplement", _("补正期限"), "E52", said_on=asking.HAPPENED, starts=("ask_more",), ends=("supplement",), lapses=True),
        Clock("items", _("移交涉案物品期限"), "E53", said_on=asking.HAPPENED, starts=("file",), ends=("hand_items",), lapses=True),
        Clock("review", _("申请复议期限"), "E54", said_on=asking.HAPPENED, starts=("not_file",), ends=("ask_review", "file"), expires="no_review", lapses=True),
    ),
)  # fmt: skip
