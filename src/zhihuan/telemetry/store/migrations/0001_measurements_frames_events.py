"""Create the tables: measurements, their latest values, raw frames, events, statistics, seals.

What you will live through: under a second, nothing is blocked, no disk is used. On a cluster every
host must be up; a host added later gets its tables by running the migration again.
"""

from __future__ import annotations

from zhihuan.telemetry.store.schema import Column, CreateTable, DropTable, Migration, Table

_KEY = (
    Column("mn", "name", "device (数采仪) id"),
    Column("factor", "name", "factor code, HJ 524/525"),
    Column("kind", "u8", "what the row is: telemetry.kinds.Kind"),
    Column("time", "moment", "start of the period, or the instant; UTC", "DoubleDelta, ZSTD(1)"),
)
_VALUES = (
    Column("value", "f64", "Avg, for real-time data Rtd; NaN missing"),
    Column("minimum", "f64", "Min"),
    Column("maximum", "f64", "Max"),
    Column("total", "f64", "Cou, amount over the period"),
    Column("zs_value", "f64", "converted (折算) Avg or Rtd"),
    Column("zs_minimum", "f64", "converted Min"),
    Column("zs_maximum", "f64", "converted Max"),
    Column("flag", "name", "the device's mark as sent, empty when none"),
)
_ORIGIN = (
    Column("received", "i64", "when it came in, epoch ms", "DoubleDelta, ZSTD(1)"),
    Column("frame_id", "u64", "first 8 bytes of the frame's SM3, 0 none", "NONE"),
)
_BY_KIND_AND_MONTH = "(kind, toYYYYMM(time))"

_MEASUREMENT = Table(
    name="measurement",
    columns=(*_KEY, *_VALUES, *_ORIGIN),
    order_by=("mn", "factor", "kind", "time"),
    version="received",
    partition_by=_BY_KIND_AND_MONTH,
    minmax_indices=("received",),
)
_LATEST = Table(
    name="latest",
    columns=(
        *_KEY,
        *_VALUES,
        *_ORIGIN,
        Column("recency", "u64", "time * 2^32 + received in whole seconds: the greatest stays"),
    ),
    order_by=("mn", "factor", "kind"),
    version="recency",
)
_FRAME = Table(
    name="frame",
    columns=(
        Column("mn", "name", "device (数采仪) id"),
        Column(
            "sent", "moment", "the QN's time, 1970-01-01 when it has none", "DoubleDelta, ZSTD(1)"
        ),
        Column("frame_id", "u64", "first 8 bytes of sm3", "NONE"),
        Column("received", "i64", "when it first came in, epoch ms", "DoubleDelta, ZSTD(1)"),
        Column("cn", "name", "command code"),
        Column("st", "name", "system type"),
        Column("qn", "text", "request number as sent"),
        Column("data_time", "moment", "DataTime, 1970-01-01 when none", "DoubleDelta, ZSTD(1)"),
        Column("raw", "bytes", "the frame as received"),
        Column("sm3", "bytes", "SM3 of raw", "NONE"),
        Column(
            "precedence", "u64", "2^63 - received: the first receipt stays", "DoubleDelta, ZSTD(1)"
        ),
    ),
    # Only what the bytes themselves say may be in the key, or a repeat would be a second row.
    order_by=("mn", "sent", "frame_id"),
    version="precedence",
    partition_by="toYYYYMM(sent)",
    index_granularity=1024,
    minmax_indices=("received",),
)
_EVENT = Table(
    name="device_event",
    columns=(
        Column("mn", "name", "device id, empty when the peer never said one"),
        Column("time", "i64", "epoch ms", "DoubleDelta, ZSTD(1)"),
        Column("event", "name", "online, offline, auth_failed, clock_drift, ..."),
        Column("detail", "text", "for people"),
        Column("written", "i64", "epoch ms"),
    ),
    order_by=("mn", "time", "event", "detail"),
    version="written",
    partition_by="toYYYYMM(toDateTime(intDiv(time, 1000)))",
    index_granularity=1024,
)
_STATISTIC = Table(
    name="statistic",
    columns=(
        *_KEY,
        *_VALUES,
        Column("valid_count", "u32", "valid members"),
        Column("expected_count", "u32", "members of a full period"),
        Column("valid", "u8", "1 when the rule lets the value stand"),
        Column("rule", "name", "id of the dated rule set"),
        Column("computed", "i64", "epoch ms", "DoubleDelta, ZSTD(1)"),
    ),
    order_by=("mn", "factor", "kind", "time", "rule"),
    version="computed",
    partition_by=_BY_KIND_AND_MONTH,
)
_SEAL = Table(
    name="seal",
    columns=(
        Column("mn", "name", "device id"),
        Column("day", "u32", "Beijing calendar day as yyyymmdd"),
        Column("root", "bytes", "Merkle root (SM3) over the day's frames", "NONE"),
        Column("frames", "u32", "how many"),
        Column("leaves", "bytes", "received (8 bytes, big-endian) and SM3 (32) of every frame"),
        Column("sealed", "i64", "epoch ms"),
        Column("precedence", "u64", "2^63 - sealed: the first seal stays"),
    ),
    order_by=("day", "mn"),
    version="precedence",
    partition_by="intDiv(day, 100)",
    index_granularity=256,
)

_TABLES = (_MEASUREMENT, _LATEST, _FRAME, _EVENT, _STATISTIC, _SEAL)

MIGRATION = Migration(
    forwards=tuple(CreateTable(table) for table in _TABLES),
    backwards=tuple(DropTable(table.name) for table in reversed(_TABLES)),
)
