"""Devices (数采仪): how each speaks HJ 212, as data."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.scope_fields import ScopeFields
from zhihuan.bureau.registry.models.point import MonitoringPoint
from zhihuan.bureau.registry.models.version import RegistryQuerySet
from zhihuan.bureau.registry.sealing import seal, unseal
from zhihuan.bureau.search.declaration import Searched

_MN = RegexValidator(
    r"^[0-9A-Za-z_-]{1,64}$", _("设备编号（MN）只含数字、字母、- 和 _，最长 64 位")
)
_LOGGER_ID = RegexValidator(
    r"^[0-9A-Za-z:._-]{1,64}$", _("数采仪标识只含数字、字母、: . - 和 _，最长 64 位")
)


class DeviceQuerySet(RegistryQuerySet):
    """Devices, with the one rule of which of them are in use."""

    def in_use(self, day: dt.date) -> DeviceQuerySet:
        """The devices that are enabled and not retired on ``day`` (a day in Beijing time)."""
        not_retired = models.Q(retired__isnull=True) | models.Q(retired__gt=day)
        return self.filter(not_retired, enabled=True)


class Device(models.Model):
    """A data logger with its unique number (MN) and everything that differs in how it speaks.

    ``version`` None means: by the Flag of each frame. ``password`` (PW) and ``keys`` (SM4
    keys, newest first, separated by commas, two at most) are read and set as plain text and
    stored sealed, opened only when asked for; no page, log or export shows them.
    """

    class Version(models.IntegerChoices):
        V2005 = 0, "HJ/T 212-2005"
        V2017 = 1, "HJ 212-2017"
        V2025 = 2, "HJ 212-2025"

    class Crc(models.TextChoices):
        HJ212 = "hj212", _("标准算法")
        MODBUS = "modbus", _("Modbus")
        MODBUS_SWAPPED = "modbus-swapped", _("Modbus（高低字节互换）")
        OFF = "off", _("不校验")

    mn = models.CharField(_("设备编号（MN）"), max_length=64, unique=True, validators=[_MN])
    point = models.ForeignKey(
        MonitoringPoint,
        on_delete=models.PROTECT,
        related_name="devices",
        verbose_name=_("监测点位"),
    )
    logger_id = models.CharField(
        _("数采仪标识（i23005）"),
        max_length=64,
        blank=True,
        validators=[_LOGGER_ID],
        help_text=_("2025 版数采仪在尚无编号时以此标识首次联系，平台随即下发编号（MN）"),
    )
    system_type = models.CharField(_("系统编码（ST）"), max_length=5, blank=True)
    version = models.PositiveSmallIntegerField(
        _("协议版本"),
        choices=Version,
        null=True,
        blank=True,
        help_text=_("空：按数据包的 Flag 判断"),
    )
    surface_water = models.BooleanField(_("地表水自动监测协议"), default=False)
    crc = models.CharField(_("CRC 算法"), max_length=20, choices=Crc, default=Crc.HJ212)
    lenient = models.BooleanField(_("宽松解析"), default=True)
    lenient_length = models.BooleanField(_("长度字段宽松"), default=False)
    encrypted = models.BooleanField(_("加密传输（SM4）"), default=False)
    max_segment_bytes = models.PositiveIntegerField(
        _("数据段最大字节数"), default=9999, validators=[MaxValueValidator(9999)]
    )
    sealed_password = models.TextField(
        _("访问密码（密封）"), blank=True, default="", editable=False
    )
    sealed_keys = models.TextField(_("密钥（密封）"), blank=True, default="", editable=False)
    realtime_seconds = models.PositiveIntegerField(
        _("实时数据间隔（秒）"), default=60, validators=[MinValueValidator(5)]
    )
    minute_minutes = models.PositiveSmallIntegerField(
        _("分钟数据间隔（分）"), default=10, validators=[MinValueValidator(1)]
    )
    enabled = models.BooleanField(_("启用"), default=True)
    registered = models.DateField(_("登记日期"), default=timezone.localdate)
    retired = models.DateField(_("停用日期"), null=True, blank=True)
    placed = models.DateField(_("安装于本点位日期"), default=timezone.localdate)

    SCOPE = ScopeFields(town="point__town", organisation="point__site__enterprise", outside=True)
    SEARCH = Searched("registry.view_device", codes=("mn", "logger_id"))
    ANNOUNCED_TO = "registry.view_device"

    objects = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("数采仪")
        verbose_name_plural = _("数采仪")
        ordering = ["mn"]
        # what its list is ordered by, beside the MN
        indexes = [
            models.Index(fields=[name, "id"]) for name in ("system_type", "placed", "registered")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["logger_id"],
                condition=~models.Q(logger_id=""),
                name="one_device_per_logger",
            )
        ]

    def __str__(self) -> str:
        return self.mn

    def clean(self) -> None:
        try:
            keys = self.key_bytes
        except ValueError as error:
            raise ValidationError(_("密钥应为 16 个字符或 32 位十六进制")) from error
        if len(keys) > 2 or any(len(key) != 16 for key in keys):
            raise ValidationError(_("至多两个密钥，每个 16 个字符或 32 位十六进制"))
        if self.encrypted and not keys:
            raise ValidationError(_("选择加密传输时须填写密钥"))

    def in_use(self, day: dt.date) -> bool:
        """The rule of ``DeviceQuerySet.in_use``, for one device."""
        return self.enabled and (self.retired is None or self.retired > day)

    @property
    def file_of(self) -> int | None:
        return self.point.file_of

    @property
    def password(self) -> str:
        return unseal(self.sealed_password)

    @password.setter
    def password(self, plain: str | None) -> None:
        self.sealed_password = seal(plain or "")

    @property
    def keys(self) -> str:
        return unseal(self.sealed_keys)

    @keys.setter
    def keys(self, hexadecimal: str | None) -> None:
        self.sealed_keys = seal(hexadecimal or "")

    @property
    def key_bytes(self) -> tuple[bytes, ...]:
        """The SM4 keys, newest first. A key is 16 characters or 32 hexadecimal digits."""
        return tuple(_key(text) for text in self.keys.replace(",", " ").split())


def _key(text: str) -> bytes:
    return text.encode("ascii") if len(text) == 16 else bytes.fromhex(text)


class PastPlacement(models.Model):
    """Where a device stood before: from ``placed`` until ``removed`` (its last day there).

    Where it stands now is the device's own ``point`` and ``placed``.
    """

    device = models.ForeignKey(
        Device, on_delete=models.CASCADE, related_name="past_placements", verbose_name=_("数采仪")
    )
    point = models.ForeignKey(
        MonitoringPoint, on_delete=models.PROTECT, related_name="+", verbose_name=_("监测点位")
    )
    placed = models.DateField(_("安装日期"))
    removed = models.DateField(_("移出日期"))
    why = models.CharField(_("移出原因"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("设备曾用点位")
        verbose_name_plural = _("设备曾用点位")
        ordering = ["device", "placed"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(removed__gte=models.F("placed")),
                name="a_placement_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.device} {self.point}"


class FactorAlias(models.Model):
    """A vendor's own factor code on one device, and the standard code it stands for."""

    device = models.ForeignKey(
        Device, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("数采仪")
    )
    alias = models.CharField(_("厂家代码"), max_length=20)
    factor = models.CharField(_("标准代码"), max_length=20)

    objects = RegistryQuerySet.as_manager()

    class Meta:
        verbose_name = _("因子代码对照")
        verbose_name_plural = _("因子代码对照")
        ordering = ["device", "alias"]
        constraints = [
            models.UniqueConstraint(fields=["device", "alias"], name="one_meaning_per_alias")
        ]

    def __str__(self) -> str:
        return f"{self.alias} → {self.factor}"
