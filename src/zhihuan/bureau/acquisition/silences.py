"""Notice devices that fell silent and those that came back, by the rule of the data-quality check."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from zhihuan.bureau.acquisition.event_kinds import DEVICE_BACK, DEVICE_SILENT
from zhihuan.bureau.acquisition.fresh_connection import fresh_connection
from zhihuan.bureau.acquisition.models import DeviceSilence
from zhihuan.bureau.acquisition.silent_check import DEVICE_SILENT as CHECK
from zhihuan.bureau.events.emitting import emit
from zhihuan.bureau.events.kinds import EventKind
from zhihuan.bureau.events.models import Event
from zhihuan.bureau.registry.models import Device

_VIEW = "registry.view_device"


@fresh_connection
@transaction.atomic
def notice_silences() -> tuple[int, int]:
    """How many devices fell silent, and how many are back. Run every few minutes by whoever serves."""
    silent = CHECK.narrow(Device.objects.select_related("point"))
    fallen = list(silent.filter(silence__isnull=True).order_by("pk"))
    DeviceSilence.objects.bulk_create(
        [DeviceSilence(device=device) for device in fallen], batch_size=500, ignore_conflicts=True
    )
    over = DeviceSilence.objects.exclude(device__in=silent.values("pk"))
    ended = list(Device.objects.filter(silence__in=over).select_related("point").order_by("pk"))
    DeviceSilence.objects.filter(device__in=[device.pk for device in ended]).delete()
    # one that was taken out of use did not come back
    back = [device for device in ended if device.enabled and device.retired is None]
    emit(DEVICE_SILENT.code, lambda: _told(DEVICE_SILENT, fallen))
    emit(DEVICE_BACK.code, lambda: _told(DEVICE_BACK, back))
    return len(fallen), len(back)


def _told(kind: EventKind, devices: Sequence[Device]) -> list[Event]:
    return [
        Event(
            kind=kind.code,
            subject=f"registry.device:{device.pk}",
            permission=_VIEW,
            model="registry.device",
            object_id=str(device.pk),
            data={"device": device.mn, "point": device.point.code},
        )
        for device in devices
    ]
