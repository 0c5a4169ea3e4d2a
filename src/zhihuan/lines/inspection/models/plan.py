"""A plan of inspections (检查计划), with what was promised before its draw and what was drawn."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.models import Matter


class InspectionPlan(Matter):
    """commitment: SHA-256 of the seed; roster_digest: of the list. public_word: what was said when it was drawn.
    Dates None while not known. What is drawn from and what was drawn: ``Draw``."""

    class Kind(models.TextChoices):
        RANDOM = "random", _("双随机抽查")
        TARGETED = "targeted", _("重点检查")

    kind = models.CharField(_("计划类别"), max_length=10, choices=Kind, blank=True)
    purpose = models.CharField(_("检查事项"), max_length=500, blank=True)
    approval = models.CharField(_("计划批准文号"), max_length=120, blank=True)
    begins_on = models.DateField(_("检查开始日期"), null=True, blank=True)
    ends_on = models.DateField(_("检查结束日期"), null=True, blank=True)
    commitment = models.CharField(_("种子承诺（SHA-256）"), max_length=64, blank=True)
    roster_digest = models.CharField(_("名录摘要（SHA-256）"), max_length=64, blank=True)
    committed_at = models.DateTimeField(_("承诺公开时间"), null=True, blank=True)
    public_word = models.CharField(_("抽取字串"), max_length=120, blank=True)
    witness = models.CharField(_("抽取见证人"), max_length=120, blank=True)
    drawn_at = models.DateTimeField(_("抽取时间"), null=True, blank=True)
    disclosed_at = models.DateTimeField(_("结果公示时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("检查计划")
        verbose_name_plural = _("检查计划")
        default_permissions = ()

    def document_facts(self) -> dict[str, Any]:
        """The visits of the plan with their outcomes, in the order drawn."""
        from zhihuan.lines.inspection.outcomes import outcomes_of

        return {"visits": outcomes_of(self)}
