"""Innocent causes of what looks like a violation: counted, so that a rule's false alarms have reasons."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["Cause"]


class Cause(models.TextChoices):
    """Source: the marks of HJ 212 and what officers report of alarms that did not stand."""

    DEVICE_FAULT = "device_fault", _("监测设备故障")
    MAINTENANCE = "maintenance", _("设备维护、校准")
    START_STOP = "start_stop", _("启停炉（机）")
    STOPPED = "stopped", _("停产停运")
    POWER = "power", _("停电、供水等外部原因")
    TRANSMISSION = "transmission", _("传输故障、数据重发")
    REGISTRY = "registry", _("档案或限值登记有误")
    WEATHER = "weather", _("气象、背景影响")
    REPEATED = "repeated", _("重复反映，已处理")
    NO_SUCH = "no_such", _("查无此对象、内容不明")
    OTHER = "other", _("其他")
