"""What the steps ask. The papers asked for follow the class of filing (``rules.asked_papers``)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.engine.forms import MatterForm
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.vault.fields import VaultFileField
from zhihuan.lines.plan_filing import rules
from zhihuan.lines.plan_filing.models import SAID, PlanFiling

_LEVELS = PlanFiling.PlanLevel
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_LATE = _("签署发布后超过 20 个工作日报送的，须说明原因。")
_ALWAYS, _FULL = _("必须提交"), _("完整备案必须提交，简化备案可不提交")
_CHANGED = _("有改动的重新提交")


def _paper(label: Any, *, required: bool = False) -> VaultFileField:
    return VaultFileField(label=label, accepted=("pdf", "docx"), required=required)


def _text(label: Any, hint: Any = "", **more: Any) -> forms.CharField:
    more = {"widget": forms.Textarea(attrs={"rows": 3}), "max_length": 2000} | more
    return forms.CharField(label=label, help_text=hint, **more)


def _many(label: Any, *choices: tuple[str, Any]) -> forms.MultipleChoiceField:
    boxes = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, widget=boxes, choices=choices)


class PlanForm(MatterForm):
    """The plan that is handed in, with its papers; what was said before stands there already."""

    asks_papers = True
    plan_level = forms.ChoiceField(label=_("预案层级"), choices=_LEVELS.choices)
    risk = forms.ChoiceField(label=_("风险级别"), choices=PlanFiling.Risk.choices)
    crosses_region = forms.BooleanField(label=_("环境风险跨行政区域"), required=False)
    is_simplified = forms.BooleanField(label=_("按简化程序备案"), required=False)
    signed_on = forms.DateField(label=_("签署发布日期"), widget=_DAY)
    signer = forms.CharField(label=_("预案签署人"), max_length=60)
    late_reason = _text(_("逾期报送原因"), _LATE, required=False)
    filing_form = _paper(_("备案表（签章）"))
    plan = _paper(_("应急预案"))
    drafting_note = _paper(_("编制说明"))
    risk_report = _paper(_("环境风险评估报告"))
    resource_report = _paper(_("环境应急资源调查报告"))
    review_opinion = _paper(_("评审意见"))

    def __init__(self, *args: Any, matter: Matter, **more: Any) -> None:
        plan = PlanFiling.objects.filter(pk=matter.pk).first() or PlanFiling()
        known = {name: getattr(plan, name) for name in SAID}
        super().__init__(*args, matter=matter, initial=known, **more)
        level: Any = self.fields["plan_level"]
        is_firm = matter.party is not None and matter.party.kind == Organisation.Kind.ENTERPRISE
        level.choices = _LEVELS.choices[2:] if is_firm else _LEVELS.choices[:2]
        both = rules.asked_papers(True, timezone.localdate())
        for name in rules.asked_papers(False, timezone.localdate()):
            paper: Any = self.fields[name]
            asked = _ALWAYS if name in both else _FULL
            paper.asked_when = asked if self.asks_papers else _CHANGED

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        simplified, today = bool(told.get("is_simplified")), timezone.localdate()
        risk, crosses = told.get("risk", ""), bool(told.get("crosses_region"))
        if simplified and (words := rules.not_simplified_for(risk, crosses, today)):
            self.add_error("is_simplified", words)
        for name in rules.asked_papers(simplified, today) if self.asks_papers else ():
            if name not in self.errors and not told.get(name):
                self.add_error(name, _("请提交“%(paper)s”。") % {"paper": self.fields[name].label})
        return told


class SupplementForm(PlanForm):
    """What was corrected: only what changed is handed in again."""

    asks_papers = False
    note = _text(_("补正说明"), _("对照补正告知书逐项说明。"))
    field_order = ("note",)


class ReviseForm(PlanForm):
    """A revised plan. Source of the six triggers: 环发〔2015〕4号 §12."""

    triggers = _many(
        _("修订原因"),
        ("risk", _("面临的环境风险发生重大变化")),
        ("organisation", _("应急管理组织指挥体系与职责发生重大变化")),
        ("process", _("监测预警、报告、应对流程或保障措施发生重大变化")),
        ("resources", _("重要应急资源发生重大变化")),
        ("lessons", _("实际应对或演练中发现问题，须作重大调整")),
        ("other", _("其他需要修订的情况")),
    )
    changes = _text(_("修订内容"))
    field_order = ("triggers", "changes")


class CorrectForm(forms.Form):
    """What is missing, told once, and until when to file again. Source: 环发〔2015〕4号 §§16, 17."""

    missing = _text(_("须补正的内容"), _("一次写明全部须补正的内容；补正只能告知一次。"))
    refile_by = forms.DateField(label=_("再次备案期限（由受理部门确定）"), widget=_DAY)


class RefuseForm(forms.Form):
    """Filing is checked for completeness alone: what a plan is worth is for those who review it."""

    ground = forms.ChoiceField(
        label=_("不予备案的情形"), choices=rules.GROUNDS, widget=forms.RadioSelect
    )
    reason = _text(_("理由"))


class ReportForm(forms.Form):
    reported_to = _many(_("报送对象"), ("city", _("市级部门")), ("province", _("省级部门")))


class AssessForm(forms.Form):
    conclusion = _text(_("评估结论"), _("评估认为须修订的，请改为办理“修订备案”。"))
    assessment = _paper(_("回顾性评估报告"), required=True)


class ReasonForm(forms.Form):
    reason = _text(_("理由"))
