"""What acquisition tells of: traffic in quarantine, devices gone silent and back."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.events.kinds import EventKind

QUARANTINED = EventKind(
    "quarantine.entered",
    _("报文进入隔离"),
    "Traffic could not be taken; at most one event for each reason and device in ten minutes.",
)
DEVICE_SILENT = EventKind(
    "device.silent", _("数采仪失联"), "A device in use has not been connected for a day."
)
DEVICE_BACK = EventKind("device.back", _("数采仪恢复"), "A silent device is connected again.")
