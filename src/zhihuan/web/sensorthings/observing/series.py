"""Which series Observations are asked of, and the devices whose rows make each.

A device may have stood elsewhere before: its rows of that time belong to the point it stood at then.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone

from zhihuan.bureau.registry.models import Device, PastPlacement

#: Beyond every time the store can hold [epoch s].
ALWAYS = 2**32
_FACTOR, _POINT = "point_factor__factor", "point_factor__point_id"
_DAY = dt.timedelta(days=1)
_USUAL_MINUTES = 10


@dataclass(frozen=True, slots=True)
class Source:
    """A device, and the span in which it stood at the point: [start, end) in epoch seconds."""

    mn: str
    start: int = 0
    end: int = ALWAYS

    @property
    def is_always(self) -> bool:
        return self.start == 0 and self.end == ALWAYS


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """A Datastream. sources: the point's devices, the one whose word counts first first.
    minute_minutes: minute period of that device [min]."""

    id: int
    thing: int
    factor: str
    kind: int
    sources: tuple[Source, ...]
    minute_minutes: int

    @property
    def mns(self) -> tuple[str, ...]:
        return tuple(source.mn for source in self.sources)

    @property
    def is_plain(self) -> bool:
        """Whether all rows of its devices are its own."""
        return all(source.is_always for source in self.sources)


def series_of(rows: QuerySet[Any], at_most: int | None = None) -> list[Series]:
    """The series of these rows of ``ReportedSeries``, by id; three queries. Those whose point has no
    device are absent."""
    found = list(rows.order_by("pk").values_list("pk", _POINT, _FACTOR, "kind")[:at_most])
    stood = _stood({thing for _pk, thing, _factor, _kind in found})
    return [
        Series(pk, thing, factor, kind, stood[thing].sources, stood[thing].minute_minutes)
        for pk, thing, factor, kind in found
        if thing in stood
    ]


@dataclass(frozen=True, slots=True)
class _Stood:
    sources: tuple[Source, ...]
    minute_minutes: int = _USUAL_MINUTES


def _stood(things: set[int]) -> dict[int, _Stood]:
    """The devices that stand or stood at each point, those of today first, the newest first."""
    sources: dict[int, list[Source]] = defaultdict(list)
    minutes: dict[int, int] = {}
    for thing, mn, minute_minutes, moved in _standing(things):
        sources[thing].append(Source(mn, _midnight(moved + _DAY) if moved else 0))
        minutes.setdefault(thing, minute_minutes)
    for thing, mn, placed, removed in _gone(things):
        sources[thing].append(Source(mn, _midnight(placed), _midnight(removed + _DAY)))
    return {
        thing: _Stood(_one_each(found), minutes.get(thing, _USUAL_MINUTES))
        for thing, found in sources.items()
    }


def _standing(things: set[int]) -> Iterable[tuple[int, str, int, dt.date | None]]:
    devices = Device.objects.filter(point_id__in=things).order_by("-enabled", "-registered", "mn")
    moved = devices.annotate(moved=Max("past_placements__removed"))
    return moved.values_list("point_id", "mn", "minute_minutes", "moved")


def _gone(things: set[int]) -> Iterable[tuple[int, str, dt.date, dt.date]]:
    gone = PastPlacement.objects.filter(point_id__in=things).order_by("-removed", "device__mn")
    return gone.values_list("point_id", "device__mn", "placed", "removed")


def _one_each(sources: Sequence[Source]) -> tuple[Source, ...]:
    """A device that came back: its later stay counts, its earlier one is part of the same story."""
    told: dict[str, Source] = {}
    for source in sources:
        known = told.get(source.mn, source)
        start, end = min(known.start, source.start), max(known.end, source.end)
        told[source.mn] = Source(source.mn, start, end)
    return tuple(told.values())


def _midnight(day: dt.date) -> int:
    """The first second of a day in Beijing."""
    zone = timezone.get_default_timezone()
    return max(0, int(dt.datetime.combine(day, dt.time(), zone).timestamp()))
