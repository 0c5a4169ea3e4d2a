"""What is asked when a party has its credit repaired: what the case says already is read there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.engine.forms import MatterForm
from zhihuan.bureau.matters.models import Matter
from zhihuan.lines.enforcement.forms.fields import day, line, paper, text
from zhihuan.lines.enforcement.models import PenaltyCase

__all__ = ["SEVERITIES", "AskRepairForm", "EndPublicityForm", "GrantRepairForm", "case_of"]

SEVERITIES = (("minor", _("轻微失信信息")), ("general", _("一般失信信息")), ("serious", _("严重失信信息")))  # fmt: skip
_CHANNELS = (("credit_china", _("“信用中国”网站推送")), ("direct", _("直接向本局申请")))
_HINT = _("据处罚案件，不能填写。")


def case_of(matter: Matter) -> PenaltyCase | None:
    """The penalty whose record it is about: the case out of which this grew."""
    links = matter.links.filter(
        kind="spawned_by", other__procedure__in=("penalty_case", "simple_case")
    )
    found = links.order_by("-pk").values_list("other", flat=True).first()
    return PenaltyCase.objects.filter(pk=found).first() if found else None


class AskRepairForm(MatterForm):
    """The application, with the proofs that the rule asks for: duties done, and a promise (信用承诺书)."""

    number = line(_("处罚决定书文号"), _HINT, required=False, disabled=True)
    decided_on = day(_("决定日期"), _HINT, required=False, disabled=True)
    asked_on = day(_("申请日期"), initial=timezone.localdate)
    channel = forms.ChoiceField(label=_("申请渠道"), choices=_CHANNELS)
    done = text(_("履行义务和纠正违法行为的情况"))
    proof = paper(_("履行完毕的证明材料"), required=True)
    promise = paper(_("信用承诺书"), required=True)

    def __init__(self, *args: Any, matter: Matter, **more: Any) -> None:
        case = case_of(matter)
        known = {} if case is None else {"number": case.number, "decided_on": case.decided_on}
        super().__init__(*args, matter=matter, initial=known, **more)


class GrantRepairForm(forms.Form):
    """That the conditions hold, and how grave the record is."""

    severity = forms.ChoiceField(
        label=_("失信信息类别"),
        choices=SEVERITIES,
        help_text=_(
            "轻微：简易程序、警告、通报批评等；一般：较大数额罚款、没收等；严重：巨额罚款、吊销许可证、限制从业等。"
            "生态环境领域的分类标准待核实。"
        ),
    )
    opinion = text(_("审查意见"))


class EndPublicityForm(forms.Form):
    """Where the record was taken down, and when."""

    ended_on = day(_("终止公示日期"), initial=timezone.localdate)
    where = text(_("终止公示和信息同步情况"), _("本局网站已撤下，并已将结果反馈“信用中国”网站。"))
