"""The published hours of one station over a span: one look at the store for each factor and device.

Rows of a device that stood elsewhere at the time are left out, as everywhere.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from zhihuan.bureau.acquisition.store import the_store
from zhihuan.bureau.disclosure.declaration import subjects
from zhihuan.bureau.disclosure.measured import measured
from zhihuan.bureau.disclosure.station import Station
from zhihuan.bureau.disclosure.today import is_published
from zhihuan.bureau.registry.models import MonitoringPoint
from zhihuan.bureau.registry.placements import placements_at
from zhihuan.telemetry.kinds import Kind


@dataclass(frozen=True, slots=True)
class HourRow:
    """One hour of one factor. ``at``: its begin (aware). ``value``: None where nothing was measured."""

    factor: str
    at: dt.datetime
    value: float | None
    is_valid: bool


def hours_of(station: Station, start: int, end: int) -> list[HourRow]:
    """[start, end) in epoch seconds, by factor and time."""
    subject = subjects()[station.subject]
    factors = [
        each
        for each in sorted(subject.factors or station.limits)
        if is_published(station, each, "hour")
    ]
    (point,) = MonitoringPoint.objects.filter(code=station.code).values_list("pk", flat=True)
    rows: list[HourRow] = []
    for placement in placements_at([point]).get(point, []):
        part = placement.within(start, end)
        if part is not None:
            for factor in factors:
                rows += _rows(placement.mn, factor, int(part[0]), int(part[1]))
    return sorted(rows, key=lambda row: (row.factor, row.at))


def _rows(mn: str, factor: str, start: int, end: int) -> Iterator[HourRow]:
    found = the_store().series(mn, factor, Kind.HOUR, start, end)
    zone = timezone.get_default_timezone()
    for seconds, (value, is_valid) in zip(found.time.tolist(), measured(found), strict=True):
        at = dt.datetime.fromtimestamp(seconds, zone)
        yield HourRow(factor, at, None if math.isnan(value) else value, is_valid)
