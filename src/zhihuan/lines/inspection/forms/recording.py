"""What is written on the spot: record, interview, sampling, photographs, the end of the visit, the footage."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.engine.forms import MatterForm
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.vault.fields import VaultFileField
from zhihuan.lines.inspection.forms.asking import confirmed, moment_field, text_field, yes_or_no
from zhihuan.lines.inspection.forms.checklist import ChecklistField
from zhihuan.lines.inspection.forms.questions import QuestionsField
from zhihuan.lines.inspection.forms.signing import SIGNING, SignedForm
from zhihuan.lines.inspection.stated import Stated, checklist_of, stated_of

__all__ = [
    "ArchiveForm",
    "InterviewForm",
    "LeaveForm",
    "PhotoForm",
    "RecordForm",
    "SampleForm",
]

_SOUND = ("m4a", "ogg", "webm", "mp4")


def _voice() -> VaultFileField:
    return VaultFileField(
        label=_("语音备注"), accepted=_SOUND, evidence="audiovisual", required=False,
        help_text=_("可用手机录音后选择文件。"),
    )  # fmt: skip


def _stated(matter: Matter) -> Stated:
    return stated_of(matter.party, timezone.localdate())


class RecordForm(SignedForm):
    """现场检查（勘察）笔录. What the registry states stands beside the questions and is not asked."""

    checks = ChecklistField(label=_("检查清单"), required=False)
    situation = text_field(_("现场情况"), _("写明看到的事实、位置、数量；不写判断。"))
    suspected = yes_or_no(_("是否发现涉嫌环境违法"))
    suspected_what = text_field(_("涉嫌违法的事实"), required=False)
    voice = _voice()
    recorded_at = moment_field(_("笔录完成时间"))
    field_order = (
        "checks", "situation", "suspected", "suspected_what", "voice", "recorded_at", *SIGNING,
    )  # fmt: skip
    shown_when = SignedForm.shown_when | {"suspected_what": ("suspected", "yes")}

    def __init__(self, *args: Any, matter: Matter, **more: Any) -> None:
        super().__init__(*args, matter=matter, **more)
        checks: Any = self.fields["checks"]
        checks.for_items(checklist_of(_stated(matter)))

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("suspected") == "yes":
            self._must(told, "suspected_what", _("请写明涉嫌违法的事实。"))
        else:
            told["suspected_what"] = ""
        return told


class InterviewForm(SignedForm):
    """询问笔录."""

    person_name = forms.CharField(label=_("被询问人姓名"), max_length=60)
    person_duty = forms.CharField(label=_("被询问人单位和职务"), max_length=120)
    person_relation = forms.ChoiceField(
        label=_("与本案关系"),
        choices=[("party", _("当事人或其负责人")), ("staff", _("当事人员工")), ("witness", _("证人")), ("other", _("其他"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    place = forms.CharField(label=_("询问地点"), max_length=120)
    asked_from = moment_field(_("询问开始时间"))
    rights_told = confirmed(_("已出示证件，告知如实回答、申请回避、核对笔录等权利义务"))
    questions = QuestionsField(label=_("问答"))
    voice = _voice()
    asked_until = moment_field(_("询问结束时间"))
    field_order = (
        "person_name", "person_duty", "person_relation", "place", "asked_from", "rights_told",
        "questions", "voice", "asked_until", *SIGNING,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        _in_order(self, told, "asked_from", "asked_until", _("询问结束时间不能早于开始时间。"))
        return told


class SampleForm(SignedForm):
    """采样记录. The outlet and its factors come from the registry; the medium follows."""

    outlet = forms.ChoiceField(label=_("采样位置"), required=False)
    other_place = forms.CharField(
        label=_("其他采样位置"),
        max_length=120,
        required=False,
        help_text=_("采样位置不在上面的，在此写明。"),
    )
    sample_code = forms.CharField(label=_("样品编号"), max_length=60)
    sampled_at = moment_field(_("采样时间"))
    factors = forms.MultipleChoiceField(
        label=_("监测项目"), required=False, widget=forms.CheckboxSelectMultiple
    )
    other_factors = forms.CharField(label=_("其他监测项目"), max_length=200, required=False)
    method = forms.CharField(
        label=_("采样方法依据"), max_length=120, help_text=_("如 HJ 91.1-2019（待核）；写标准号。")
    )
    appearance = forms.CharField(
        label=_("样品性状（颜色、气味、悬浮物）"), max_length=120, required=False
    )
    seal = forms.CharField(label=_("封样编号"), max_length=60, required=False)
    containers = forms.IntegerField(label=_("样品数（瓶、袋）"), min_value=1, max_value=200)
    preservation = forms.CharField(label=_("保存方式与添加剂"), max_length=200)
    working = text_field(_("采样时生产和治污设施工况"))
    sampler = forms.CharField(
        label=_("采样单位和采样人"), max_length=120, help_text=_("采样人不少于两名，逐人写明。")
    )
    place_told = forms.CharField(label=_("采样位置"), required=False, widget=forms.HiddenInput)
    factors_told = forms.CharField(label=_("监测项目"), required=False, widget=forms.HiddenInput)
    field_order = (
        "outlet", "other_place", "sample_code", "sampled_at", "factors", "other_factors", "method", "appearance",
        "containers", "seal", "preservation", "working", "sampler", *SIGNING,
    )  # fmt: skip

    def __init__(self, *args: Any, matter: Matter, **more: Any) -> None:
        super().__init__(*args, matter=matter, **more)
        stated = _stated(matter)
        outlet, factors = self.fields["outlet"], self.fields["factors"]
        places = [(each.code, f"{each.title}（{each.words}）") for each in stated.of("outlet")]
        outlet.choices = [("", _("不在登记的排口")), *places]  # type: ignore[attr-defined]
        factors.choices = list({each.factor: each.name for each in stated.limits}.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        places: dict[str, Any] = dict(self.fields["outlet"].choices)  # type: ignore[attr-defined]
        names: dict[str, Any] = dict(self.fields["factors"].choices)  # type: ignore[attr-defined]
        outlet, other = told.get("outlet", ""), told.get("other_place", "")
        if not outlet and not other:
            self.add_error("other_place", _("请选择登记的排口，或写明采样位置。"))
        factors = [str(names[each]) for each in told.get("factors", ())]
        factors += [told["other_factors"]] if told.get("other_factors") else []
        if not factors:
            self.add_error("other_factors", _("请选择或写明监测项目。"))
        place = str(places[outlet]) if outlet else other
        return told | {"place_told": place, "factors_told": "、".join(factors)}


class PhotoForm(MatterForm):
    """One photograph or film, with what it shows; time and place come with it."""

    offline = True
    adds_only = True
    shows = forms.CharField(label=_("证明内容"), max_length=200)
    photo = VaultFileField(
        label=_("现场照片或录像"), accepted=("jpeg", "png", "webp", "mp4"), camera=True,
        evidence="audiovisual", titled_by="shows",
    )  # fmt: skip
    voice = _voice()


class LeaveForm(MatterForm):
    """The officers leave."""

    offline = True
    left_at = moment_field(_("离场时间"))
    words = text_field(_("现场交代的事项"), required=False)


class ArchiveForm(forms.Form):
    """Footage of the body cameras is in the archive."""

    recorders = forms.CharField(label=_("执法记录仪编号"), max_length=120)
    footage = forms.CharField(
        label=_("归库编号"),
        max_length=200,
        help_text=_("音像记录在执法记录仪采集站或档案系统中的编号。"),
    )


def _in_order(form: forms.Form, told: dict[str, Any], first: str, last: str, words: Any) -> None:
    begin, end = told.get(first), told.get(last)
    if isinstance(begin, datetime) and isinstance(end, datetime) and end < begin:
        form.add_error(last, words)
