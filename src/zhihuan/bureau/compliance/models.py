"""Past quarters of points, reckoned once: what a year's hours come to does not change any more."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.registry.models import MonitoringPoint


class KeptQuarter(models.Model):
    """The figures of one point in one past quarter (``reckoning.Figures``), until data arrive for it.

    digest: of what the point was judged by in that quarter; figures with another digest are reckoned anew.
    """

    point = models.ForeignKey(
        MonitoringPoint,
        on_delete=models.CASCADE,
        db_index=False,  # the constraint's index begins with it
        related_name="+",
        verbose_name=_("所计算的点位"),
    )
    year = models.PositiveSmallIntegerField(_("所计算的年份"))
    number = models.PositiveSmallIntegerField(_("所计算的季度"))
    digest = models.CharField(_("计算依据校验值"), max_length=32)
    due = models.PositiveIntegerField(_("应传小时数"))
    received = models.PositiveIntegerField(_("已传小时数"))
    valid = models.PositiveIntegerField(_("有效小时数"))
    exceeding = models.PositiveIntegerField(_("超标小时数"))
    by_factor = models.JSONField(_("各因子超标小时数"), default=dict)
    reckoned_at = models.DateTimeField(_("季度计算时间"), default=timezone.now)

    class Meta:
        verbose_name = _("季度合规数据")
        verbose_name_plural = _("季度合规数据")
        ordering = ["point", "year", "number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["point", "year", "number"], name="a_quarter_of_a_point_is_kept_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.point_id} {self.year}Q{self.number}"
