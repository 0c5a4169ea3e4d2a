"""Columns to Arrow and back: the form in which chDB takes and gives rows without copying text.

Repeated text (device ids, factor codes) is dictionary-encoded both ways, so a million rows carry
each name once.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from zhihuan.telemetry.store.coded import Coded
from zhihuan.telemetry.store.engine import Columns, Insert
from zhihuan.telemetry.store.errors import RowsRefused
from zhihuan.telemetry.store.layout import column_types

__all__ = ["arrow_table", "from_arrow"]

_ARROW = {
    "name": pa.string(),
    "text": pa.string(),
    "bytes": pa.binary(),
    "moment": pa.uint32(),
    "u8": pa.uint8(),
    "u16": pa.uint16(),
    "u32": pa.uint32(),
    "i64": pa.int64(),
    "u64": pa.uint64(),
    "f64": pa.float64(),
}


def arrow_table(insert: Insert) -> pa.Table:
    """The rows in the types the table declares; raises ``RowsRefused`` naming what does not fit."""
    types = column_types(insert.table)
    arrays = [
        _array(insert.table, name, types[name], data) for name, data in insert.columns.items()
    ]
    return pa.Table.from_arrays(arrays, names=list(insert.columns))


def _array(table: str, name: str, kind: str, data: Any) -> pa.Array:
    if isinstance(data, Coded):
        return pa.DictionaryArray.from_arrays(data.codes, pa.array(data.names, pa.string()))
    try:
        array = pa.array(data, _ARROW[kind], from_pandas=False)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError, UnicodeEncodeError) as error:
        raise RowsRefused(f"{table}.{name}: {error}; expected {kind}") from error
    if array.null_count:
        raise RowsRefused(f"{table}.{name} of row {array.is_null().index(True)} is None")
    return array


def from_arrow(table: pa.Table, *, binary: bool = False) -> Columns:
    """NumPy columns. Text as ``str`` objects (``bytes`` when ``binary``)."""
    return {name: _numpy(table.column(name), binary=binary) for name in table.column_names}


def _numpy(column: pa.ChunkedArray, *, binary: bool) -> NDArray[Any]:
    if pa.types.is_dictionary(column.type):
        return _from_dictionary(column, binary=binary)
    if pa.types.is_binary(column.type) and not binary:
        return _texts(column)
    return np.asarray(column.to_numpy())


def _from_dictionary(column: pa.ChunkedArray, *, binary: bool) -> NDArray[Any]:
    parts = [
        _numpy(pa.chunked_array([chunk.dictionary]), binary=binary)[chunk.indices.to_numpy()]
        for chunk in column.chunks
    ]
    return np.concatenate(parts) if parts else np.empty(0, dtype=object)


def _texts(column: pa.ChunkedArray) -> NDArray[Any]:
    try:
        return np.asarray(pc.cast(column, pa.string()).to_numpy())
    except pa.ArrowInvalid:  # bytes a device sent that are no UTF-8: show them, never hide the row
        return np.array(
            [each.decode(errors="replace") for each in column.to_pylist()], dtype=object
        )
