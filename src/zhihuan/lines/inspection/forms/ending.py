"""What is asked after a visit: reports, what is told to the party, and how it ends."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.engine.forms import MatterForm
from zhihuan.bureau.vault.fields import VaultFileField
from zhihuan.lines.inspection.forms.asking import confirmed, day_field, text_field, yes_or_no

__all__ = ["ClueForm", "EducateForm", "ReportForm", "RevisitForm", "TellForm"]


class ReportForm(MatterForm):
    """A monitoring report comes in. 生态环境行政处罚办法: its results are told to the party."""

    sample_codes = forms.CharField(
        label=_("对应的样品编号"),
        max_length=200,
        help_text=_("与采样记录一致，几个之间用顿号隔开。"),
    )
    agency = forms.CharField(label=_("监测机构"), max_length=120)
    certified = confirmed(_("报告有资质认定（CMA）标志，所测项目在其能力范围内"))
    received_on = day_field(_("收到报告日期"))
    exceeds = yes_or_no(_("结果是否超过标准或许可限值"))
    conclusion = text_field(_("监测结论"))
    report = VaultFileField(label=_("监测报告"), accepted=("pdf",), evidence="appraisal")


class TellForm(MatterForm):
    """What came of it is told to the party."""

    result = text_field(_("检查结果"), _("写明检查所见、监测结果和要求；这些内容将告知当事人。"))
    told_to = forms.CharField(label=_("告知对象姓名和职务"), max_length=120)
    reports_told = forms.ChoiceField(
        label=_("监测、鉴定结果"),
        choices=[("none", _("没有采样或鉴定")), ("told", _("已一并告知"))],
        widget=forms.RadioSelect,
    )


class EducateForm(forms.Form):
    """Advice and education end it; nothing to be punished was found."""

    advice = text_field(_("教育指导内容"))


class ClueForm(forms.Form):
    """A suspected violation goes to the clue pool or to filing."""

    facts = text_field(_("涉嫌违法事实"))
    law = forms.CharField(label=_("涉嫌违反的条款"), max_length=200)


class RevisitForm(forms.Form):
    """The officers come again."""

    to_mend = text_field(_("须整改的问题"))
    revisit_by = day_field(_("复查期限"))
