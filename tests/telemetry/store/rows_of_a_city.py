"""Builders of rows for the store's tests: short to write, nothing hidden that a test relies on."""

from __future__ import annotations

import math
from collections.abc import Sequence

from zhihuan.telemetry.digest import frame_id, sm3
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store import Batch, EventRows, FrameRows, MeasurementRows

MN = "ZS442000W0000000001"
COD = "w01018"
#: 2026-06-01 00:00:00 in Beijing.
MIDNIGHT = 1_780_243_200
NAN = math.nan


def add_row(
    rows: MeasurementRows,
    time: int,
    value: float = NAN,
    *,
    mn: str = MN,
    factor: str = COD,
    kind: int = Kind.MINUTE,
    minimum: float = NAN,
    maximum: float = NAN,
    total: float = NAN,
    zs_value: float = NAN,
    zs_minimum: float = NAN,
    zs_maximum: float = NAN,
    flag: str = "N",
    received: int | None = None,
) -> None:
    """Append one row; received a second after its time unless said otherwise."""
    rows.mn.append(mn)
    rows.factor.append(factor)
    rows.kind.append(kind)
    rows.time.append(time)
    rows.value.append(value)
    rows.minimum.append(minimum)
    rows.maximum.append(maximum)
    rows.total.append(total)
    rows.zs_value.append(zs_value)
    rows.zs_minimum.append(zs_minimum)
    rows.zs_maximum.append(zs_maximum)
    rows.flag.append(flag)
    rows.received.append(1000 * (time + 1) if received is None else received)
    rows.frame_id.append(7)


def minutes(values: Sequence[float], start: int = MIDNIGHT, **more: object) -> Batch:
    """One value a minute from ``start``."""
    batch = Batch()
    for minute, value in enumerate(values):
        add_row(batch.measurements, start + 60 * minute, value, **more)  # type: ignore[arg-type]
    return batch


def one(time: int, value: float = NAN, **more: object) -> Batch:
    """A single row."""
    batch = Batch()
    add_row(batch.measurements, time, value, **more)  # type: ignore[arg-type]
    return batch


def raw_frame(number: int, qn: str = "20260601000000000") -> bytes:
    """Bytes that look like a frame and differ by number; no UTF-8 on purpose."""
    return f"##0040QN={qn};CN=2011;MN={MN};CP=&&{number}&&".encode() + b"\xff\x00\r\n"


def frames(
    numbers: Sequence[int],
    received: Sequence[int],
    *,
    mn: str = MN,
    qn: str = "20260601000000000",
    cn: str = "2011",
) -> Batch:
    """One frame per number, received at these epoch milliseconds."""
    rows = FrameRows()
    for number, moment in zip(numbers, received, strict=True):
        raw = raw_frame(number, qn)
        digest = sm3(raw)
        rows.mn.append(mn)
        rows.received.append(moment)
        rows.frame_id.append(frame_id(digest))
        rows.cn.append(cn)
        rows.st.append("32")
        rows.qn.append(qn)
        rows.data_time.append(0)
        rows.raw.append(raw)
        rows.sm3.append(digest)
    return Batch(frames=rows)


def event(time_ms: int, what: str = "online", detail: str = "", mn: str = MN) -> Batch:
    """One device event."""
    return Batch(events=EventRows([mn], [time_ms], [what], [detail]))
