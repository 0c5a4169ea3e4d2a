"""A device in use that has not been connected for a day: data quality, by the gateway's journal."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.acquisition.models import DeviceConnection
from zhihuan.bureau.registry.models import Device
from zhihuan.bureau.registry.quality.check import SqlCheck

#: Longer than this without a connection is silence.
SILENCE = dt.timedelta(days=1)


def _finds() -> Any:
    recent = Q(online=True) | Q(last_seen__gte=timezone.now() - SILENCE)
    heard = DeviceConnection.objects.filter(recent, mn=OuterRef("mn"))
    today = timezone.localdate()
    in_use = Q(enabled=True) & (Q(retired__isnull=True) | Q(retired__gt=today))
    return in_use & Q(placed__lt=today) & ~Exists(heard)


DEVICE_SILENT = SqlCheck(
    code="device_silent",
    title=_("数采仪失联超过一天"),
    mend=_("联系企业或运维单位检查供电、网络与平台地址；停用的设备请登记停用日期。"),
    model=Device,
    finds=_finds,
)
