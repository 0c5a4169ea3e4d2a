"""Sites (企业、站点) and the monitoring points (监测点位) on them."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.registry.models.version import RegistryQuerySet

_LONGITUDE = [MinValueValidator(-180), MaxValueValidator(180)]
_LATITUDE = [MinValueValidator(-90), MaxValueValidator(90)]


class Site(models.Model):
    """An enterprise, a treatment plant, or the place of a public station."""

    code = models.CharField(_("编码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=120, db_index=True)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    industry = models.CharField(_("行业"), max_length=80, blank=True)
    town = models.CharField(_("镇街"), max_length=40, db_index=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    synthetic = models.BooleanField(_("模拟数据"), default=False)

    objects = RegistryQuerySet.as_manager()

    class Meta:
        verbose_name = _("企业（站点）")
        verbose_name_plural = _("企业（站点）")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class MonitoringPoint(models.Model):
    """A place where something is measured: an outlet, a station, a section of a river."""

    class Kind(models.TextChoices):
        FLUE_GAS = "flue_gas", _("废气排口")
        WASTEWATER = "wastewater", _("废水排口")
        AMBIENT_AIR = "ambient_air", _("空气站")
        RIVER = "river", _("地表水站")
        NOISE = "noise", _("噪声点")
        VOC = "voc", _("挥发性有机物")
        POWER = "power", _("用电工况")

    code = models.SlugField(_("点位编码"), max_length=40, unique=True)
    name = models.CharField(_("点位名称"), max_length=120)
    kind = models.CharField(_("类别"), max_length=20, choices=Kind, db_index=True)
    site = models.ForeignKey(
        Site,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="points",
        verbose_name=_("所属企业（站点）"),
    )
    town = models.CharField(_("镇街"), max_length=40, db_index=True)
    lon = models.FloatField(_("经度（WGS-84）"), validators=_LONGITUDE)
    lat = models.FloatField(_("纬度（WGS-84）"), validators=_LATITUDE)
    synthetic = models.BooleanField(_("模拟数据"), default=False)

    objects = RegistryQuerySet.as_manager()

    class Meta:
        verbose_name = _("监测点位")
        verbose_name_plural = _("监测点位")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
