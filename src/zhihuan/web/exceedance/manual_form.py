"""What is asked of whoever enters a manual result out of its report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.exceedance.manual.entering import Report
from zhihuan.bureau.exceedance.manual.samples import KnownSample
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.vault.fields import VaultFileField
from zhihuan.web.exceedance.moments import moment

__all__ = ["ManualForm", "key_of"]

_UNITS = ("mg/m³", "mg/L", "µg/m³", "µg/L", "ng/m³", "ng/L", "℃", "dB", "个/L")
_NO_UNIT = "无量纲"


def key_of(sample: KnownSample) -> str:
    """Names a known sample in the form."""
    return f"{sample.matter}:{sample.code}"


class ManualForm(forms.Form):
    """samples: what visits took in these hours, to choose from."""

    sample = forms.ChoiceField(label=_("现场检查的样品"), required=False)
    sampled_from = moment(_("采样开始时间"), _("北京时间，以采样记录为准。"))
    sampled_until = moment(_("采样结束时间"), _("北京时间；瞬时样不填。"), required=False)
    value = forms.DecimalField(
        label=_("监测值"), min_value=0, max_digits=16, decimal_places=6,
        help_text=_("限值按折算浓度执行的，填折算后的浓度。"),
    )  # fmt: skip
    unit = forms.ChoiceField(label=_("单位"), help_text=_("报告上的单位；平台不换算。"))
    below = forms.BooleanField(
        label=_("低于检出限"), required=False, help_text=_("未检出的，监测值填检出限。")
    )
    method = forms.CharField(
        label=_("监测方法标准"), max_length=120, help_text=_("采样和分析方法的标准号。")
    )
    lawful = forms.TypedChoiceField(
        label=_("采样、分析是否符合法定的监测标准和方法"),
        choices=(("yes", _("符合")), ("no", _("不符合"))),
        coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        help_text=_("含机构资质、采样位置和频次；不符合的，不优先于自动监测数据。"),
    )  # fmt: skip
    agency = forms.CharField(label=_("监测机构"), max_length=120)
    number = forms.CharField(label=_("监测报告编号"), max_length=60)
    sample_code = forms.CharField(label=_("样品编号"), max_length=60, required=False)
    report = VaultFileField(
        label=_("监测报告"), accepted=("pdf", "jpeg", "png"),
        help_text=_("PDF 或扫描件；转线索时作为证据入卷。"),
    )  # fmt: skip
    field_order = (
        "sample", "sampled_from", "sampled_until", "value", "unit", "below", "method", "lawful", "agency",
        "number", "sample_code", "report",
    )  # fmt: skip

    def __init__(
        self, samples: Sequence[KnownSample], unit: str, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.samples = {key_of(each): each for each in samples}
        units = dict.fromkeys((unit or _NO_UNIT, *_UNITS, _NO_UNIT))
        self.fields["unit"].choices = [("", _("请选择")), *((each, each) for each in units)]  # type: ignore[attr-defined]  # a choice field
        if not samples:
            del self.fields["sample"]
            return
        named = [(key, _named(each)) for key, each in self.samples.items()]
        self.fields["sample"].choices = [("", _("不是现场检查的样品")), *named]  # type: ignore[attr-defined]

    def told(self) -> Report:
        """The report, of a form that is valid."""
        said = self.cleaned_data
        sample = self.samples.get(said.get("sample", ""))
        return Report(
            sampled_from=said["sampled_from"], sampled_until=said["sampled_until"],
            value=float(said["value"]), unit=said["unit"], below=said["below"], method=said["method"],
            lawful=said["lawful"], agency=said["agency"], number=said["number"], file=said["report"],
            sample_code=sample.code if sample else said["sample_code"],
            visit=Matter.objects.get(pk=sample.matter) if sample else None,
        )  # fmt: skip


def _named(sample: KnownSample) -> str:
    return f"{sample.code}（{timezone.localtime(sample.sampled_at):%Y-%m-%d %H:%M}）"
