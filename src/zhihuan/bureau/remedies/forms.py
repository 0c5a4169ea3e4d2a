"""What is asked of reviews and lawsuits. A line derives its own where its decision is served or reckoned otherwise."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.documents.serving.served import served_on
from zhihuan.bureau.matters.engine.forms import MatterForm
from zhihuan.bureau.vault.fields import VaultFileField

__all__ = ["ChangedForm", "ContestForm", "RulingForm", "reckoned_day"]

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ContestForm(forms.Form):
    """A review or a lawsuit."""

    kind = forms.ChoiceField(
        label=_("类别"), choices=[("review", _("行政复议")), ("suit", _("行政诉讼"))]
    )
    filed_on = forms.DateField(
        label=_("受理日期"), widget=_DAY, help_text=_("自该日起不计算加处罚款。")
    )
    body = forms.CharField(label=_("复议机关、人民法院"), max_length=120)


def reckoned_day(label: Any) -> forms.DateField:
    """A day that the form finds by itself."""
    field = forms.DateField(label=label, required=False, widget=forms.HiddenInput)
    field.is_derived = True  # type: ignore[attr-defined]
    return field


class RulingForm(MatterForm):
    """How it ended. served_on: of the decision that was contested, from which the days to pay run."""

    ruled_on = forms.DateField(
        label=_("复议决定、裁判生效日期"),
        widget=_DAY,
        help_text=_("复议决定填写送达当事人的日期。"),
    )
    ruling = forms.CharField(label=_("文书名称与文号"), max_length=120)
    document = VaultFileField(
        label=_("文书"), accepted=("pdf", "docx", "jpeg", "png"), required=False
    )
    served_on = reckoned_day(_("处罚决定送达日期"))

    def decision_served_on(self) -> date | None:
        """When the contested decision was served."""
        return served_on(self.matter, "decision")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        return told | {"served_on": self.decision_served_on()}


class ChangedForm(RulingForm):
    """The fine was changed."""

    fine = forms.DecimalField(
        label=_("变更后的罚款（元）"), min_value=0, max_digits=14, decimal_places=2
    )
