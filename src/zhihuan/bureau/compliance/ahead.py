"""Past quarters are reckoned before anybody asks: a first look at a large file must not wait for two years of hours.

A round takes a few points of enterprises whose last whole quarter is not kept. It reckons nothing twice, and
refuses to hurry: a city's points are done within days of a quarter's end, what is looked at is done at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.compliance.models import KeptQuarter
from zhihuan.bureau.compliance.of_points import Records, judged_points, quarterly
from zhihuan.bureau.compliance.quarter import SHOWN, last_quarters
from zhihuan.bureau.registry.models import (
    Device,
    MonitoringPoint,
    PastPlacement,
    PointFactor,
    PointLimit,
)

__all__ = ["keep_ahead"]

#: Points of one read: two years of their hours lie in memory at once.
_PORTION = 10


def keep_ahead(now: dt.datetime, most: int = 100) -> int:
    """Reckon and keep the past quarters of so many points: how many there were. Store errors reach the caller."""
    quarters = last_quarters(SHOWN, beijing_day(now))[:-1]
    newest = quarters[-1]
    kept = KeptQuarter.objects.filter(point=OuterRef("pk"), year=newest.year, number=newest.number)
    waiting = MonitoringPoint.objects.filter(~Exists(kept), site__enterprise__isnull=False)
    points = list(waiting.order_by("pk").values_list("pk", flat=True)[:most])
    for at in range(0, len(points), _PORTION):
        some = points[at : at + _PORTION]
        quarterly(judged_points(some, _records(some)), quarters, int(now.timestamp()), keeps=True)
    return len(points)


def _records(points: Sequence[int]) -> Records:
    past = list(PastPlacement.objects.filter(point__in=points).order_by("placed", "pk"))
    moved = {each.device_id for each in past}
    devices = Device.objects.filter(Q(point__in=points) | Q(pk__in=moved)).order_by("mn")
    factors = PointFactor.objects.filter(point__in=points).order_by("position", "pk")
    limits = PointLimit.objects.filter(point__in=points)
    ordered = limits.order_by("point", "factor", "kind", "valid_from")
    return Records(list(devices), past, list(factors), list(ordered))
