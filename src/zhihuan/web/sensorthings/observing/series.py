"""Which series Observations are asked of, and the devices whose rows make each.

A device may have stood elsewhere before: its rows of that time belong to the point it stood at then
(``registry.placements``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from zhihuan.bureau.registry.models import Device
from zhihuan.bureau.registry.placements import Placement, placements_at

#: Beyond every time the store can hold [epoch s].
ALWAYS = 2**32
_FACTOR, _POINT = "point_factor__factor", "point_factor__point_id"
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
    """A Datastream. sources: the stays of devices at the point, whose word counts first first; one that
    came back is there twice.
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
    """The series of these rows of ``ReportedSeries``, by id; four queries. Those whose point never had
    a device are absent."""
    found = list(rows.order_by("pk").values_list("pk", _POINT, _FACTOR, "kind")[:at_most])
    things = {thing for _pk, thing, _factor, _kind in found}
    stood = {
        thing: tuple(map(_source, placements))
        for thing, placements in placements_at(things).items()
    }
    minutes = _minutes(things)
    return [
        Series(pk, thing, factor, kind, stood[thing], minutes.get(thing, _USUAL_MINUTES))
        for pk, thing, factor, kind in found
        if thing in stood
    ]


def _source(placement: Placement) -> Source:
    start, end = max(0, placement.start), min(ALWAYS, placement.end)
    return Source(placement.mn, int(start), int(end))


def _minutes(things: set[int]) -> dict[int, int]:
    """The minute period [min] of the device in use at each point."""
    devices = Device.objects.filter(point_id__in=things).order_by("enabled", "registered", "-mn")
    return dict(devices.values_list("point_id", "minute_minutes"))
