"""The quarterly figures of points, read from the registry and the store and kept while they hold.

One read of the store for all points and quarters that are not known yet. What is known is kept by
point, quarter and a digest of what the point is judged by, so a changed limit or a moved device gives new
figures and a change elsewhere does not. The running quarter is reckoned anew after some minutes, past
ones, into which devices may back-fill, after an hour.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from zhihuan.bureau.acquisition.store import the_store
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
_kept: OrderedDict[tuple[int, Quarter, int, int], tuple[float, Figures]] = OrderedDict()
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
    judged: Mapping[int, Judged], quarters: Sequence[Quarter], until: int
) -> dict[int, list[Figures]]:
    """Each point's figures, one a quarter, of what was due before ``until`` [epoch s].

    Store errors reach the caller.
    """
    full = until // HOUR * HOUR
    unknown = {
        point: [q for q in quarters if _known(point, q, each, full) is None]
        for point, each in judged.items()
    }
    missing = {point: which for point, which in unknown.items() if which}
    if missing:
        _reckon(judged, missing, full)
    return {
        point: [_known(point, q, each, full) or Figures() for q in quarters]
        for point, each in judged.items()
    }


def hours_between(judged: Judged, start: int, end: int) -> Hours:
    """The judged hours of one point in [start, end) [epoch s]."""
    return hours_of(judged, _rows([judged], start, end))


def _reckon(judged: Mapping[int, Judged], missing: Mapping[int, list[Quarter]], until: int) -> None:
    wanted = [quarter for which in missing.values() for quarter in which]
    rows = _rows([judged[p] for p in missing], min(wanted).start, min(max(wanted).end, until))
    now = time.monotonic()
    for point, which in missing.items():
        each = judged[point]
        found = figures_of(each, hours_of(each, rows), which, until)
        with _lock:
            for quarter, figures in zip(which, found, strict=True):
                _kept[_key(point, quarter, each, until)] = (now, figures)
            while len(_kept) > _MOST_KEPT:
                _kept.popitem(last=False)


def _rows(judged: Iterable[Judged], start: int, end: int) -> MeasurementColumns:
    mns = sorted({stay.mn for each in judged for stay in each.stays})
    return the_store().measurements(Kind.HOUR, start, max(start, end), mns=mns or [""])


def _key(point: int, quarter: Quarter, judged: Judged, until: int) -> tuple[int, Quarter, int, int]:
    """``until`` counts only where it cuts the quarter."""
    return (point, quarter, hash(judged), min(quarter.end, max(until, quarter.start)))


def _known(point: int, quarter: Quarter, judged: Judged, until: int) -> Figures | None:
    with _lock:
        kept = _kept.get(_key(point, quarter, judged, until))
    if kept is None:
        return None
    lasts = _PAST_SECONDS if quarter.end <= until else _RUNNING_SECONDS
    return kept[1] if time.monotonic() - kept[0] < lasts else None


def forget() -> None:
    """Start anew: for tests, and after the store was replaced."""
    with _lock:
        _kept.clear()
