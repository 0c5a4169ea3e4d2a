"""The stations of the public part, read from the registry by the declaration: three queries."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from zhihuan.bureau.disclosure.declaration import Subject, subject_of_kind, subjects
from zhihuan.bureau.disclosure.station import Limit, Station
from zhihuan.bureau.registry.models import Device, MonitoringPoint, PointLimit, River

_ZONE = re.compile(r"\b(4[ab]|[0-4])\s*类")
_NOISE = "GB 3096"


def published_points() -> QuerySet[MonitoringPoint]:
    """The points that the declaration names, and no others."""
    wanted = Q(pk__in=[])
    for subject in subjects().values():
        wanted |= Q(kind__in=subject.kinds) & _of_bodies(subject)
    return MonitoringPoint.objects.filter(wanted)


def _of_bodies(subject: Subject) -> Q:
    if subject.permit_levels:
        return Q(site__enterprise__level__in=subject.permit_levels)
    return Q(site__isnull=True) | Q(site__enterprise__isnull=True)


def read_stations(day: dt.date) -> list[Station]:
    """All of them by code, with the limits in force on ``day``."""
    rows = published_points().order_by("code").values(
        "pk", "code", "name", "kind", "town__name", "town_id", "lon", "lat", "synthetic",
        "site__enterprise__name", "section__river__kind",
    )  # fmt: skip
    limits = _limits(day)
    return [_station(row, limits[row["pk"]]) for row in rows]


def devices_of(codes: Iterable[str], day: dt.date) -> dict[str, str]:
    """MN → code of the station whose figures it sends; one query. MNs stay inside."""
    found = Device.objects.in_use(day).filter(point__code__in=list(codes))
    return dict(found.values_list("mn", "point__code"))


def _limits(day: dt.date) -> dict[int, list[PointLimit]]:
    rows = PointLimit.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=day),
        valid_from__lte=day,
        point__in=published_points(),
    ).order_by("valid_from")
    limits: dict[int, list[PointLimit]] = defaultdict(list)
    for row in rows:
        limits[row.point_id].append(row)
    return limits


def _station(row: dict[str, Any], limits: list[PointLimit]) -> Station:
    subject = subject_of_kind(row["kind"])
    return Station(
        code=row["code"],
        name=row["name"],
        kind=row["kind"],
        subject=subject.code,
        town=row["town__name"],
        town_code=row["town_id"],
        lon=row["lon"],
        lat=row["lat"],
        synthetic=row["synthetic"],
        enterprise=row["site__enterprise__name"] or "",
        lake=row["section__river__kind"] == River.Kind.LAKE,
        zone=_zone(limits),
        limits={
            each.factor: Limit(each.upper, each.lower, each.basis, each.clause, each.valid_from)
            for each in limits
            if each.kind == "hour"
        },
    )


def _zone(limits: list[PointLimit]) -> str:
    """The zone that the point's limits by GB 3096 name; "" where they name none, or several."""
    texts = [each.clause for each in limits if each.basis.startswith(_NOISE)]
    zones = {found[1] for text in texts if (found := _ZONE.search(text))}
    return zones.pop() if len(zones) == 1 else ""
