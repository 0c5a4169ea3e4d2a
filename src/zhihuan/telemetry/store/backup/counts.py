# ruff: noqa: S608 - every value in the SQL is a literal made by sql.py
"""How many rows a store has, counted as its reads see them: what a restore is judged by."""

from __future__ import annotations

from collections import Counter

from zhihuan.telemetry.store.backup.slice_rows import one_row_a_key
from zhihuan.telemetry.store.backup.slices import LONG, Slice, slices
from zhihuan.telemetry.store.engine import Engine

__all__ = ["counted", "frames_by_day"]


def counted(engine: Engine) -> dict[str, int]:
    """Rows of every slice by the slice's name, each key once."""
    return {of.name: _rows(engine, of) for of in slices(engine)}


def _rows(engine: Engine, of: Slice) -> int:
    keys = one_row_a_key(engine, of.table, "mn", of.condition())
    return int(engine.read(f"SELECT toUInt64(count()) AS n FROM ({keys})", bounds=LONG)["n"][0])


def frames_by_day(engine: Engine) -> dict[int, int]:
    """Frames by the Beijing day of their first reception (days since 1970-01-01)."""
    total: Counter[int] = Counter()
    for of in slices(engine):
        if of.table == "frame":
            total += _received(engine, of)
    return dict(total)


def _received(engine: Engine, of: Slice) -> Counter[int]:
    day = "intDiv(received + 28800000, 86400000) AS d"
    frames = one_row_a_key(engine, "frame", day, of.condition())
    found = engine.read(
        f"SELECT toInt64(d) AS day, toUInt64(count()) AS n FROM ({frames}) GROUP BY d", bounds=LONG
    )
    return Counter(dict(zip(found["day"].tolist(), found["n"].tolist(), strict=True)))
