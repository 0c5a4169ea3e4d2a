"""Which device is connected where, since when, and how wrong its clock is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeviceConnection(models.Model):
    """The last known connection of one MN. Data freshness is read from the telemetry store."""

    mn = models.CharField(_("设备编号（MN）"), max_length=64, unique=True)
    online = models.BooleanField(_("在线"), default=False)
    gateway = models.CharField(_("网关"), max_length=80, blank=True)
    peer = models.CharField(_("对端地址"), max_length=60, blank=True)
    since = models.DateTimeField(_("状态自"), null=True)
    last_seen = models.DateTimeField(_("最近通信"), null=True)
    drift_seconds = models.FloatField(_("时钟偏差（秒）"), null=True)
    drift_at = models.DateTimeField(_("偏差测得时间"), null=True)

    class Meta:
        verbose_name = _("设备连接")
        verbose_name_plural = _("设备连接")
        ordering = ["mn"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.mn


class ConnectionNote(models.Model):
    """Something odd about a device or a peer: a wrong password, a wrong clock, too many errors."""

    at = models.DateTimeField(_("时间"))
    event = models.CharField(_("事件"), max_length=20)
    mn = models.CharField(_("设备编号（MN）"), max_length=64, blank=True)
    peer = models.CharField(_("对端地址"), max_length=60, blank=True)
    detail = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("连接记录")
        verbose_name_plural = _("连接记录")
        ordering = ["-id"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["mn", "-id"])]

    def __str__(self) -> str:
        return f"{self.event} {self.mn or self.peer}"
