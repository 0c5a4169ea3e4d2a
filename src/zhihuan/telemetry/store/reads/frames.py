"""Raw frames and device events.

Cost: frames are kept by (mn, the QN's time, frame_id), near enough the order in which they came;
a span of reception reads one narrow column of the device's frames and then only the bytes it needs.

A frame that was received again counts once, at its first reception. Until copies merge, the
second query sees them all and drops what was first received outside the span.
"""

# ruff: noqa: S608 - every value in the SQL is a literal made by sql.py
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.telemetry.store.engine import Columns, Engine
from zhihuan.telemetry.store.reads.shape import typed
from zhihuan.telemetry.store.sql import integers, text
from zhihuan.telemetry.store.tables import EventTable, FrameTable

__all__ = ["FramesOf", "events", "events_within", "frame_by_id", "frames"]

_COLUMNS = (
    "mn, received, frame_id, cn, st, qn, toUInt32(sent) AS sent_s, "
    "toUInt32(data_time) AS data_time_s, raw, sm3"
)
_BINARY = ("raw", "sm3")


@dataclass(frozen=True, slots=True)
class FramesOf:
    """A page of one device's frames, received in [start_ms, end_ms)."""

    mn: str
    start_ms: int
    end_ms: int
    cn: str | None = None
    limit: int = 100
    before: tuple[int, int] | None = None

    def condition(self) -> str:
        """The WHERE."""
        of_command = "" if self.cn is None else f" AND cn = {text(self.cn)}"
        return (
            f"mn = {text(self.mn)} AND received >= {int(self.start_ms)} "
            f"AND received < {int(self.end_ms)}{of_command}"
        )

    def older(self) -> str:
        """The HAVING that turns the page."""
        if self.before is None:
            return ""
        received, frame_id = map(int, self.before)
        return f" HAVING first < {received} OR (first = {received} AND frame_id < {frame_id})"


def frames(engine: Engine, of: FramesOf) -> FrameTable:
    """See ``TelemetryStore.frames``."""
    sql = (
        "SELECT frame_id, toUInt32(sent) AS s, min(received) AS first FROM @frame "
        f"WHERE {of.condition()} GROUP BY frame_id, s{of.older()} "
        f"ORDER BY first DESC, frame_id DESC LIMIT {int(of.limit)}"
    )
    keys = engine.read(sql, mn=of.mn)
    if not len(keys["frame_id"]):
        return _no_frames()
    return _first_received(_copies(engine, of.mn, keys), of.start_ms)


def _copies(engine: Engine, mn: str, keys: Columns) -> Columns:
    sent = np.unique(keys["s"])
    sql = (
        f"SELECT {_COLUMNS} FROM @frame WHERE mn = {text(mn)} "
        f"AND toUInt32(sent) IN {integers(sent)} "
        f"AND sent >= toDateTime({int(sent[0])}) AND sent <= toDateTime({int(sent[-1])}) "
        f"AND frame_id IN {integers(keys['frame_id'])}"
    )
    return engine.read(sql, mn=mn, binary=True)


def _first_received(copies: Columns, start_ms: int = 0) -> FrameTable:
    """One row per frame, its first reception, newest first; none received before ``start_ms``."""
    order = np.lexsort((copies["received"], copies["sent_s"], copies["frame_id"]))
    ids, sent = copies["frame_id"][order], copies["sent_s"][order]
    is_first = np.ones(len(order), dtype=bool)
    is_first[1:] = (ids[1:] != ids[:-1]) | (sent[1:] != sent[:-1])
    rows = order[is_first]
    rows = rows[copies["received"][rows] >= start_ms]
    rows = rows[np.lexsort((copies["frame_id"][rows], copies["received"][rows]))[::-1]]
    return _frame_table({name: column[rows] for name, column in copies.items()})


def _frame_table(columns: Columns) -> FrameTable:
    readable = {
        name: column if name in _BINARY or column.dtype != object else _text(column)
        for name, column in columns.items()
    }
    readable["sent"] = readable.pop("sent_s")
    readable["data_time"] = readable.pop("data_time_s")
    return typed(FrameTable, readable)


def _text(column: NDArray[Any]) -> NDArray[np.object_]:
    return np.array([each.decode(errors="replace") for each in column], dtype=object)


def _no_frames() -> FrameTable:
    text_column, whole = np.empty(0, dtype=object), np.empty(0, dtype=np.int64)
    return FrameTable(
        mn=text_column, received=whole, frame_id=whole.astype(np.uint64), cn=text_column,
        st=text_column, qn=text_column, sent=whole, data_time=whole, raw=text_column,
        sm3=text_column,
    )  # fmt: skip


def frame_by_id(engine: Engine, mn: str, frame_id: int) -> FrameTable:
    """See ``TelemetryStore.frame_by_id``."""
    sql = f"SELECT {_COLUMNS} FROM @frame WHERE mn = {text(mn)} AND frame_id = {int(frame_id)}"
    copies = engine.read(sql, mn=mn, binary=True)
    return _first_received(copies) if len(copies["mn"]) else _no_frames()


def events(engine: Engine, mn: str | None, start_ms: int, end_ms: int, limit: int) -> EventTable:
    """See ``TelemetryStore.events``."""
    of_device = "" if mn is None else f" AND mn = {text(mn)}"
    span = f"time >= {int(start_ms)} AND time < {int(end_ms)}{of_device}"
    return typed(EventTable, engine.read(_newest_events(span, limit, ""), mn=mn))


def events_within(engine: Engine, spans: Sequence[tuple[str, int, int]], limit: int) -> EventTable:
    """See ``TelemetryStore.events_within``."""
    each = [
        f"(mn = {text(mn)} AND time >= {int(start)} AND time < {int(end)})"
        for mn, start, end in spans
    ]
    return typed(EventTable, engine.read(_newest_events(" OR ".join(each) or "0", limit, "DESC")))


def _newest_events(condition: str, limit: int, way: str) -> str:
    """``way``: of those of one millisecond, by their names."""
    return (
        f"SELECT mn, time, event, detail FROM @device_event WHERE {condition} "
        f"ORDER BY time DESC, mn {way}, event {way}, detail {way}, written DESC "
        f"LIMIT 1 BY time, mn, event, detail LIMIT {int(limit)}"
    )
