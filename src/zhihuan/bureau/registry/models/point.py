"""Monitoring points (监测点位): where something is measured."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.scope_fields import ScopeFields
from zhihuan.bureau.places.models import Town
from zhihuan.bureau.registry.models.place import LATITUDE, LONGITUDE
from zhihuan.bureau.registry.models.river import Section
from zhihuan.bureau.registry.models.site import Outlet, Site
from zhihuan.bureau.registry.models.version import RegistryQuerySet
from zhihuan.bureau.search.declaration import Searched


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
        verbose_name=_("所在厂区（站址）"),
    )
    outlet = models.ForeignKey(
        Outlet,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="points",
        verbose_name=_("所在排口"),
    )
    section = models.ForeignKey(
        Section,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="points",
        verbose_name=_("所在断面"),
    )
    town = models.ForeignKey(
        Town, on_delete=models.PROTECT, related_name="points", verbose_name=_("镇街")
    )
    lon = models.FloatField(_("经度（WGS-84）"), validators=LONGITUDE)
    lat = models.FloatField(_("纬度（WGS-84）"), validators=LATITUDE)
    synthetic = models.BooleanField(_("模拟数据"), default=False)

    SCOPE = ScopeFields(town="town", organisation="site__enterprise", outside=True)
    SEARCH = Searched("registry.view_monitoringpoint", codes=("code",), name="name")
    ANNOUNCED_TO = "registry.view_monitoringpoint"

    objects = RegistryQuerySet.as_manager()

    class Meta:
        verbose_name = _("监测点位")
        verbose_name_plural = _("监测点位")
        ordering = ["code"]
        # what its list is ordered by, beside the code
        indexes = [models.Index(fields=[name, "id"]) for name in ("name", "kind", "town")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def file_of(self) -> int | None:
        """The organisation whose file (一企一档) this record belongs in."""
        return self.site.enterprise_id if self.site else None
