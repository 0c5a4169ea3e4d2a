"""What the party itself hands in while a decision is carried out. Source: 行政处罚法 §§66, 67; 生态环境行政处罚办法 §§60–67."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.lines.enforcement.forms.fields import (
    WITHIN,
    GainsWithin,
    InstalmentsField,
    day,
    gains,
    line,
    money,
    paper,
    text,
)

__all__ = ["CorrectionForm", "DeferralForm", "PaymentProofForm"]


class PaymentProofForm(GainsWithin):
    """What was paid, with its proof. The desk compares it with the treasury and enters the payment itself."""

    amount = money(_("缴款金额（元）"), min_value=Decimal("0.01"))
    gains = gains(_("其中没收款（元）"), WITHIN)
    paid_on = day(_("缴款日期"))
    receipt_number = line(_("票据号码"))
    receipt = paper(_("缴款凭证"), required=True)


class DeferralForm(forms.Form):
    """Why the party cannot pay in time, and how it would pay. Source: 行政处罚法 §66(2)."""

    applied_on = day(_("申请日期"), initial=timezone.localdate)
    why = text(_("确有经济困难的情况"))
    plan = InstalmentsField(
        label=_("申请的缴款安排"),
        help_text=_("一行一期：截止日期：金额，如 2026-10-15：30000。"),
    )
    proof = paper(_("证明材料"))


class CorrectionForm(forms.Form):
    """That what was ordered is done, with its proof."""

    reported_on = day(_("报告日期"), initial=timezone.localdate)
    done = text(_("改正情况"))
    proof = paper(_("证明材料（监测报告、照片）"))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if not told.get("proof") and "proof" not in self.errors:
            self.add_error("proof", _now("请附改正的证明材料。"))
        return told
