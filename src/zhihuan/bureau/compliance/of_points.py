"""The quarterly figures of points, read from the registry and the store and kept while they hold.

One read of the store for all points and quarters that are not known yet. What is known is kept by
point, quarter and a digest of what the point is judged by in that quarter, so a changed limit or a moved
device gives new figures and a change elsewhere or in another year does not. The running quarter is reckoned
anew after some minutes. Past ones are looked up again after an hour; ``keeps`` looks them up in the
database (``kept``), which is cleared where devices back-fill.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from zhihuan.bureau.acquisition.store import the_store
from zhihuan.bureau.compliance.kept import Place, look_up, put_down
from zhihuan.bureau.compliance.quarter import Quarter, epoch_of
from zhihuan.bureau.compliance.reckoning import (
    HOUR,
    Figures,
    HourLimit,
    Hours,
    Judged,
    Stay,
    figures_of,
    hours_of,
)
from zhihuan.bureau.registry.models import Device, PastPlacement, PointFactor, PointLimit
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store import MeasurementColumns

_RUNNING_SECONDS, _PAST_SECONDS = 300, 3600
_MOST_KEPT = 50_000
_kept: OrderedDict[tuple[int, Quarter, str, int], tuple[float, Figures]] = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Records:
    """The registry's records a reckoning needs, as of whatever day they were read."""

    devices: Iterable[Device]
    past: Iterable[PastPlacement]
    factors: Iterable[PointFactor]
    limits: Iterable[PointLimit]


def judged_points(points: Sequence[int], records: Records) -> dict[int, Judged]:
    """What each point (by primary key) is judged by. Asks the database nothing."""
    stays: dict[int, list[Stay]] = {point: [] for point in points}
    factors: dict[int, list[tuple[int, str]]] = {point: [] for point in points}
    limits: dict[int, list[HourLimit]] = {point: [] for point in points}
    mns = {device.pk: device.mn for device in records.devices}
    for device in records.devices:
        end = {"end": epoch_of(device.retired)} if device.retired else {}
        if device.point_id in stays:
            stays[device.point_id].append(Stay(device.mn, epoch_of(device.placed), **end))
    for past in records.past:
        if past.point_id in stays and past.device_id in mns:
            stay = Stay(
                mns[past.device_id], epoch_of(past.placed), epoch_of(past.removed) + 24 * HOUR
            )
            stays[past.point_id].append(stay)
    for each in records.factors:
        factors[each.point_id].append((each.position, each.factor))
    for limit in sorted(records.limits, key=lambda each: each.valid_from):
        if limit.kind == PointLimit.Period.HOUR:
            bounds, days = (limit.lower, limit.upper), (limit.valid_from, limit.valid_until)
            limits[limit.point_id].append(HourLimit.of(limit.factor, bounds, days))
    return {
        point: Judged(
            tuple(sorted(stays[point], key=lambda each: (each.start, each.mn))),
            tuple(code for _place, code in sorted(factors[point])),
            tuple(limits[point]),
        )
        for point in points
    }


def quarterly(
    judged: Mapping[int, Judged], quarters: Sequence[Quarter], until: int, *, keeps: bool = False
) -> dict[int, list[Figures]]:
    """Each point's figures, one a quarter, of what was due before ``until`` [epoch s].

    keeps: the points are rows of today's registry, and their past quarters may be kept in the database.
    Store errors reach the caller.
    """
    full = until // HOUR * HOUR
    digests = {
        (point, quarter): _digest(each.within(quarter.start, quarter.end))
        for point, each in judged.items()
        for quarter in quarters
    }
    found = _known(digests, full)
    missing = {place: digest for place, digest in digests.items() if place not in found}
    past = {place: d for place, d in missing.items() if keeps and place[1].end <= full}
    found |= (shelved := look_up(past))
    _remember({place: (missing[place], each) for place, each in shelved.items()}, full)
    if unknown := {place: d for place, d in missing.items() if place not in shelved}:
        reckoned = _reckon(judged, unknown, full)
        _remember(reckoned, full)
        put_down({place: each for place, each in reckoned.items() if place in past})
        found |= {place: figures for place, (_digest, figures) in reckoned.items()}
    return {point: [found[point, quarter] for quarter in quarters] for point in judged}


def hours_between(judged: Judged, start: int, end: int) -> Hours:
    """The judged hours of one point in [start, end) [epoch s]."""
    return hours_of(judged, _rows([judged], start, end))


def _reckon(
    judged: Mapping[int, Judged], unknown: Mapping[Place, str], until: int
) -> dict[Place, tuple[str, Figures]]:
    """Read once, and reckon."""
    wanted: dict[int, list[Quarter]] = {}
    for point, quarter in unknown:
        wanted.setdefault(point, []).append(quarter)
    quarters = {quarter for _point, quarter in unknown}
    start, end = min(quarters).start, min(max(quarters).end, until)
    rows = _rows([judged[point] for point in wanted], start, end)
    parts = _by_device(rows)
    reckoned = {}
    for point, which in wanted.items():
        # limits and devices of other years would be asked of every row
        now = judged[point].within(start, end)
        hours = hours_of(now, _of_devices(rows, parts, now))
        for quarter, each in zip(which, figures_of(now, hours, which, until), strict=True):
            reckoned[point, quarter] = (unknown[point, quarter], each)
    return reckoned


def _by_device(rows: MeasurementColumns) -> dict[str, slice]:
    """Where each device's rows lie; they come by device."""
    if not len(rows):
        return {}
    edges = [0, *(np.flatnonzero(rows.mn[1:] != rows.mn[:-1]) + 1).tolist(), len(rows)]
    return {str(rows.mn[start]): slice(start, end) for start, end in pairwise(edges)}


def _of_devices(
    rows: MeasurementColumns, parts: Mapping[str, slice], judged: Judged
) -> MeasurementColumns:
    """The rows of the devices that stood at one point: its own are few among those of a file."""
    mine = [parts[mn] for mn in sorted({stay.mn for stay in judged.stays}) if mn in parts]
    return MeasurementColumns(
        **{
            name: np.concatenate([column[part] for part in mine]) if mine else column[:0]
            for name, column in rows.columns().items()
        }
    )


def _rows(judged: Iterable[Judged], start: int, end: int) -> MeasurementColumns:
    mns = sorted({stay.mn for each in judged for stay in each.stays})
    return the_store().measurements(Kind.HOUR, start, max(start, end), mns=mns or [""])


def _digest(judged: Judged) -> str:
    """The same in every process, and whatever the order of what is in force at once."""
    told = (judged.stays, judged.factors, sorted(map(repr, judged.limits)))
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def _key(place: Place, digest: str, until: int) -> tuple[int, Quarter, str, int]:
    """``until`` counts only where it cuts the quarter."""
    point, quarter = place
    return (point, quarter, digest, min(quarter.end, max(until, quarter.start)))


def _known(digests: Mapping[Place, str], until: int) -> dict[Place, Figures]:
    now, found = time.monotonic(), {}
    with _lock:
        for place, digest in digests.items():
            kept = _kept.get(_key(place, digest, until))
            lasts = _PAST_SECONDS if place[1].end <= until else _RUNNING_SECONDS
            if kept is not None and now - kept[0] < lasts:
                found[place] = kept[1]
    return found


def _remember(reckoned: Mapping[Place, tuple[str, Figures]], until: int) -> None:
    now = time.monotonic()
    with _lock:
        for place, (digest, figures) in reckoned.items():
            _kept[_key(place, digest, until)] = (now, figures)
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)


def forget() -> None:
    """Start anew: for tests, and after the store was replaced."""
    with _lock:
        _kept.clear()
