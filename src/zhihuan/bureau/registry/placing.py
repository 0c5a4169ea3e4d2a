"""Move a device (数采仪) to another point: where it stood until then is kept.

What a device measured before the move belongs to the point it stood at: ``placements`` says which point
a device's data of a day are about. It refuses a move before the device came to where it stands.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from zhihuan.bureau.history.changing import Changes
from zhihuan.bureau.registry.models import Device, MonitoringPoint, PastPlacement


@dataclass(frozen=True, slots=True)
class Placement:
    """A device at a point from ``first`` to ``last`` (both included; None: it still stands there)."""

    point: MonitoringPoint
    first: dt.date
    last: dt.date | None
    why: str = ""


def move(
    changes: Changes, device: Device, to: MonitoringPoint, on: dt.date, why: str
) -> PastPlacement:
    """Place the device at ``to`` from day ``on``; its last day at the old point is the day before.

    ValidationError for the same point, or a day not after the one it came.
    """
    if device.point_id == to.pk:
        raise ValidationError({"to": _("设备已在此点位，无需移动。")})
    if on <= device.placed:
        words = _("移装日期须晚于设备装到现点位的日期（%(placed)s）。")
        raise ValidationError({"on": words % {"placed": device.placed}})
    past = PastPlacement(
        device=device,
        point=device.point,
        placed=device.placed,
        removed=on - dt.timedelta(days=1),
        why=why[:120],
    )
    changes.create(past)
    changes.update(device, point=to, placed=on)
    return past


def placements(device: Device) -> list[Placement]:
    """Where a device stands and stood, newest first; one query beside the device's own point."""
    past = device.past_placements.select_related("point").order_by("-placed")
    here = Placement(device.point, device.placed, None)
    return [here, *(Placement(each.point, each.placed, each.removed, each.why) for each in past)]
