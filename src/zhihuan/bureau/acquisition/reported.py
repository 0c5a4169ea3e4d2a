"""Remembers which series have data, so that what a point offers is a table, not a search.

The store is asked for a digest of its (device, factor, kind) keys; only when that or the registry has
changed are the keys themselves read and what is new remembered. A series once remembered stays while
its factor is registered: what was measured is not forgotten because a device was taken away.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict

from zhihuan.bureau.acquisition.models import ReportedSeries
from zhihuan.bureau.acquisition.store import the_store
from zhihuan.bureau.registry.models import Device, PastPlacement, PointFactor, RegistryVersion

#: How old what is remembered may be [s].
FRESH_SECONDS = 60.0
KINDS = tuple(ReportedSeries.DataKind.values)

_lock = threading.Lock()
_seen: tuple[object, ...] = ()
_looked = float("-inf")


def remember_reported() -> None:
    """Bring ``ReportedSeries`` up to date, at most once a minute. Raises the store's errors.

    Whoever comes while another is at it takes what is there, but waits for the first time.
    """
    global _seen, _looked
    if time.monotonic() - _looked < FRESH_SECONDS or not _lock.acquire(blocking=not _seen):
        return
    try:
        store = the_store()
        state = (id(store), store.reported_digest(KINDS), RegistryVersion.current())
        if state != _seen:
            _remember_new()
        _seen, _looked = state, time.monotonic()
    finally:
        _lock.release()


def forget_reported() -> None:
    """Look again at the next question: another store, another database."""
    global _seen, _looked
    _seen, _looked = (), float("-inf")


def _remember_new() -> None:
    known = set(ReportedSeries.objects.values_list("pk", flat=True))
    new = [
        ReportedSeries(pk=key, point_factor_id=factor, kind=kind)
        for key, factor, kind in _reported()
        if key not in known
    ]
    ReportedSeries.objects.bulk_create(new, batch_size=5_000, ignore_conflicts=True)


def _reported() -> set[tuple[int, int, int]]:
    """(series id, PointFactor id, kind) of every registered factor that some device has reported."""
    points: dict[str, set[int]] = defaultdict(set)
    for mn, point in Device.objects.values_list("mn", "point_id"):
        points[mn].add(point)
    for mn, point in PastPlacement.objects.values_list("device__mn", "point_id"):
        points[mn].add(point)
    factors: dict[int, dict[str, int]] = defaultdict(dict)
    for pk, point, factor in PointFactor.objects.values_list("pk", "point_id", "factor"):
        factors[point][factor] = pk
    keys = the_store().reported(KINDS)
    found = set()
    for mn, factor, kind in zip(keys.mn, keys.factor, keys.kind.tolist(), strict=True):
        for point in points.get(mn, ()):
            if pk := factors[point].get(factor):
                found.add((ReportedSeries.id_of(pk, kind), pk, kind))
    return found
