"""All monitoring points as columns: what does not change while the registry does not.

Read in a fixed number of queries, whatever the number of points, and kept until the registry's
version or the date changes (limits come into force by date). It refuses to know any measured value.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from django.db.models import Q
from numpy.typing import NDArray

from zhihuan.bureau.registry.models import Device, MonitoringPoint, PointFactor, PointLimit
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.point_state import silence_seconds

#: The kinds of data that say something about now.
LIVE_KINDS = (Kind.REALTIME, Kind.MINUTE, Kind.HOUR)
_LIMIT_KIND = {"realtime": Kind.REALTIME, "hour": Kind.HOUR}

_SlotKey = tuple[int, str, int]


@dataclass(frozen=True, slots=True)
class PointColumns:
    """Columns of equal length, ordered by code."""

    code: list[str]
    name: list[str]
    kind: list[str]
    town: list[str]
    lon: list[float]
    lat: list[float]
    site: list[str]
    synthetic: list[bool]

    def __len__(self) -> int:
        return len(self.code)


@dataclass(frozen=True)
class Catalogue:
    """Points, which device and factor belong to which, and the limits in force on ``day``.

    A slot is one (point, factor, kind) whose newest value is watched. ``slot_of`` finds it by
    (mn, factor, kind); ``upper`` and ``lower`` are its limits, NaN where not bounded.
    """

    version: int
    day: dt.date
    points: PointColumns
    mns: list[list[str]]
    point_of_mn: dict[str, int]
    interval_seconds: NDArray[np.float64]
    factors: list[list[str]]
    slot_of: dict[tuple[str, str, int], int]
    slot_point: NDArray[np.int64]
    slot_kind: NDArray[np.int64]
    upper: NDArray[np.float64]
    lower: NDArray[np.float64]
    headline_slots: NDArray[np.int64] = field(repr=False)

    def __len__(self) -> int:
        return len(self.points)

    @cached_property
    def silence(self) -> NDArray[np.float64]:
        """How long each point may be silent [s]."""
        return silence_seconds(self.interval_seconds)

    @cached_property
    def index_of(self) -> dict[str, int]:
        return {code: index for index, code in enumerate(self.points.code)}

    @cached_property
    def has_synthetic_points(self) -> bool:
        return any(self.points.synthetic)

    @cached_property
    def towns(self) -> list[str]:
        return sorted(set(self.points.town))

    @cached_property
    def haystack(self) -> list[str]:
        """What a search looks into, per point: code, name, site and device numbers, lower case."""
        points = self.points
        return [
            "\n".join((code, name, site, *mns)).lower()
            for code, name, site, mns in zip(
                points.code, points.name, points.site, self.mns, strict=True
            )
        ]


def read_catalogue(version: int, day: dt.date) -> Catalogue:
    """Read the registry: four queries."""
    ids, points = _read_points()
    index = {pk: position for position, pk in enumerate(ids)}
    mns, interval_seconds = _read_devices(index, day)
    factors = _read_factors(index)
    slots = _slots(factors)
    upper, lower = _read_limits(index, slots, day)
    return Catalogue(
        version=version,
        day=day,
        points=points,
        mns=mns,
        point_of_mn={mn: position for position, of_point in enumerate(mns) for mn in of_point},
        interval_seconds=interval_seconds,
        factors=factors,
        slot_of={
            (mn, factor, kind): slot
            for (position, factor, kind), slot in slots.items()
            for mn in mns[position]
        },
        slot_point=np.array([key[0] for key in slots], dtype=np.int64),
        slot_kind=np.array([key[2] for key in slots], dtype=np.int64),
        upper=upper,
        lower=lower,
        headline_slots=_headline_slots(factors, slots),
    )


def _read_points() -> tuple[list[int], PointColumns]:
    rows = list(
        MonitoringPoint.objects.order_by("code").values_list(
            "pk", "code", "name", "kind", "town__name", "lon", "lat", "site__name", "synthetic"
        )
    )
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(9)]
    ids, code, name, kind, town, lon, lat, site, synthetic = columns
    sites = [name or "" for name in site]
    return ids, PointColumns(code, name, kind, town, lon, lat, sites, synthetic)


def _read_devices(
    index: dict[int, int], day: dt.date
) -> tuple[list[list[str]], NDArray[np.float64]]:
    mns: list[list[str]] = [[] for _ in index]
    interval_seconds = np.full(len(index), np.nan)
    rows = Device.objects.in_use(day).order_by("mn")
    for point, mn, seconds in rows.values_list("point_id", "mn", "realtime_seconds"):
        position = index.get(point)
        if position is None:  # registered since the points were read: the next reading has it
            continue
        mns[position].append(mn)
        interval_seconds[position] = np.fmax(interval_seconds[position], seconds)
    return mns, interval_seconds


def _read_factors(index: dict[int, int]) -> list[list[str]]:
    factors: list[list[str]] = [[] for _ in index]
    rows = PointFactor.objects.order_by("point_id", "position", "factor")
    for point, factor in rows.values_list("point_id", "factor"):
        if point in index:
            factors[index[point]].append(factor)
    return factors


def _slots(factors: list[list[str]]) -> dict[_SlotKey, int]:
    keys = (
        (position, factor, int(kind))
        for position, of_point in enumerate(factors)
        for factor in of_point
        for kind in LIVE_KINDS
    )
    return {key: slot for slot, key in enumerate(keys)}


def _read_limits(
    index: dict[int, int], slots: dict[_SlotKey, int], day: dt.date
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    upper, lower = np.full(len(slots), np.nan), np.full(len(slots), np.nan)
    rows = PointLimit.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=day),
        valid_from__lte=day,
        kind__in=_LIMIT_KIND,
    ).order_by("valid_from")
    columns = rows.values_list("point_id", "factor", "kind", "upper", "lower")
    for point, factor, kind, high, low in columns:
        slot = slots.get((index.get(point, -1), factor, int(_LIMIT_KIND[kind])))
        if slot is not None:  # a limit on a factor that is not registered judges nothing
            upper[slot] = np.nan if high is None else high
            lower[slot] = np.nan if low is None else low
    return upper, lower


def _headline_slots(factors: list[list[str]], slots: dict[_SlotKey, int]) -> NDArray[np.int64]:
    """Per point, the slots of its first factor, one per live kind; -1 where it has no factor."""
    found = np.full((len(factors), len(LIVE_KINDS)), -1, dtype=np.int64)
    for position, of_point in enumerate(factors):
        if of_point:
            found[position] = [slots[(position, of_point[0], int(kind))] for kind in LIVE_KINDS]
    return found
