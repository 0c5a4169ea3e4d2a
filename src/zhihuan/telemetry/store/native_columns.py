"""Columns to the native protocol's form and back, for clickhouse-driver.

Text travels as bytes both ways: raw frames are no UTF-8, and the driver has one setting for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.telemetry.store.coded import Coded
from zhihuan.telemetry.store.engine import Columns, Insert
from zhihuan.telemetry.store.errors import RowsRefused
from zhihuan.telemetry.store.layout import column_types

__all__ = ["from_native", "native_lists"]

_TEXT = {"name", "text"}
_REMEMBERED = 64  # longest text worth keeping: names and marks, not raw frames
_NUMPY = {
    "UInt8": np.uint8, "UInt16": np.uint16, "UInt32": np.uint32, "UInt64": np.uint64,
    "Int8": np.int8, "Int16": np.int16, "Int32": np.int32, "Int64": np.int64,
    "Float32": np.float32, "Float64": np.float64,
}  # fmt: skip


def native_lists(insert: Insert) -> dict[str, list[Any]]:
    """Plain lists in the types the table declares; ``RowsRefused`` for what does not fit."""
    types = column_types(insert.table)
    return {
        name: _list(f"{insert.table}.{name}", types[name], data)
        for name, data in insert.columns.items()
    }


def _list(where: str, kind: str, data: Any) -> list[Any]:
    if isinstance(data, Coded):
        names = [name.encode() for name in data.names]
        return [names[code] for code in data.codes.tolist()]
    if kind in _TEXT:
        return _encoded(where, data)
    if kind == "bytes":
        return _bytes(where, data)
    return data.tolist() if isinstance(data, np.ndarray) else list(data)


def _encoded(where: str, data: Sequence[str]) -> list[bytes]:
    try:
        return [_bytes_of(value) if len(value) <= _REMEMBERED else value.encode() for value in data]
    except (UnicodeEncodeError, AttributeError, TypeError) as error:
        raise RowsRefused(f"{where}: {error}; expected text") from error


@lru_cache(maxsize=65_536)
def _bytes_of(value: str) -> bytes:
    return value.encode()


def _bytes(where: str, data: Sequence[bytes]) -> list[bytes]:
    for row, value in enumerate(data):
        if not isinstance(value, bytes):
            raise RowsRefused(f"{where} of row {row} is {type(value).__name__}; expected bytes")
    return list(data)


def from_native(
    data: Sequence[Sequence[Any]], types: Sequence[tuple[str, str]], *, binary: bool
) -> Columns:
    """NumPy columns. Text as ``str`` objects (``bytes`` when ``binary``)."""
    columns = data or [()] * len(types)
    return {
        name: _array(column, kind, binary=binary)
        for (name, kind), column in zip(types, columns, strict=True)
    }


def _array(column: Sequence[Any], kind: str, *, binary: bool) -> NDArray[Any]:
    if kind in _NUMPY:
        return np.array(column, dtype=_NUMPY[kind])
    array = np.empty(len(column), dtype=object)
    array[:] = column if binary else [_read(value) for value in column]
    return array


def _read(value: Any) -> Any:
    if isinstance(value, bytes) and len(value) > _REMEMBERED:
        return value.decode(errors="replace")
    return _text_of(value)


@lru_cache(maxsize=65_536)
def _text_of(value: Any) -> Any:
    return value.decode(errors="replace") if isinstance(value, bytes) else value
