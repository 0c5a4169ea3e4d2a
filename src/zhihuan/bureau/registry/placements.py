"""Which devices stood at a point, and when: what a device sent belongs to the point it stood at.

A device that never moved belongs to its point with everything it ever sent. It refuses to say that
for one that moved: before its day of arrival its data are another point's.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from zhihuan.bureau.registry.models import Device, PastPlacement

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Placement:
    """Device ``mn`` stood at the point from ``start`` until before ``end`` [epoch s, ±inf]."""

    mn: str
    start: float = -math.inf
    end: float = math.inf

    def within(self, start: float, end: float) -> tuple[float, float] | None:
        """The part of the span [start, end) that falls into the placement; None when none does."""
        first, last = max(start, self.start), min(end, self.end)
        return (first, last) if first < last else None


def placements_at(points: Collection[int]) -> dict[int, list[Placement]]:
    """Point id → placements, those of today first. Two queries."""
    found: dict[int, list[Placement]] = defaultdict(list)
    devices = list(
        Device.objects.filter(point__in=points)
        .order_by("-registered", "mn")
        .values_list("pk", "mn", "point_id", "placed", "past_placements__id")
        .distinct()
    )
    seen: set[int] = set()
    for pk, mn, point, placed, moved in devices:
        if pk not in seen:
            seen.add(pk)
            found[point].append(Placement(mn, _midnight(placed) if moved else -math.inf))
    past = PastPlacement.objects.filter(point__in=points).order_by("-removed", "-id")
    rows = past.values_list("point_id", "device__mn", "placed", "removed")
    for point, mn, placed, removed in rows:
        found[point].append(Placement(mn, _midnight(placed), _midnight(removed + _DAY)))
    return found


def _midnight(day: dt.date) -> float:
    """The beginning of a day in Beijing [epoch s]."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time())).timestamp()
