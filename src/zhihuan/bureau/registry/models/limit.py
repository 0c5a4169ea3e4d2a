"""What a point measures, and the limits its values are judged by."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.scope_fields import ScopeFields
from zhihuan.bureau.registry.models.permit import Permit
from zhihuan.bureau.registry.models.point import MonitoringPoint
from zhihuan.bureau.registry.models.version import RegistryQuerySet


class PointFactor(models.Model):
    """A factor (HJ 524/525 code) measured at a point; the lowest ``position`` is the headline."""

    point = models.ForeignKey(
        MonitoringPoint,
        on_delete=models.CASCADE,
        related_name="factors",
        verbose_name=_("监测点位"),
    )
    factor = models.CharField(_("监测因子"), max_length=20)
    position = models.PositiveSmallIntegerField(_("顺序"), default=0)

    objects = RegistryQuerySet.as_manager()

    class Meta:
        verbose_name = _("点位监测因子")
        verbose_name_plural = _("点位监测因子")
        ordering = ["point", "position", "factor"]
        constraints = [
            models.UniqueConstraint(fields=["point", "factor"], name="a_factor_once_per_point")
        ]

    def __str__(self) -> str:
        return self.factor

    @property
    def file_of(self) -> int | None:
        return self.point.file_of


class PointLimit(models.Model):
    """A limit on one factor at one point, with its law and the days between which it is in force.

    ``upper`` and ``lower`` are in the factor's unit; None means not bounded on that side.
    ``valid_until`` is the last day in force; None means until further notice.
    """

    class Period(models.TextChoices):
        REALTIME = "realtime", _("实时值")
        HOUR = "hour", _("小时值")
        DAY = "day", _("日均值")

    point = models.ForeignKey(
        MonitoringPoint, on_delete=models.CASCADE, related_name="limits", verbose_name=_("监测点位")
    )
    factor = models.CharField(_("监测因子"), max_length=20)
    kind = models.CharField(_("适用数据"), max_length=10, choices=Period, default=Period.HOUR)
    upper = models.FloatField(_("上限"), null=True, blank=True)
    lower = models.FloatField(_("下限"), null=True, blank=True)
    permit = models.ForeignKey(
        Permit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="limits",
        verbose_name=_("排污许可证"),
    )
    basis = models.CharField(_("依据"), max_length=120)
    clause = models.CharField(_("条款"), max_length=80, blank=True)
    valid_from = models.DateField(_("自"))
    valid_until = models.DateField(_("至"), null=True, blank=True)

    SCOPE = ScopeFields(town="point__town", organisation="point__site__enterprise", outside=True)
    ANNOUNCED_TO = "registry.view_monitoringpoint"

    objects = RegistryQuerySet.as_manager()

    class Meta:
        verbose_name = _("点位限值")
        verbose_name_plural = _("点位限值")
        ordering = ["point", "factor", "kind", "valid_from"]
        indexes = [models.Index(fields=["point", "factor", "kind", "valid_from"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(upper__isnull=False) | models.Q(lower__isnull=False),
                name="a_limit_bounds_something",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="a_limit_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.factor} {self.kind} {self.lower}–{self.upper}"

    @property
    def file_of(self) -> int | None:
        return self.point.file_of
