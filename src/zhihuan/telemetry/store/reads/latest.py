"""The newest values of many devices.

Cost: the table ``latest`` holds one row per (mn, factor, kind), so all of a city is one scan of
some hundred thousand rows; rows of newer batches add to it until they merge.
"""

# ruff: noqa: S608 - every value in the SQL is a literal made by sql.py
from __future__ import annotations

from collections.abc import Collection, Sequence

from zhihuan.telemetry.store.engine import Engine
from zhihuan.telemetry.store.reads.shape import NEWEST_FIRST, ROW, chosen, typed
from zhihuan.telemetry.store.sql import integers
from zhihuan.telemetry.store.tables import LatestTable, ReportedKeys

__all__ = ["latest", "latest_since", "reported", "reported_digest"]

_NEWEST = f"ORDER BY mn, factor, kind, time DESC, {NEWEST_FIRST} LIMIT 1 BY mn, factor, kind"


def latest(engine: Engine, mns: Sequence[str] | None, kinds: Collection[int] | None) -> LatestTable:
    """See ``TelemetryStore.latest``."""
    of_kinds = "" if kinds is None else f" AND kind IN {integers(list(kinds))}"
    sql = f"SELECT mn, factor, kind, {ROW} FROM @latest WHERE 1{chosen('mn', mns)}{of_kinds} {_NEWEST}"
    return typed(LatestTable, engine.read(sql))


def latest_since(engine: Engine, received_ms: int) -> LatestTable:
    """See ``TelemetryStore.latest_since``."""
    sql = (
        f"SELECT mn, factor, kind, {ROW} FROM @latest "
        f"WHERE received >= {int(received_ms)} {_NEWEST}"
    )
    return typed(LatestTable, engine.read(sql))


def _keys(kinds: Collection[int]) -> str:
    return f"SELECT DISTINCT mn, factor, kind FROM @latest WHERE kind IN {integers(list(kinds))}"


def reported(engine: Engine, kinds: Collection[int]) -> ReportedKeys:
    """See ``TelemetryStore.reported``."""
    return typed(ReportedKeys, engine.read(f"{_keys(kinds)} ORDER BY mn, factor, kind"))


def reported_digest(engine: Engine, kinds: Collection[int]) -> int:
    """See ``TelemetryStore.reported_digest``."""
    key = "cityHash64(concat(toString(mn), '|', toString(factor), '|', toString(kind)))"
    sql = f"SELECT sum(intDiv({key}, 4294967296)) + count() AS digest FROM ({_keys(kinds)})"
    return int(engine.read(sql)["digest"][0])
