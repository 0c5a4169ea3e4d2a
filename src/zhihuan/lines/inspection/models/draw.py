"""What a plan is drawn from and what was drawn: kept apart from the plan, whose columns every paper is told."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.audit.exact_json import ExactJSONField
from zhihuan.bureau.people.scope_fields import ScopeFields
from zhihuan.lines.inspection.models.plan import InspectionPlan


class Draw(models.Model):
    """seed: sealed, made when the plan was opened; nobody reads it before the draw. roster: whom the draw is from,
    as ``drawing.draw`` takes it. left_out: who was not on it, [{code, name, why}]. result: as ``drawing.draw``
    gave it; [] before."""

    plan = models.OneToOneField(
        InspectionPlan,
        on_delete=models.PROTECT,
        related_name="draw",
        verbose_name=_("所属检查计划"),
    )
    seed = models.TextField(_("种子（密封）"), editable=False)
    roster = ExactJSONField(_("抽取名录"), default=dict)
    left_out = ExactJSONField(_("未列入名录的企业"), default=list)
    result = ExactJSONField(_("抽取结果"), default=list)

    SCOPE = ScopeFields(town="plan__town")

    class Meta:
        verbose_name = _("双随机抽取")
        verbose_name_plural = _("双随机抽取")
        default_permissions = ()

    def __str__(self) -> str:
        return f"draw of {self.plan_id}"
