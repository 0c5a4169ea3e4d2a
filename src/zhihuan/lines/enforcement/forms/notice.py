"""What is asked from the notice to the end of the party's being heard."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.lenience.apology import DUTIES, exclusions, judge_apology
from zhihuan.bureau.lenience.told import apology_words, judgement_words
from zhihuan.bureau.matters.engine.forms import MatterForm
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.people.models import Organisation, RoleGrant, User
from zhihuan.bureau.people.roles import CASE_REVIEWER, LEGAL_REVIEWER
from zhihuan.lines.enforcement.forms.fields import (
    ServedForm,
    WhyForm,
    day,
    gains,
    goods,
    kinds,
    law,
    line,
    moment,
    money,
    paper,
    text,
    yes,
)
from zhihuan.lines.enforcement.forms.investigation import agreed, confiscated
from zhihuan.lines.enforcement.forms.leniency import derived_text, rule_text

__all__ = [
    "AcceptApologyForm",
    "ApologyForm",
    "AskHearingForm",
    "DropHearingForm",
    "HearingForm",
    "HearingNoticeForm",
    "HearingReportForm",
    "NoticeServedForm",
    "NotifyForm",
    "ReplyForm",
    "StatementForm",
    "carried",
    "issuer_field",
]


def carried(matter: Matter, names: dict[str, str], *steps: str) -> dict[str, Any]:
    """What the newest of these steps was told, under the names of this form."""
    event = matter.events.filter(step__in=steps).order_by("number").last()
    said = event.said if event is not None else {}
    return {name: said[other] for name, other in names.items() if said.get(other)}


def issuer_field() -> forms.ModelChoiceField:  # type: ignore[type-arg]
    """In whose name the document is: the bureau's or a branch's. Source: 生态环境法典 §53."""
    offices = Organisation.objects.filter(
        kind__in=(Organisation.Kind.BUREAU, Organisation.Kind.BRANCH)
    )
    hint = _("不选则为经办人所在分局或市局。")
    return forms.ModelChoiceField(
        offices.order_by("path"),
        label=_("落款机关"),
        required=False,
        help_text=hint,
        empty_label=_("请选择"),
    )


class NotifyForm(MatterForm):
    """What the party is told before a decision: facts, reasons, basis, penalty. Source: 行政处罚法 §44."""

    FROM: ClassVar[dict[str, str]] = {
        "facts": "facts",
        "law_broken": "law_broken",
        "law_penalty": "law_penalty",
        "comparison": "comparison",
        "notified_kinds": "proposed_kinds",
        "notified_fine": "proposed_fine",
        "notified_gains": "proposed_gains",
        "notified_goods": "proposed_goods",
        "discretion": "discretion",
    }
    facts = text(_("违法事实"), max_length=8000)
    law_broken = law(_("违反的规定"))
    law_penalty = law(_("处罚依据"))
    comparison = text(
        _("新旧法比较"),
        _("引用的法律在行为终了时尚未施行或者现已失效的须填写（从旧兼从轻）。"),
        required=False,
    )
    notified_kinds = kinds(_("拟给予的处罚"))
    notified_fine = money(_("拟处罚款（元）"), _("决定的罚款不能高于告知的金额。"), required=False)
    notified_gains = gains(_("拟没收违法所得（元）"))
    notified_goods = goods(_("拟没收的非法财物"))
    discretion = text(_("裁量理由"), max_length=8000)
    issuer = issuer_field()

    def __init__(self, *args: Any, matter: Matter, **more: Any) -> None:
        super().__init__(*args, matter=matter, initial=carried(matter, self.FROM, "report"), **more)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        agreed(self, told, "notified_kinds", "notified_fine")
        return confiscated(self, told, "notified_kinds", "notified_gains", "notified_goods")


class NoticeServedForm(ServedForm):
    """When the notice took effect."""

    SERVED = "notice"


class StatementForm(forms.Form):
    """What the party says in its defence. Source: 行政处罚法 §45."""

    stated_on = day(_("提出日期"), initial=timezone.localdate)
    by = line(_("陈述申辩人"))
    words = text(_("陈述申辩内容"), max_length=8000)
    letter = paper(_("陈述申辩书"))


class ReplyForm(forms.Form):
    """What became of the defence; it never makes the penalty heavier. Source: 行政处罚法 §45(2)."""

    adopted = forms.ChoiceField(
        label=_("复核结论"),
        choices=[("yes", _("采纳")), ("partly", _("部分采纳")), ("no", _("不予采纳"))],
    )
    why = text(_("复核意见"), max_length=8000)


class AskHearingForm(forms.Form):
    """The party asks for a hearing."""

    asked_on = day(_("申请日期"), initial=timezone.localdate)
    by = line(_("申请人"))
    letter = paper(_("听证申请书"))


class HearingNoticeForm(forms.Form):
    """When, where and before whom. Source: 行政处罚法 §64(2)–(4)."""

    held_at = moment(_("听证时间"))
    place = line(_("听证地点"), max_length=200)
    presider = forms.ModelChoiceField(
        User.objects.none(), label=_("听证主持人"), empty_label=_("请选择")
    )
    is_public = yes(_("公开举行"), _("涉及国家秘密、商业秘密或者个人隐私的不公开。"))
    presider_told = derived_text(_("主持人姓名"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        grants = RoleGrant.objects.in_force().filter(role__in=(CASE_REVIEWER, LEGAL_REVIEWER))
        chosen = User.objects.filter(is_active=True, pk__in=grants.values("user"))
        self.fields["presider"].queryset = chosen.order_by("display_name", "pk")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The notice names whoever presides: without a name the right to ask for recusal is empty."""
        told = super().clean() or self.cleaned_data
        return told | {"presider_told": str(told.get("presider") or "")}


class HearingForm(forms.Form):
    """The minutes."""

    held_on = day(_("举行日期"))
    attended = text(_("参加人员"))
    course = text(
        _("听证过程"), _("调查人员陈述、当事人申辩质证、辩论、最后陈述。"), max_length=8000
    )
    minutes = paper(_("签名的笔录（照片、扫描件）"))


class HearingReportForm(forms.Form):
    """What whoever presided proposes. Source: 行政处罚法 §65."""

    ended_on = day(
        _("听证报告日期"),
        _("办案期限自该日恢复计算，与登记的早晚无关。"),
        initial=timezone.localdate,
    )
    opinion = text(_("听证意见"), max_length=8000)


class ApologyForm(forms.Form):
    """A public apology with a promise, between notice and decision."""

    applied_on = day(_("申请日期"), initial=timezone.localdate)
    media = line(_("公开道歉载体"), _("地级以上市主要媒体或者网站。"))
    published_on = day(_("道歉刊登日期"))
    promise = text(_("承诺内容"))
    proof = paper(_("申请书、道歉截图与承诺书"))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if not told.get("proof") and "proof" not in self.errors:
            self.add_error("proof", _now("请附申请书、道歉截图与承诺书。"))
        return told


class AcceptApologyForm(MatterForm):
    """By how much an apology lowers the fine, beside the rule in force. Source: 粤环发〔2021〕7号 §14."""

    rule = rule_text(_("公开道歉从轻规定（现行）"))
    is_corrected = yes(_("已核实整改完成"), required=True)
    excluded = forms.MultipleChoiceField(
        label=_("不适用公开道歉的情形"),
        choices=[(str(number), words) for number, words in enumerate(exclusions(), start=1)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("逐项核对省定排除情形，有其一的不能从轻。"),
    )
    apology_rate = forms.DecimalField(
        label=_("从轻比例"), max_digits=4, decimal_places=2, help_text=_("如 0.30 表示从轻 30%。")
    )
    least_fine = money(_("法定最低罚款（元）"))
    why = text(_("审查意见"))
    judged = derived_text(_("规则判断"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial["rule"] = apology_words(timezone.localdate())

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("excluded"):
            self.add_error("excluded", _now("有不适用公开道歉的情形，请办理“不同意从轻”。"))
        done = {**dict.fromkeys(DUTIES, True), "corrected": bool(told.get("is_corrected"))}
        met = [int(each) for each in told.get("excluded", ())]
        found = judge_apology(done, excluded=met, decided_on=timezone.localdate())
        told["judged"] = judgement_words(found)
        return told


class DropHearingForm(WhyForm):
    """Why there is no hearing, and since when."""

    ended_on = day(
        _("听证终止日期"),
        _("撤回申请或者视为放弃听证的日期；办案期限自该日恢复计算。"),
        initial=timezone.localdate,
    )
