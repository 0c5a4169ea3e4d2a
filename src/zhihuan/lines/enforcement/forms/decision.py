"""What is asked of whoever decides."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.engine.forms import MatterForm
from zhihuan.bureau.matters.models import Matter
from zhihuan.lines.enforcement.forms.fields import (
    ServedForm,
    WhyForm,
    day,
    derived_money,
    gains,
    goods,
    kinds,
    law,
    line,
    money,
    paper,
    text,
)
from zhihuan.lines.enforcement.forms.investigation import agreed, confiscated
from zhihuan.lines.enforcement.forms.leniency import SparingQuestions
from zhihuan.lines.enforcement.forms.notice import carried, issuer_field

__all__ = [
    "ClosureForm",
    "DecideForm",
    "DecisionServedForm",
    "NoPenaltyForm",
    "NothingServedForm",
    "TransferForm",
]

_LATE = _("超过办案期限作出决定的须填写。")


class DecideForm(MatterForm):
    """The decision. Source of its content: 行政处罚法 §59; 生态环境行政处罚办法 §53."""

    FROM: ClassVar[dict[str, str]] = {
        "facts": "facts",
        "law_broken": "law_broken",
        "law_penalty": "law_penalty",
        "comparison": "comparison",
        "kinds": "notified_kinds",
        "fine": "notified_fine",
        "gains": "notified_gains",
        "confiscated": "notified_goods",
        "discretion": "discretion",
    }
    facts = text(_("违法事实和证据"), max_length=8000)
    defence = text(_("对陈述申辩（听证）意见的采纳情况及理由"), max_length=8000)
    law_broken = law(_("违反的规定"))
    law_penalty = law(_("处罚依据"))
    comparison = text(
        _("新旧法比较"),
        _("引用的法律在行为终了时尚未施行或者现已失效的须填写（从旧兼从轻）。"),
        required=False,
    )
    discretion = text(_("裁量理由"), max_length=8000)
    kinds = kinds(_("处罚种类"))
    fine = money(_("罚款（元）"), required=False)
    gains = gains(_("没收违法所得（元）"))
    confiscated = goods(_("没收的非法财物"))
    correction = text(_("责令改正的内容"), required=False)
    pay_to = line(_("缴款银行与账户"), required=False, max_length=200)
    late_reason = text(_("逾期决定原因"), _LATE, required=False)
    total = derived_money(_("罚没款合计（元）"))
    issuer = issuer_field()

    def __init__(self, *args: Any, matter: Matter, **more: Any) -> None:
        known = carried(matter, self.FROM, "notify", "notify_hearing")
        if rate := getattr(_case(matter), "apology_rate", None):
            known["fine"] = Decimal(known["fine"]) * (1 - rate) if "fine" in known else None
        super().__init__(*args, matter=matter, initial=known, **more)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        agreed(self, told, "kinds", "fine")
        told["total"] = (told.get("fine") or 0) + (told.get("gains") or 0)
        return confiscated(self, told, "kinds", "gains", "confiscated")


def _case(matter: Matter) -> Any:
    """The line's own row; pages show forms for the plain one."""
    return matter if hasattr(matter, "apology_rate") else getattr(matter, "penaltycase", None)


class NoPenaltyForm(SparingQuestions, MatterForm):
    """Why nobody is punished, judged by the rules on leniency. Source: 行政处罚法 §§30, 31, 33; 生态环境法典 §1056."""

    ground = forms.ChoiceField(
        label=_("不予处罚情形"),
        choices=[
            ("minor", _("违法行为轻微并及时改正，没有造成危害后果")),
            ("first", _("初次违法且危害后果轻微并及时改正")),
            ("no_fault", _("当事人有证据足以证明没有主观过错")),
            ("no_violation", _("违法事实不能成立")),
            ("barred", _("已超过追责时效")),
            ("other", _("法律规定的其他情形")),
        ],
    )
    facts = text(_("查明的事实"), max_length=8000)
    law_penalty = law(_("依据"))
    comparison = text(
        _("新旧法比较"),
        _("引用的法律在行为终了时尚未施行或者现已失效的须填写（从旧兼从轻）。"),
        required=False,
    )
    why = text(_("理由"))
    education = text(_("教育内容"))
    late_reason = text(_("逾期决定原因"), _LATE, required=False)
    field_order = ("ground", "rule", "item", "conditions", "is_sensitive", "known")
    issuer = issuer_field()

    def __init__(self, *args: Any, matter: Matter, **more: Any) -> None:
        known = carried(matter, {"facts": "facts"}, "report")
        super().__init__(*args, matter=matter, initial=known, **more)
        self.begin(matter)

    def clean(self) -> dict[str, Any]:
        return self.judge(super().clean() or self.cleaned_data)


class TransferForm(WhyForm):
    """To whom the case is handed over."""

    to = line(_("移送机关"))
    late_reason = text(_("逾期决定原因"), _LATE, required=False)


class ClosureForm(forms.Form):
    """Which government approved that the party is closed."""

    body = line(_("批准机关"))
    number = line(_("批准文件文号"))
    approved_on = day(_("批准日期"))
    document = paper(_("批准文件"))


class DecisionServedForm(ServedForm):
    """When the decision took effect."""

    SERVED = "decision"


class NothingServedForm(ServedForm):
    """When the decision that nobody is punished took effect."""

    SERVED = "no_penalty_decision"
