"""Kinds of answers that several steps ask for: amounts, law, views of persons, days that the platform knows."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.documents.serving.served import served_on
from zhihuan.bureau.matters.engine.forms import MatterForm
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.vault.fields import VaultFileField
from zhihuan.lines.enforcement.models import PenaltyKind

__all__ = [
    "WITHIN",
    "GainsWithin",
    "InstalmentsField",
    "ServedForm",
    "ViewsField",
    "WhyForm",
    "day",
    "derived_money",
    "gains",
    "goods",
    "kinds",
    "law",
    "line",
    "moment",
    "money",
    "paper",
    "text",
    "yes",
]

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
_GAINS_HINT = _(
    "实施违法行为所取得的款项，依法应当退赔的除外（行政处罚法第二十八条第二款）；没有的不填。"
)
_LAW_HINT = _("写全称和条款项，如《中华人民共和国生态环境法典》第一千零八十六条第一款。")


def text(label: Any, hint: Any = "", **more: Any) -> forms.CharField:
    """Several lines."""
    more = {"widget": forms.Textarea(attrs={"rows": 3}), "max_length": 4000} | more
    return forms.CharField(label=label, help_text=hint, **more)


def line(label: Any, hint: Any = "", **more: Any) -> forms.CharField:
    """One line."""
    return forms.CharField(label=label, help_text=hint, **{"max_length": 120} | more)


def law(label: Any, **more: Any) -> forms.CharField:
    """Law, cited; whether it may be cited is asked by a guard, which knows the day."""
    return text(label, _LAW_HINT, **{"max_length": 2000} | more)


def day(label: Any, hint: Any = "", **more: Any) -> forms.DateField:
    """A day of Beijing."""
    return forms.DateField(label=label, help_text=hint, widget=_DAY, **more)


def moment(label: Any, **more: Any) -> forms.DateTimeField:
    """A moment of Beijing."""
    return forms.DateTimeField(label=label, widget=_MOMENT, **more)


def money(label: Any, hint: Any = "", **more: Any) -> forms.DecimalField:
    """An amount in yuan, to the cent, not below zero."""
    more = {"min_value": 0, "max_digits": 14, "decimal_places": 2} | more
    return forms.DecimalField(label=label, help_text=hint, **more)


def derived_money(label: Any) -> forms.DecimalField:
    """An amount [yuan] that the form finds by itself and nobody is asked for; told with the answers."""
    field = money(label, required=False, widget=forms.HiddenInput)
    field.is_derived = True  # type: ignore[attr-defined]
    return field


def gains(label: Any, hint: Any = _GAINS_HINT, **more: Any) -> forms.DecimalField:
    """Illegal gains to be confiscated [yuan]. Source of what they are: 行政处罚法 §28(2)."""
    return money(label, hint, **{"required": False} | more)


def goods(label: Any) -> forms.CharField:
    """Illegal goods to be confiscated: they have no amount."""
    return text(label, _("名称、数量；没有的不填。"), required=False)


def yes(label: Any, hint: Any = "", **more: Any) -> forms.BooleanField:
    """A box; one that must be ticked where required."""
    return forms.BooleanField(label=label, help_text=hint, **{"required": False} | more)


def paper(label: Any, **more: Any) -> VaultFileField:
    """A file, kept in the vault."""
    more = {"accepted": ("pdf", "docx", "jpeg", "png"), "required": False} | more
    return VaultFileField(label=label, **more)


def kinds(label: Any) -> forms.MultipleChoiceField:
    """Kinds of penalties."""
    boxes = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, widget=boxes, choices=PenaltyKind.choices)


#: Beside the part of a payment that is for what was confiscated.
WITHIN = _("没收的违法所得与罚款分别入库，缴款中有没收款的须分别填写；没有的不填。")


class GainsWithin(forms.Form):
    """Of a payment: what is for confiscated gains (``gains``) is a part of its amount."""

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        amount, within = told.get("amount"), told.get("gains")
        if amount is not None and within is not None and within > amount:
            self.add_error("gains", _now("其中没收款不能多于缴款金额。"))
        return told


class WhyForm(forms.Form):
    """A reason."""

    why = text(_("理由"))


class ServedForm(MatterForm):
    """The day on which a document took effect, as its receipts say; nothing is asked."""

    SERVED = ""
    served_on = day(_("送达日期"), _("据送达回证，不能填写。"), required=False, disabled=True)

    def __init__(self, *args: Any, matter: Matter, **more: Any) -> None:
        known = {"served_on": served_on(matter, self.SERVED)}
        super().__init__(*args, matter=matter, initial=known, **more)


class _LinesField(forms.CharField):
    """Entries of two parts, one a line. Cleans to a list of ``{first: …, second: …}``."""

    PARTS = ("", "")

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), max_length=8000, **more)

    def clean(self, value: Any) -> Any:
        if isinstance(value, list):  # told by a program, or by what was kept
            value = self._typed(value)
        told = super().clean(value)
        return [self._entry(each) for each in told.splitlines() if each.strip()]

    def prepare_value(self, value: Any) -> Any:
        """Entries that were kept, as they are typed."""
        return self._typed(value) if isinstance(value, list) else value

    def _typed(self, value: list[dict[str, Any]]) -> str:
        return "\n".join("：".join(str(each[name]) for name in self.PARTS) for each in value)

    def _entry(self, told: str) -> dict[str, str]:
        parts = [each.strip() for each in re.split("[：:]", told, maxsplit=1)]
        if len(parts) < 2 or not all(parts):
            words = _now("“%(line)s”请写成“甲：乙”的形式，一行一项。") % {"line": told.strip()}
            raise ValidationError(words)
        return dict(zip(self.PARTS, parts, strict=True))

    def words_of(self, value: Any) -> str:
        """What was kept, for people."""
        return "；".join("：".join(str(each[name]) for name in self.PARTS) for each in value or ())


class ViewsField(_LinesField):
    """Each person's view: “张三：同意”."""

    PARTS = ("name", "view")
    SPECIMEN = ({"name": "甲某", "view": "同意"}, {"name": "乙某", "view": "同意"})

    def clean(self, value: Any) -> Any:
        views = super().clean(value)
        names = [each["name"] for each in views]
        if len(set(names)) < 2:
            raise ValidationError(_now("集体讨论须逐人记录意见，请至少写明两人，一行一人。"))
        if len(set(names)) < len(names):
            raise ValidationError(_now("同一人只记一次意见。"))
        return views


class InstalmentsField(_LinesField):
    """Parts of a fine with their last days: “2026-10-15：30000”."""

    PARTS = ("by", "amount")
    SPECIMEN = ({"by": "2026-10-15", "amount": "10000.00"},)

    def _entry(self, told: str) -> dict[str, str]:
        entry = super()._entry(told)
        try:
            by = date.fromisoformat(entry["by"])
            amount = Decimal(entry["amount"].replace(",", ""))
        except (ValueError, ArithmeticError) as error:
            words = _now("“%(line)s”请写成“2026-10-15：30000”的形式。") % {"line": told.strip()}
            raise ValidationError(words) from error
        if not amount.is_finite() or amount <= 0 or amount != amount.quantize(Decimal("0.01")):
            raise ValidationError(_now("每期金额须大于零，精确到分。"))
        return {"by": by.isoformat(), "amount": str(amount)}
