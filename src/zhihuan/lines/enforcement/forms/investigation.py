"""What is asked while evidence is gathered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.lines.enforcement.forms.fields import (
    WhyForm,
    day,
    gains,
    goods,
    kinds,
    law,
    line,
    money,
    text,
    yes,
)
from zhihuan.lines.enforcement.models import PenaltyKind
from zhihuan.lines.enforcement.proposing import ReckoningField

__all__ = [
    "LockForm",
    "ReportForm",
    "ResumeForm",
    "ReturnedForm",
    "SendOutForm",
    "SettleForm",
    "SuspendForm",
    "TerminateForm",
    "WithdrawForm",
    "agreed",
    "confiscated",
]


class LockForm(forms.Form):
    """What is locked away as evidence. Source: 行政处罚法 §56; 生态环境行政处罚办法 §32."""

    items = text(_("物品清单"), _("一行一件：名称、数量、特征。"))
    place = line(_("保存地点"), max_length=200)
    why = text(_("可能灭失或者以后难以取得的理由"))
    is_urgent = yes(_("情况紧急，先行实施"), _("须在二十四小时内补办批准手续。"))


class SettleForm(forms.Form):
    """What becomes of what was locked away, within seven working days."""

    settlement = forms.ChoiceField(
        label=_("处理决定"),
        choices=[
            ("returned", _("退还当事人")),
            ("copied", _("采取记录、复制、拍照等证据保全措施后退还")),
            ("examined", _("送交检测、鉴定")),
            ("seized", _("依法查封、扣押")),
            ("confiscated", _("依法没收")),
        ],
    )
    why = text(_("说明"), required=False)


class SendOutForm(forms.Form):
    """Who examines what."""

    to = line(_("受托机构"))
    what = text(_("委托事项"))
    cma = line(
        _("资质认定（CMA）证书编号和项目范围"),
        _("委托检测的须核对并填写；不属于检测的不填。"),
        required=False,
        max_length=300,
    )


class ReturnedForm(forms.Form):
    """A report came back: the limit runs on from that day, however late it is entered."""

    returned_on = day(
        _("收到报告（意见）日期"),
        _("办案期限自该日恢复计算，与登记的早晚无关。"),
        initial=timezone.localdate,
    )
    report = line(_("报告（意见）名称与编号"), required=False, max_length=200)


class SuspendForm(WhyForm):
    """Source of the reasons: 生态环境行政处罚办法 §39."""

    ground = forms.ChoiceField(
        label=_("中止情形"),
        choices=[
            ("other_case", _("须以相关案件的审理或处理结果为依据")),
            ("law", _("涉及法律适用问题，须由有权机关解释或确认")),
            ("force_majeure", _("因不可抗力暂时无法继续调查")),
            ("missing", _("当事人下落不明")),
            ("other", _("其他应当中止的情形")),
        ],
    )


class ResumeForm(WhyForm):
    """That what stopped the investigation is over."""


class TerminateForm(WhyForm):
    """Source of the reasons: 生态环境行政处罚办法 §40."""

    ground = forms.ChoiceField(
        label=_("终止情形"),
        choices=[
            ("death", _("当事人死亡")),
            ("dissolved", _("当事人终止，且无权利义务承受人")),
            ("other", _("其他应当终止的情形")),
        ],
    )


class WithdrawForm(WhyForm):
    """Why a filed case is no case."""

    ground = forms.ChoiceField(
        label=_("撤销立案情形"),
        choices=[
            ("no_violation", _("违法事实不成立")),
            ("barred", _("已超过追责时效")),
            ("not_ours", _("不属于本机关管辖")),
            ("other", _("其他不应立案的情形")),
        ],
    )


class ReportForm(forms.Form):
    """The report of the investigation with its proposal."""

    case_type = line(_("案由"))
    act_from = day(_("行为开始日期"))
    act_until = day(_("行为终了日期"), _("行为仍在持续的不填。"), required=False)
    has_harm = yes(_("造成环境污染、生态破坏等危害后果"))
    facts = text(_("查明的事实"), max_length=8000)
    evidence = text(_("证据及其证明的事实"), max_length=8000)
    law_broken = law(_("违反的规定"))
    law_penalty = law(_("处罚依据"))
    comparison = text(
        _("新旧法比较"),
        _("引用的法律在行为终了时尚未施行或者现已失效的须填写（从旧兼从轻）。"),
        required=False,
    )
    proposed_kinds = kinds(_("拟给予的处罚"))
    proposed_fine = money(_("拟处罚款（元）"), required=False)
    proposed_gains = gains(_("拟没收违法所得（元）"))
    proposed_goods = goods(_("拟没收的非法财物"))
    reckoning = ReckoningField(amount_into="proposed_fine")
    discretion = text(_("裁量理由"), _("逐项写明裁量因素、证据与幅度。"), max_length=8000)
    nothing = yes(_("建议不予处罚"))
    correction = text(_("责令改正的内容"), required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        agreed(self, told, "proposed_kinds", "proposed_fine")
        return confiscated(self, told, "proposed_kinds", "proposed_gains", "proposed_goods")


def agreed(form: forms.Form, told: dict[str, Any], kinds_name: str, fine: str) -> dict[str, Any]:
    """The kinds of penalty and the amount agree: a fine has an amount, an amount is a fine."""
    lacking = _now("处以罚款的，请填写金额。")
    strange = _now("填写了罚款金额，请选择“罚款”；不罚款的请清空金额。")
    _agree(form, told, (kinds_name, PenaltyKind.FINE), (fine,), (lacking, strange))
    return told


def confiscated(
    form: forms.Form, told: dict[str, Any], kinds_name: str, gains_name: str, goods_name: str
) -> dict[str, Any]:
    """Whoever confiscates says how much, or what; what is said is among the kinds."""
    lacking = _now("没收违法所得的，请填写金额；没收非法财物的，请填写名称和数量。")
    strange = _now("填写了没收的内容，请选择“没收违法所得、没收非法财物”；不没收的请清空。")
    kind = (kinds_name, PenaltyKind.CONFISCATION)
    _agree(form, told, kind, (gains_name, goods_name), (lacking, strange))
    return told


def _agree(
    form: forms.Form,
    told: dict[str, Any],
    kind: tuple[str, str],
    names: tuple[str, ...],
    words: tuple[str, str],
) -> None:
    """A kind that was chosen has its content in one of the fields, and a content is of a chosen kind. words: of the
    first fault, of the second."""
    kinds_name, wanted = kind
    is_chosen = wanted in told.get(kinds_name, ())
    has_content = any(told.get(name) for name in names)
    if is_chosen and not has_content and not set(names) & set(form.errors):
        form.add_error(names[0], words[0])
    if has_content and not is_chosen and kinds_name not in form.errors:
        form.add_error(kinds_name, words[1])
