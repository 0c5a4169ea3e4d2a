# ruff: noqa: S608 - every value in the SQL is a literal made by sql.py
"""What all reads share: the value columns, and the turn from engine columns to typed tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from zhihuan.telemetry.store.engine import Capabilities
from zhihuan.telemetry.store.sql import text, texts, time_span

__all__ = ["NEWEST_FIRST", "ROW", "VALUES", "RowsOf", "SeriesOf", "chosen", "newest_rows", "typed"]

VALUES = "value, minimum, maximum, total, zs_value, zs_minimum, zs_maximum, flag"
#: The columns of a measurement beside its key.
ROW = f"toUInt32(time) AS t, {VALUES}, received, frame_id"
#: Orders copies of one key so that ``LIMIT 1 BY`` the key keeps the right one, merged or not.
NEWEST_FIRST = "received DESC"

_Table = TypeVar("_Table")


@dataclass(frozen=True, slots=True)
class SeriesOf:
    """One factor of one device, over [start, end) in epoch seconds."""

    mn: str
    factor: str
    kind: int
    start: int
    end: int

    def condition(self) -> str:
        """The WHERE that the primary key answers."""
        return (
            f"mn = {text(self.mn)} AND factor = {text(self.factor)} AND kind = {int(self.kind)} "
            f"AND {time_span(self.start, self.end)}"
        )


@dataclass(frozen=True, slots=True)
class RowsOf:
    """One kind of many devices and factors (None = all), over [start, end) in epoch seconds."""

    kind: int
    start: int
    end: int
    mns: Sequence[str] | None = None
    factors: Sequence[str] | None = None

    def condition(self) -> str:
        """The WHERE."""
        return (
            f"kind = {int(self.kind)} AND {time_span(self.start, self.end)}"
            f"{chosen('mn', self.mns)}{chosen('factor', self.factors)}"
        )


def typed(table: type[_Table], columns: Mapping[str, NDArray[Any]], **more: Any) -> _Table:
    """The dataclass of these columns: ``t`` is ``time``, whole numbers are int64 (ids stay u64)."""
    named = {"time" if name == "t" else name: array for name, array in columns.items()}
    return table(**{name: _widened(name, array) for name, array in named.items()}, **more)


def _widened(name: str, array: NDArray[Any]) -> NDArray[Any]:
    if array.dtype.kind in "iu":
        return array.astype(np.uint64 if name == "frame_id" else np.int64, copy=False)
    return array


def newest_rows(can: Capabilities, columns: str, of: RowsOf) -> str:
    """A SELECT of one row per (mn, factor, time), the newest received, in no order.

    Conditions are on the key alone, so ``FINAL`` and the sort see the same copies.
    """
    select = f"SELECT mn, factor, {columns} FROM @measurement"
    if can.fast_final:
        return f"{select} FINAL WHERE {of.condition()}"
    return (
        f"{select} WHERE {of.condition()} "
        f"ORDER BY mn, factor, time, {NEWEST_FIRST} LIMIT 1 BY mn, factor, time"
    )


def chosen(column: str, names: Sequence[str] | None) -> str:
    """``AND column IN (...)``, nothing when all are asked for."""
    return "" if names is None else f" AND {column} IN {texts(names)}"
