"""What is asked when a decision is carried out, contested, enforced, closed and published."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.documents.models import MatterDocument
from zhihuan.bureau.matters.engine.forms import MatterForm
from zhihuan.bureau.matters.models import Matter
from zhihuan.lines.enforcement.forms.fields import (
    WITHIN,
    GainsWithin,
    InstalmentsField,
    ServedForm,
    day,
    gains,
    line,
    money,
    paper,
    text,
    yes,
)
from zhihuan.lines.enforcement.forms.notice import carried
from zhihuan.lines.enforcement.models import PenaltyCase
from zhihuan.lines.enforcement.money import fine_due, owed_of

__all__ = [
    "CloseForm",
    "CourtForm",
    "DeferForm",
    "PayForm",
    "PublishForm",
    "RecheckForm",
    "UrgeForm",
    "UrgeServedForm",
]


class PayForm(GainsWithin, MatterForm):
    """A payment; what the party showed last stands there already, to be compared with the treasury."""

    FROM: ClassVar[dict[str, str]] = {
        name: name for name in ("amount", "gains", "paid_on", "receipt_number")
    }
    amount = money(_("缴款金额（元）"), min_value=Decimal("0.01"))
    gains = gains(_("其中没收款（元）"), WITHIN)
    paid_on = day(_("缴款日期"))
    receipt_number = line(_("票据号码"))
    receipt = paper(_("电子票据"))

    def __init__(self, *args: Any, matter: Matter, **more: Any) -> None:
        shown = carried(matter, self.FROM, "file_payment")
        super().__init__(*args, matter=matter, initial=shown, **more)


class DeferForm(MatterForm):
    """A granted deferral, or instalments, as the party asked for it unless changed. Source: 行政处罚法 §66(2)."""

    FROM: ClassVar[dict[str, str]] = {"applied_on": "applied_on", "plan": "plan"}
    why = text(_("理由"))
    applied_on = day(_("当事人申请日期"))
    plan = InstalmentsField(
        label=_("缴款安排"),
        help_text=_("一行一期：截止日期：金额，如 2026-10-15：30000；合计等于未缴的罚款。"),
    )
    whole_on_default = yes(
        _("任何一期逾期未缴的，其余各期一并到期"),
        _("写入批准书；批准的期限内不加处罚款，一并到期的自该期届满次日起加处罚款。"),
        initial=True,
    )

    def __init__(self, *args: Any, matter: Matter, **more: Any) -> None:
        asked = carried(matter, self.FROM, "ask_deferral")
        super().__init__(*args, matter=matter, initial=asked, **more)


class _ReckonedForm(MatterForm):
    """Amounts owed at the end of a day, reckoned by the platform."""

    reckoned_to = day(_("加处罚款计算至"))
    principal_left = money(_("未缴罚款（元）"), _("由平台计算。"), required=False, disabled=True)
    surcharge = money(
        _("加处罚款（元）"), _("由平台计算，不超过罚款本金。"), required=False, disabled=True
    )
    gains_left = money(
        _("未缴没收款（元）"), _("由平台计算；没收款不加处罚款。"), required=False, disabled=True
    )
    total = money(_("合计（元）"), _("由平台计算。"), required=False, disabled=True)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        on, case = told.get("reckoned_to"), PenaltyCase.objects.filter(pk=self.matter.pk).first()
        if isinstance(on, date) and case is not None:
            events = list(self.matter.events.order_by("number"))
            owed, due = owed_of(case, events, on), fine_due(case, events, on)
            told |= {
                "principal_left": due,
                "surcharge": owed.surcharge_left,
                "gains_left": owed.gains_left,
                "total": due + owed.surcharge_left + owed.gains_left,
            }
        return told


class UrgeForm(_ReckonedForm):
    """A demand letter. Source: 行政强制法 §54."""

    pay_to = line(_("缴款银行与账户"), required=False, max_length=200)


class UrgeServedForm(ServedForm):
    """When the demand took effect."""

    SERVED = "demand_letter"


class CourtForm(_ReckonedForm):
    """The application to the court. Source: 行政强制法 §55."""

    court = line(_("申请的人民法院"))
    facts = text(_("当事人履行情况"))


class PublishForm(MatterForm):
    """Which copy is public; nothing is asked."""

    published_on = day(
        _("公开日期"),
        _("按已公开的脱敏文本自动填写；还空着的，请先在决定书页“公开脱敏文本”。"),
        required=False,
        disabled=True,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial["published_on"] = public_since(self.matter.pk)


def public_since(matter: int) -> date | None:
    """The day since which a copy of the decision is public; None: none is."""
    from django.utils import timezone

    from zhihuan.bureau.documents.models import Publication

    papers = MatterDocument.objects.filter(matter_id=matter, code="decision")
    found = Publication.objects.filter(document__in=papers, withdrawn_at__isnull=True).first()
    return timezone.localdate(found.published_at) if found else None


class RecheckForm(forms.Form):
    """Whether the violation was mended."""

    checked_on = day(_("复查日期"))
    found = text(_("整改情况"))
    is_corrected = yes(_("已按要求改正"))


class CloseForm(forms.Form):
    """Why the case is closed. Source: 生态环境行政处罚办法 §68."""

    ending = forms.ChoiceField(label=_("结案方式"), choices=PenaltyCase.Ending.choices)
    summary = text(_("案件简要情况"))
    archived = line(_("正卷、副卷档号"))
    inner = text(_("副卷材料"), _("集体讨论记录、审查意见等不公开材料。"), required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if len(told.get("archived", "")) < 2 and "archived" not in self.errors:
            self.add_error("archived", _now("请填写档号。"))
        return told
