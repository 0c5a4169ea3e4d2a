"""Vehicles (车辆) the bureau follows: waste carriers, heavy diesel, dust trucks."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.people.scope_fields import ScopeFields
from zhihuan.bureau.registry.models.version import RegistryQuerySet
from zhihuan.bureau.search.declaration import Searched

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
#: Ordinary, new-energy and trailer plates (GA 36-2018, from recall: unconfirmed).
PLATE = RegexValidator(
    rf"^[{_PROVINCES}][A-HJ-NP-Z][A-HJ-NP-Z0-9]{{4,5}}[A-HJ-NP-Z0-9挂警学]$",
    _("号牌形如 粤T12345、粤TD12345（新能源）、粤T1234挂"),
)
_VIN = RegexValidator(r"^[0-9A-HJ-NPR-Z]{17}$", _("车辆识别代号为 17 位数字或字母，不含 I、O、Q"))


class Vehicle(models.Model):
    """A vehicle known by its plate; ``stage`` is the emission stage (国一 … 国六)."""

    class Use(models.TextChoices):
        WASTE = "waste", _("危险废物运输")
        SLUDGE = "sludge", _("污泥、废水运输")
        MUCK = "muck", _("渣土运输")
        DIESEL = "diesel", _("重型柴油车")
        MONITORING = "monitoring", _("监测执法车")
        OTHER = "other", _("其他")

    class Fuel(models.TextChoices):
        DIESEL = "diesel", _("柴油")
        PETROL = "petrol", _("汽油")
        GAS = "gas", _("燃气")
        ELECTRIC = "electric", _("纯电动")
        HYBRID = "hybrid", _("混合动力")

    plate = models.CharField(_("号牌号码"), max_length=10, unique=True, validators=[PLATE])
    vin = models.CharField(_("车辆识别代号"), max_length=17, blank=True, validators=[_VIN])
    owner = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="vehicles",
        verbose_name=_("所属单位"),
    )
    use = models.CharField(_("用途"), max_length=12, choices=Use)
    fuel = models.CharField(_("燃料"), max_length=10, choices=Fuel, blank=True)
    stage = models.PositiveSmallIntegerField(
        _("排放阶段"),
        null=True,
        blank=True,
        choices=[(n, f"国{'一二三四五六'[n - 1]}") for n in range(1, 7)],
    )
    scrapped_on = models.DateField(_("报废日期"), null=True, blank=True)
    synthetic = models.BooleanField(_("模拟数据"), default=False)

    SCOPE = ScopeFields(organisation="owner")
    SEARCH = Searched("registry.view_vehicle", codes=("plate", "vin"))
    ANNOUNCED_TO = "registry.view_vehicle"

    objects = RegistryQuerySet.as_manager()

    class Meta:
        verbose_name = _("车辆")
        verbose_name_plural = _("车辆")
        ordering = ["plate"]

    def __str__(self) -> str:
        return self.plate

    @property
    def file_of(self) -> int | None:
        return self.owner_id
