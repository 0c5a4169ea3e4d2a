"""Which data each point has: a factor of a point, and a kind of data that came for it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.registry.models import PointFactor
from zhihuan.telemetry.kinds import Kind


class ReportedSeries(models.Model):
    """One series: a registered factor at a point in one kind of data, once a row of it has come.

    Remembered by ``acquisition.reported`` from what the store holds. ``id`` follows from the factor's
    row and the kind, so that a series that is found again is the same one.
    """

    class DataKind(models.IntegerChoices):
        REALTIME = Kind.REALTIME, _("实时")
        MINUTE = Kind.MINUTE, _("分钟")
        HOUR = Kind.HOUR, _("小时")
        DAY = Kind.DAY, _("日")

    id = models.BigIntegerField(primary_key=True)
    point_factor = models.ForeignKey(
        PointFactor,
        on_delete=models.CASCADE,
        related_name="series",
        verbose_name=_("点位监测因子"),
    )
    kind = models.PositiveSmallIntegerField(_("数据类别"), choices=DataKind)

    class Meta:
        verbose_name = _("上报数据序列")
        verbose_name_plural = _("上报数据序列")
        ordering = ["id"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.point_factor_id} {self.get_kind_display()}"

    @staticmethod
    def id_of(point_factor_id: int, kind: int) -> int:
        """The id of a factor's series of one kind; kinds fit in four bits."""
        return point_factor_id * 16 + int(kind)
