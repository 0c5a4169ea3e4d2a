"""A point of an outlet at which no device is in use: nothing can arrive from there."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.registry.models import Device, MonitoringPoint
from zhihuan.bureau.registry.quality.check import SqlCheck


def _finds() -> Any:
    in_use = Device.objects.in_use(timezone.localdate()).filter(point=OuterRef("pk"))
    return ~Exists(in_use)


POINT_WITHOUT_DEVICE = SqlCheck(
    code="point_without_device",
    title=_("没有在用的数采仪"),
    mend=_("登记数采仪，或将已有数采仪移到此点位。"),
    model=MonitoringPoint,
    finds=_finds,
)
