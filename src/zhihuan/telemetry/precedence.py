"""Rows made again from frames kept: they replace older receptions, never a later one.

A replayed row counts as received now, so that statistics notice it; but the store lets the newest
reception of a key win, and a correction the device sent after the frame must stay. So what a frame
received later has said already is taken out first. It refuses to compare numbers: only who was
received later counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import fields
from functools import cache

from zhihuan.telemetry.rows import Batch, MeasurementRows
from zhihuan.telemetry.store import TelemetryStore

__all__ = ["give_precedence"]

_DAY_SECONDS = 86_400
_Key = tuple[str, str, int, int]  # mn, factor, kind, time [s]


def give_precedence(batch: Batch, store: TelemetryStore, now_ms: int) -> None:
    """Take out of ``batch`` the measurement rows a later-received frame has said; stamp the rest.

    On entry ``received`` of a row is when its frame was received [epoch ms], afterwards now_ms.
    The frames stay as they are. Raises StoreUnavailable.
    """
    rows = batch.measurements
    keys: list[_Key] = list(zip(rows.mn, rows.factor, rows.kind, rows.time, strict=True))
    newest: dict[_Key, int] = {}
    for index, key in enumerate(keys):
        if key not in newest or rows.received[index] >= rows.received[newest[key]]:
            newest[key] = index
    stored = _stored(rows, store)
    received = _reception(store)
    kept = []
    for key, index in sorted(newest.items(), key=lambda item: item[1]):
        there = stored.get(key)
        if (
            there is None
            or there[0] == rows.frame_id[index]
            or received(key[0], *there) <= rows.received[index]
        ):
            kept.append(index)
    batch.measurements = _chosen(rows, kept)
    batch.measurements.received = [now_ms] * len(kept)


def _stored(rows: MeasurementRows, store: TelemetryStore) -> dict[_Key, tuple[int, int]]:
    """Frame id and stamp of what the store has of the same devices, factors and days."""
    wanted: dict[tuple[str, int, int], set[str]] = defaultdict(set)
    for mn, factor, kind, time in zip(rows.mn, rows.factor, rows.kind, rows.time, strict=True):
        wanted[mn, kind, time // _DAY_SECONDS].add(factor)
    found: dict[_Key, tuple[int, int]] = {}
    for (mn, kind, day), factors in wanted.items():
        start, end = day * _DAY_SECONDS, (day + 1) * _DAY_SECONDS
        table = store.measurements(kind, start, end, mns=[mn], factors=sorted(factors))
        columns = (table.factor, table.time, table.frame_id, table.received)
        for factor, time, name, stamp in zip(*(it.tolist() for it in columns), strict=True):
            found[mn, factor, kind, time] = (name, stamp)
    return found


def _reception(store: TelemetryStore) -> Callable[[str, int, int], int]:
    """When a stored row's frame was received first [epoch ms]; its stamp when it has no frame."""

    @cache
    def received(mn: str, frame_id: int, stamp: int) -> int:
        frames = store.frame_by_id(mn, frame_id) if frame_id else None
        return int(frames.received[0]) if frames is not None and len(frames.received) else stamp

    return received


def _chosen(rows: MeasurementRows, kept: list[int]) -> MeasurementRows:
    columns = {one.name: getattr(rows, one.name) for one in fields(rows)}
    return MeasurementRows(**{name: [data[at] for at in kept] for name, data in columns.items()})
