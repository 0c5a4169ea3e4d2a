"""What the steps ask. Nothing here asks who reported it: that is kept elsewhere, sealed (``models.Informant``)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.engine.forms import MatterForm
from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.vault.fields import VaultFileField
from zhihuan.lines.clues.causes import Cause
from zhihuan.lines.clues.consequence import Consequence
from zhihuan.lines.clues.informed import cluster_of
from zhihuan.lines.clues.models import Clue
from zhihuan.lines.clues.rules import personal_words

_MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
_NOT_CHOSEN = ("", _("请选择"))


def _text(label: Any, hint: Any = "", **more: Any) -> forms.CharField:
    more = {"widget": forms.Textarea(attrs={"rows": 3}), "max_length": 2000} | more
    return forms.CharField(label=label, help_text=hint, **more)


def _choice(label: Any, choices: Any, hint: Any = "", **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[_NOT_CHOSEN, *choices], help_text=hint, **more)


class MomentField(forms.DateTimeField):
    """A moment of Beijing; told as people write it, not as it is kept."""

    def words_of(self, value: Any) -> str:
        """value: as cleaned, or the ISO text of the event; "" for none."""
        moment = dt.datetime.fromisoformat(value) if isinstance(value, str) and value else value
        return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""


def _moment(label: Any, hint: Any = "") -> MomentField:
    return MomentField(label=label, help_text=hint, widget=_MOMENT, initial=timezone.now)


class RegisterForm(forms.Form):
    """A clue, as it came. The identity of who reported it has a page of its own."""

    source = _choice(_("线索来源"), Clue.Source.choices)
    channel = _choice(_("举报渠道"), Clue.Channel.choices, _("投诉举报须填。"), required=False)
    is_real_name = forms.BooleanField(
        label=_("实名举报，须反馈结果"),
        required=False,
        help_text=_("登记后在“举报人”处填写身份；身份加密保存，此处和下面都不要写。"),
    )
    found_at = _moment(_("发现时间"), _("接到举报、发现异常或收到移送的时间。"))
    contradiction = forms.CharField(
        label=_("一句话说明"),
        max_length=300,
        help_text=_(
            "写明何处与何事相矛盾，带数字。例：夜间用电与白天相同，化学需氧量却降到 5 mg/L。"
        ),
    )
    what = _text(_("具体情况"), required=False)
    late_reason = _text(
        _("延迟登记原因"),
        _("线索应立即登记；发现后超过 24 小时登记的，须说明原因。"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        is_complaint = told.get("source") == Clue.Source.COMPLAINT
        if is_complaint and not told.get("channel"):
            self.add_error("channel", _("请选择举报渠道。"))
        if told.get("is_real_name") and not is_complaint:
            self.add_error("is_real_name", _("只有投诉举报有举报人；请取消勾选，或更正线索来源。"))
        for name in ("contradiction", "what") if is_complaint else ():
            if words := personal_words(told.get(name, "")):
                self.add_error(name, words)
        return told


class TrueForm(MatterForm):
    """Judged worth a check; what a rule said of it stands there already."""

    consequence = _choice(
        _("法律后果类别"), Consequence.choices, _("只是类别，不是认定；适用条文由办案人员确定。")
    )
    tier = _choice(_("分级"), Clue.Tier.choices)
    reasons = _text(_("研判理由"))

    def __init__(self, *args: Any, matter: Any, **more: Any) -> None:
        clue = Clue.objects.filter(pk=matter.pk).first() or Clue()
        known = {name: getattr(clue, name) for name in ("consequence", "tier")}
        super().__init__(*args, matter=matter, initial=known, **more)


class InnocentForm(forms.Form):
    cause = _choice(_("正当原因"), Cause.choices)
    reasons = _text(_("研判理由"), _("写明依据什么排除：标记、运维记录、停产报备、比对监测等。"))


class UnsureForm(forms.Form):
    lacking = _text(_("还缺什么"), _("写明补到什么材料后可以判断。"))
    reasons = _text(_("研判理由"))


class MergeForm(MatterForm):
    """Into which other one. Whether somebody may look at that one the engine asks when it links them."""

    into = forms.IntegerField(
        label=_("并入线索的编号"), min_value=1, help_text=_("线索页面标题旁的编号。")
    )
    reasons = _text(
        _("合并理由"), _("同一对象、同一问题。实名举报人及其告知期限随之转入，仍须逐一告知、反馈。")
    )

    def clean_into(self) -> int:
        number: int = self.cleaned_data["into"]
        if number == self.matter.pk:
            raise ValidationError(_("不能并入自身。"))
        if (
            not Clue.objects.filter(pk=number, ended_at__isnull=True)
            .exclude(state="draft")
            .exists()
        ):
            raise ValidationError(
                _("没有编号为 %(number)s 且尚未办结的线索，请核对编号。") % {"number": number}
            )
        return number


#: Clocks by code that a merged clue owes, to whoever reported or to the law: they go on in the one that stays.
OBLIGATIONS = (
    ("file", _("立案期限")),
    ("accept_12369", _("12369 告知受理期限")),
    ("accept_named", _("告知实名举报人受理情况期限")),
    ("answer_12345", _("12345 工单办理期限")),
)


class TakenInForm(forms.Form):
    """What a clue that went into this one brings along; told by the platform."""

    merged = forms.IntegerField(label=_("并入线索的编号"))
    obligation = forms.ChoiceField(
        label=_("转入的期限"), choices=[("", _("无")), *OBLIGATIONS], required=False
    )
    found_at = MomentField(label=_("收到时间，期限由此起算"), required=False)
    waits = forms.BooleanField(label=_("有举报人或者热线工单等待反馈"), required=False)


class _NobodyNamedForm(forms.Form):
    """What is written for others to read names nobody who reported."""

    NOBODY_IN: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        for name in self.NOBODY_IN:
            if words := personal_words(told.get(name, "")):
                self.add_error(name, words)
        return told


class DispatchForm(_NobodyNamedForm):
    NOBODY_IN = ("tasks",)
    branch = forms.ModelChoiceField(
        Organisation.objects.filter(kind=Organisation.Kind.BRANCH, closed_on__isnull=True),
        label=_("承办分局"),
        empty_label=_("请选择"),
    )
    tasks = _text(_("核查要求"), _("到现场看什么、问什么、取什么。"))


class VerifyForm(forms.Form):
    finding = _choice(_("核查结论"), Clue.Finding.choices)
    checked_at = _moment(_("现场核查时间"))
    facts = _text(_("核查情况"), _("时间、地点、所见、所取数据与证据。"))
    party_words = _text(_("当事人陈述"), required=False)
    scene = VaultFileField(
        label=_("现场照片"),
        accepted=("jpeg", "png", "webp"),
        required=False,
        camera=True,
        evidence="audiovisual",
    )


class CaseForm(forms.Form):
    act = forms.CharField(label=_("涉嫌违法行为"), max_length=200)
    reasons = _text(_("转立案理由"))


class ProvedForm(forms.Form):
    handling = _text(_("处理情况"), _("如：当场改正；依法不予处罚的依据与理由。"))


class EducateForm(forms.Form):
    advice = _text(_("教育与提醒内容"))


class TransferForm(_NobodyNamedForm):
    NOBODY_IN = ("reasons", "papers")
    body = forms.CharField(label=_("移送部门"), max_length=120)
    reasons = _text(_("移送理由"), _("写明为何不属本部门职权。"))
    papers = _text(_("随附材料"), required=False)


class AnswerForm(MatterForm):
    """The result told to whoever reported it, each of them; the words go on record, so they name nobody."""

    way = _choice(
        _("反馈方式"),
        (
            ("phone", _("电话")),
            ("face", _("当面")),
            ("letter", _("书面")),
            ("platform", _("经热线平台")),
        ),
    )
    answer = _text(_("反馈内容"), _("不要写举报人姓名、电话和地址。"))
    told_all = forms.BooleanField(label=_("已逐一告知本线索及并入线索的全部实名举报人"))

    def clean_answer(self) -> str:
        answer: str = self.cleaned_data["answer"]
        if words := personal_words(answer):
            raise ValidationError(words)
        return answer


class AcknowledgeForm(MatterForm, _NobodyNamedForm):
    """Everybody who waits is told: where others went into this clue, their informants too."""

    NOBODY_IN = ("answer",)
    way = AnswerForm.base_fields["way"]
    accepted = _choice(
        _("受理情况"),
        (("yes", _("受理")), ("no", _("不受理，已告知途径"))),
    )
    answer = _text(_("告知内容"), _("不要写举报人姓名、电话和地址。"))
    told_all = forms.BooleanField(
        label=_("已逐一告知本线索及并入线索等待告知的全部举报人"), required=False
    )

    def __init__(self, *args: Any, matter: Any, **more: Any) -> None:
        super().__init__(*args, matter=matter, **more)
        self.fields["told_all"].required = True
        if cluster_of(matter) == {matter.pk}:
            del self.fields["told_all"]


class ReasonForm(forms.Form):
    reason = _text(_("理由"))


class ExtendForm(forms.Form):
    why = _text(_("延长理由"))
