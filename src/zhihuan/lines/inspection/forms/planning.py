"""What the steps of a plan ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.engine.forms import MatterForm
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.places.models import Town
from zhihuan.bureau.registry.models import Enterprise
from zhihuan.bureau.registry.sealing import unseal
from zhihuan.lines.inspection.drawing import DrawError, commitment_of, digest_of_list, draw
from zhihuan.lines.inspection.forms.asking import day_field, text_field
from zhihuan.lines.inspection.models import Draw
from zhihuan.lines.inspection.roster import Asked, Gathered, gathered
from zhihuan.standards.errors import OutsideEditionsError

__all__ = ["CommitForm", "DrawForm", "TargetForm", "asked_by", "pairs_in"]

_LEVELS = [each for each in Enterprise.Level.choices if each[0] != Enterprise.Level.NONE]


class PlanForm(MatterForm):
    """What both kinds of plans ask."""

    purpose = text_field(
        _("检查事项"), _("写明检查什么、依据什么；同一企业的事项一次查完。"), max_length=500
    )
    approval = forms.CharField(
        label=_("批准或备案文号"),
        max_length=120,
        help_text=_("涉企现场检查须经批准或备案（2025 年涉企检查要求，文本待核）。"),
    )
    begins_on = day_field(_("检查开始日期"))
    ends_on = day_field(_("检查结束日期"))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        first, last = told.get("begins_on"), told.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("检查结束日期不能早于开始日期。"))
        return told


class CommitForm(PlanForm):
    """The list is made from these answers; its digest and the seed's commitment are said beside them."""

    towns = forms.ModelMultipleChoiceField(
        Town.objects.filter(abolished__isnull=True),
        label=_("抽查范围"),
        widget=forms.CheckboxSelectMultiple,
    )
    levels = forms.MultipleChoiceField(
        label=_("排污许可管理类别"), choices=_LEVELS, widget=forms.CheckboxSelectMultiple
    )
    how_many = forms.IntegerField(label=_("抽取企业数"), min_value=1, max_value=500)
    barred = text_field(
        _("回避"),
        _("每行一条：执法证号或姓名，企业编码或名称。没有的留空。"),
        required=False,
    )
    commitment = forms.CharField(
        label=_("种子承诺（SHA-256）"), required=False, widget=forms.HiddenInput
    )
    roster_digest = forms.CharField(
        label=_("名录摘要（SHA-256）"), required=False, widget=forms.HiddenInput
    )
    firms_count = forms.IntegerField(
        label=_("名录企业数"), required=False, widget=forms.HiddenInput
    )
    officers_count = forms.IntegerField(
        label=_("名录执法人员数"), required=False, widget=forms.HiddenInput
    )
    towns_told = forms.CharField(label=_("抽查范围"), required=False, widget=forms.HiddenInput)
    levels_told = forms.CharField(
        label=_("排污许可管理类别"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, matter: Matter, **more: Any) -> None:
        super().__init__(*args, matter=matter, **more)
        self.fields["towns"].initial = [matter.town_id] if matter.town_id else None

    def clean_barred(self) -> str:
        text: str = self.cleaned_data["barred"]
        wrong = [line for line, pair in pairs_in(text) if pair is None]
        if wrong:
            words = _now("这一行不是“人员，企业”两项：%(line)s") % {"line": wrong[0]}
            raise ValidationError(words)
        return text

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if self.errors:
            return told
        try:
            found = gathered(asked_by(told), timezone.localdate())
            self._check(found)
        except OutsideEditionsError:
            self.add_error("begins_on", _("该日期没有可用的抽取权重，请核对检查日期。"))
            return told
        held = Draw.objects.filter(plan=self.matter.pk).first()
        return told | {
            "commitment": commitment_of(unseal(held.seed)) if held else "",
            "roster_digest": digest_of_list(found.roster),
            "firms_count": len(found.roster["objects"]),
            "officers_count": len(found.roster["officers"]),
            "towns_told": "、".join(each.name for each in told["towns"]),
            "levels_told": "、".join(str(dict(_LEVELS)[each]) for each in told["levels"]),
        }

    def _check(self, found: Gathered) -> None:
        if found.unknown:
            words = _now("名录中没有这一行的人员或企业：%(line)s") % {"line": found.unknown[0]}
            self.add_error("barred", words)
        if self.errors:
            return
        try:
            draw(found.roster, "", "")  # a trial with no seed: whether it can be drawn from at all
        except DrawError as error:
            self.add_error("how_many", str(error))


class DrawForm(forms.Form):
    """What is said in public when the draw is held. Nothing of the outcome is shown before it stands."""

    public_word = forms.CharField(
        label=_("当众产生的字串"),
        min_length=4,
        max_length=120,
        help_text=_(
            "由见证人当场报出，事先不得约定，例如当日彩票开奖号码加一句话。提交后立即抽取，不能重抽。"
        ),
    )
    witness = forms.CharField(label=_("见证人及单位"), max_length=120)


class TargetForm(PlanForm):
    """Firms that are named and not drawn, with the reason."""

    firms = text_field(_("检查对象"), _("每行一个企业编码、统一社会信用代码或名称。"))
    reason = text_field(_("确定为重点检查对象的理由"))

    def clean_firms(self) -> list[str]:
        lines = [each.strip() for each in self.cleaned_data["firms"].splitlines() if each.strip()]
        found = []
        for line in lines:
            firm = _firm(line)
            if firm is None:
                raise ValidationError(_now("没有找到这家企业：%(line)s") % {"line": line})
            found.append(firm.code)
        if len(set(found)) < len(found):
            raise ValidationError(_now("同一企业写了两次，请删去一行。"))
        return found


def asked_by(told: dict[str, Any]) -> Asked:
    """What a valid ``CommitForm`` asks for."""
    pairs = [pair for _line, pair in pairs_in(told["barred"]) if pair is not None]
    towns = sorted(each.pk for each in told["towns"])
    return Asked(
        towns, sorted(told["levels"]), told["how_many"], told["begins_on"], told["ends_on"], pairs
    )


def pairs_in(text: str) -> Iterator[tuple[str, tuple[str, str] | None]]:
    """Each line that is not empty, with its two parts; None where there are not two."""
    for line in text.splitlines():
        parts = [each.strip() for each in line.replace(",", "，").split("，") if each.strip()]
        if parts:
            yield line, (parts[0], parts[1]) if len(parts) == 2 else None


def _firm(words: str) -> Enterprise | None:
    for name in ("code", "credit_code", "name"):
        found = list(Enterprise.objects.filter(**{name: words})[:2])
        if len(found) == 1:
            return found[0]
    return None
