"""Sites (厂区、站址) and what stands on them: outlets (排口) and facilities (设施)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.scope_fields import ScopeFields
from zhihuan.bureau.places.models import Town
from zhihuan.bureau.registry.models.enterprise import Enterprise
from zhihuan.bureau.registry.models.place import Located
from zhihuan.bureau.registry.models.version import RegistryQuerySet
from zhihuan.bureau.search.declaration import Searched


class Site(Located):
    """The works of an enterprise, or the place of a public station (``enterprise`` None)."""

    code = models.CharField(_("编码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=120, db_index=True)
    enterprise = models.ForeignKey(
        Enterprise,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sites",
        verbose_name=_("所属企业"),
    )
    town = models.ForeignKey(
        Town, on_delete=models.PROTECT, related_name="sites", verbose_name=_("镇街")
    )
    address = models.CharField(_("地址"), max_length=200, blank=True)
    synthetic = models.BooleanField(_("模拟数据"), default=False)

    SCOPE = ScopeFields(town="town", organisation="enterprise", outside=True)
    SEARCH = Searched("registry.view_site", codes=("code",), name="name", texts=("address",))
    ANNOUNCED_TO = "registry.view_site"

    objects = RegistryQuerySet.as_manager()

    class Meta:
        verbose_name = _("厂区（站址）")
        verbose_name_plural = _("厂区（站址）")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def file_of(self) -> int | None:
        return self.enterprise_id


class Outlet(Located):
    """An outlet as the permit numbers it (DA001, DW001); ``receiving`` is what it discharges to."""

    class Medium(models.TextChoices):
        GAS = "gas", _("废气")
        WATER = "water", _("废水")
        RAIN = "rain", _("雨水")
        NOISE = "noise", _("噪声")

    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, related_name="outlets", verbose_name=_("厂区")
    )
    number = models.CharField(_("排口编号"), max_length=20)
    name = models.CharField(_("排口名称"), max_length=120)
    medium = models.CharField(_("介质"), max_length=10, choices=Medium)
    receiving = models.CharField(_("排放去向"), max_length=120, blank=True)
    height_m = models.FloatField(_("排气筒高度（m）"), null=True, blank=True)
    closed_on = models.DateField(_("封堵日期"), null=True, blank=True)

    SCOPE = ScopeFields(town="site__town", organisation="site__enterprise", outside=True)
    ANNOUNCED_TO = "registry.view_site"

    objects = RegistryQuerySet.as_manager()

    class Meta:
        verbose_name = _("排口")
        verbose_name_plural = _("排口")
        ordering = ["site", "number"]
        # what its list is ordered by
        indexes = [models.Index(fields=[name, "id"]) for name in ("number", "name", "medium")]
        constraints = [
            models.UniqueConstraint(fields=["site", "number"], name="one_outlet_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def file_of(self) -> int | None:
        return self.site.enterprise_id


class Facility(models.Model):
    """A plant that makes pollution or treats it; ``outlet`` is where what it treats comes out."""

    class Kind(models.TextChoices):
        PRODUCTION = "production", _("生产设施")
        TREATMENT = "treatment", _("治理设施")

    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, related_name="facilities", verbose_name=_("厂区")
    )
    number = models.CharField(_("设施编号"), max_length=20)
    name = models.CharField(_("设施名称"), max_length=120)
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    process = models.CharField(_("工艺"), max_length=120, blank=True)
    capacity = models.CharField(_("设计能力"), max_length=60, blank=True)
    outlet = models.ForeignKey(
        Outlet,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="facilities",
        verbose_name=_("对应排口"),
    )
    closed_on = models.DateField(_("停用日期"), null=True, blank=True)

    SCOPE = ScopeFields(town="site__town", organisation="site__enterprise", outside=True)
    ANNOUNCED_TO = "registry.view_site"

    objects = RegistryQuerySet.as_manager()

    class Meta:
        verbose_name = _("设施")
        verbose_name_plural = _("设施")
        ordering = ["site", "number"]
        # what its list is ordered by
        indexes = [models.Index(fields=[name, "id"]) for name in ("number", "name", "kind")]
        constraints = [
            models.UniqueConstraint(fields=["site", "number"], name="one_facility_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def file_of(self) -> int | None:
        return self.site.enterprise_id
