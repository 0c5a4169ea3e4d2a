"""What is asked for a penalty on the spot. Source: 行政处罚法 §§51, 52; 生态环境行政处罚办法 §§67, 68."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.lines.enforcement.forms.fields import day, law, line, money, text, yes
from zhihuan.lines.enforcement.forms.identity import PartyQuestions
from zhihuan.lines.enforcement.forms.investigation import agreed
from zhihuan.lines.enforcement.models import PenaltyCase, PenaltyKind

__all__ = ["PunishForm", "ReportBackForm"]


class PunishForm(PartyQuestions):
    """The decision on the spot: one sheet, which names a person by an identity document."""

    ALL_NEEDED = True

    source = forms.ChoiceField(label=_("线索来源"), choices=PenaltyCase.Source.choices)
    found_on = day(_("发现日期"))
    act_until = day(_("行为终了日期"))
    case_type = line(_("案由"))
    place = line(_("地点"), max_length=200)
    identity_shown = yes(_("已出示执法证件"), required=True)
    facts = text(_("违法事实"))
    law_broken = law(_("违反的规定"))
    law_penalty = law(_("处罚依据"))
    comparison = text(
        _("新旧法比较"),
        _("引用的法律在行为终了时尚未施行或者现已失效的须填写（从旧兼从轻）。"),
        required=False,
    )
    defence = text(_("当事人陈述申辩及复核"), _("没有意见的，写“无”。"))
    kinds = forms.MultipleChoiceField(
        label=_("处罚种类"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(each.value, each.label) for each in (PenaltyKind.WARNING, PenaltyKind.FINE)],
    )
    fine = money(_("罚款（元）"), _("公民二百元以下，法人或者其他组织三千元以下。"), required=False)
    correction = text(_("责令改正的内容"), required=False)
    pay_to = line(_("缴款银行与账户"), required=False, max_length=200)
    received_by = line(_("签收人"))
    field_order = (
        "source",
        "found_on",
        "act_until",
        "party_kind",
        "id_name",
        "id_document",
        "id_number",
        "id_address",
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        found, until = told.get("found_on"), told.get("act_until")
        if found and until and until > found:
            self.add_error("act_until", _now("当场处罚的行为终了日期不能晚于发现日期。"))
        return agreed(self, told, "kinds", "fine")


class ReportBackForm(forms.Form):
    """The report to the officers' own body, for the record. Which papers go with it no text says: the decision always does."""

    reported_on = day(_("报备案日期"), _("自决定之日起三日内。"))
    papers = forms.MultipleChoiceField(
        label=_("报送材料"),
        help_text=_("当场处罚的过程应当制作笔录（生态环境行政处罚办法第六十八条），有的一并报送。"),
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("paper_decision", _("当场行政处罚决定书")),
            ("paper_record", _("当场处罚笔录")),
            ("paper_evidence", _("证据材料")),
            ("paper_statement", _("当事人陈述申辩材料")),
            ("paper_correction", _("责令改正文书")),
        ],
        initial=["paper_decision", "paper_record"],
    )
    note = text(_("说明"), _("逾期报备案的，写明原因。"), required=False)

    def clean_papers(self) -> list[str]:
        told: list[str] = self.cleaned_data["papers"]
        if "paper_decision" not in told:
            raise forms.ValidationError(
                _now("报备案的是处罚决定，报送材料须有当场行政处罚决定书。")
            )
        return told
