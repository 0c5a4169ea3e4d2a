"""One visit to one firm (现场检查)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.audit.exact_json import ExactJSONField
from zhihuan.bureau.matters.models import Matter
from zhihuan.lines.inspection.models.plan import InspectionPlan


class Inspection(Matter):
    """planned: who shall go, [{id, name, certificate}]. begun_at: when officers showed their certificates
    the first time; it counts for the yearly cap from then on. suspected: whether a record names a suspected
    violation; None before any record. visit_by: the last day to go."""

    class Kind(models.TextChoices):
        RANDOM = "random", _("双随机抽查")
        TARGETED = "targeted", _("重点检查")
        CLUE = "clue", _("线索核查")
        REVISIT = "revisit", _("整改复查")
        REQUEST = "request", _("应企业申请")
        EMERGENCY = "emergency", _("突发事件")

    plan = models.ForeignKey(
        InspectionPlan,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="visits",
        verbose_name=_("所属检查计划"),
    )
    kind = models.CharField(_("检查类别"), max_length=10, choices=Kind, blank=True)
    items = ExactJSONField(_("检查内容"), default=list, blank=True)
    planned = ExactJSONField(_("指派的执法人员"), default=list, blank=True)
    visit_by = models.DateField(_("检查期限"), null=True, blank=True)
    begun_at = models.DateTimeField(_("入企时间"), null=True, blank=True)
    left_at = models.DateTimeField(_("离场时间"), null=True, blank=True)
    suspected = models.BooleanField(_("发现涉嫌违法"), null=True, blank=True)

    class Meta:
        verbose_name = _("现场检查")
        verbose_name_plural = _("现场检查")
        default_permissions = ()
        indexes = [models.Index(fields=["begun_at"], name="visits_by_begin")]

    def document_facts(self) -> dict[str, Any]:
        """What the registry states, who was met, and the signatures as lines."""
        from zhihuan.lines.inspection.told import facts_of

        return facts_of(self)
