"""What is asked from the clue to filing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.lenience.told import observation_words
from zhihuan.bureau.matters.models import Matter
from zhihuan.lines.enforcement.forms.fields import WhyForm, day, line, moment, paper, text, yes
from zhihuan.lines.enforcement.forms.identity import PartyQuestions
from zhihuan.lines.enforcement.forms.leniency import rule_text
from zhihuan.lines.enforcement.found import filing_elsewhere
from zhihuan.lines.enforcement.models import PenaltyCase

__all__ = [
    "AskFilingForm",
    "ClueForm",
    "FileForm",
    "InspectionForm",
    "MinorForm",
    "ObserveForm",
    "QuestionForm",
    "ResultsForm",
    "TransferForm",
]


class ClueForm(PartyQuestions):
    """A clue, written down at once, and who is suspected. Where the case grew out of one, the day it was found stands there."""

    source = forms.ChoiceField(label=_("线索来源"), choices=PenaltyCase.Source.choices)
    found_on = day(
        _("发现日期"), _("立案期限由此起算（起点待核）；由线索发起的，为该线索的发现日期。")
    )
    act_from = day(_("行为开始日期"), required=False)
    act_until = day(_("行为终了日期"), _("行为仍在持续的不填。"), required=False)
    has_harm = yes(
        _("造成环境污染、生态破坏等危害后果"), _("行为终了于法典施行后的，追责时效为五年。")
    )
    what = text(_("线索内容"))
    field_order = ("source", "found_on", "act_from", "act_until", "has_harm", "what", "party_kind")

    def __init__(self, *args: Any, matter: Matter, **more: Any) -> None:
        origin = filing_elsewhere(matter)
        known = {"found_on": beijing_day(origin.began_at)} if origin is not None else {}
        super().__init__(*args, matter=matter, initial=known, **more)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        begun, ended = told.get("act_from"), told.get("act_until")
        if begun and ended and ended < begun:
            self.add_error("act_until", _now("行为终了日期不能早于开始日期。"))
        return told


class InspectionForm(forms.Form):
    """An inspection on the spot. Source: 行政处罚法 §55; 生态环境行政处罚办法 §25."""

    begun_at = moment(_("检查开始时间"))
    ended_at = moment(_("检查结束时间"))
    place = line(_("检查地点"), max_length=200)
    identity_shown = yes(_("已出示执法证件，告知回避权利和配合义务"), required=True)
    met = line(_("被检查人（现场负责人）"), required=False)
    found = text(_("现场情况"))
    refused_to_sign = text(_("拒绝签名的，写明原因和见证人"), required=False)
    record = paper(_("签名的笔录（照片、扫描件）"))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        begun, ended = told.get("begun_at"), told.get("ended_at")
        if begun and ended and ended <= begun:
            self.add_error("ended_at", _now("结束时间须晚于开始时间。"))
        if not told.get("record") and not told.get("refused_to_sign"):
            self.add_error("record", _now("请附签名的笔录；被检查人拒绝签名的，写明原因和见证人。"))
        return told


class QuestionForm(forms.Form):
    """An interview."""

    asked_at = moment(_("询问时间"))
    place = line(_("询问地点"), max_length=200)
    person = line(_("被询问人"))
    duty = line(_("身份、职务"))
    identity_shown = yes(_("已出示执法证件，告知回避权利和如实回答义务"), required=True)
    answers = text(_("询问内容"), max_length=8000)
    record = paper(_("签名的笔录（照片、扫描件）"))


class ResultsForm(forms.Form):
    """Results of monitoring or an appraisal, told to the party."""

    report = line(_("报告名称与编号"))
    told_on = day(_("告知当事人日期"))
    objection = text(_("当事人异议"), required=False)


class AskFilingForm(forms.Form):
    """The four conditions of filing. Source: 生态环境行政处罚办法 §18."""

    case_type = line(_("案由"))
    evidence = text(_("涉嫌违法的事实与初步证据"))
    is_punishable = yes(_("依法应当或者可以给予行政处罚"), required=True)
    is_ours = yes(_("属于本机关管辖"), required=True)
    is_in_time = yes(_("违法行为未超过追责时效"), required=True)
    endangers_life = yes(
        _("危害后果涉及公民生命健康安全"),
        _(
            "行为终了于生态环境法典施行（2026-08-15）之前的，有此情形追责时效方为五年（行政处罚法第三十六条）。"
        ),
    )
    law_broken = text(_("涉嫌违反的规定"))


class FileForm(forms.Form):
    """Approval; a case filed too late says why."""

    opinion = text(_("审批意见"), required=False)
    late_reason = text(
        _("逾期立案原因"), _("超过十五日（经批准延长为三十日）立案的须填写。"), required=False
    )


class MinorForm(forms.Form):
    """A trifle, corrected on the spot."""

    conduct = text(_("轻微违法行为"))
    corrected = text(_("当场改正情况"))
    education = text(_("教育内容"))


class ObserveForm(WhyForm):
    """Why an act is watched first; the city's scheme, with what of it is not confirmed, stands beside."""

    rule = rule_text(_("执法观察期规定（现行）"))
    field_order = ("rule", "why")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial["rule"] = observation_words(timezone.localdate())


class TransferForm(WhyForm):
    """To whom a case is handed over."""

    to = line(_("移送机关"))
