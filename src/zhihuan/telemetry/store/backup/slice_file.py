"""One slice as a Parquet file, and back: typed by the table's own columns, compressed, checksummed.

Parquet on purpose: every statistics program reads it, in ten years too, without this one.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from zhihuan.telemetry.store.backup.slice_rows import portions, rows_at_a_time
from zhihuan.telemetry.store.backup.slices import Slice
from zhihuan.telemetry.store.engine import Columns, Engine, Insert
from zhihuan.telemetry.store.errors import StoreCorrupt
from zhihuan.telemetry.store.history import current_layout

__all__ = ["Written", "read_slice", "write_slice"]

_ARROW = {
    "name": pa.string(), "text": pa.string(), "bytes": pa.binary(), "moment": pa.uint32(),
    "u8": pa.uint8(), "u16": pa.uint16(), "u32": pa.uint32(), "i64": pa.int64(),
    "u64": pa.uint64(), "f64": pa.float64(),
}  # fmt: skip
_DAY_MS, _BEIJING_MS = 86_400_000, 28_800_000


@dataclass(slots=True)
class Written:
    """What went into a file. by_day: frames by the Beijing day on which they were received (days
    since 1970-01-01); empty for other tables."""

    rows: int
    by_day: Counter[int]


def write_slice(engine: Engine, of: Slice, path: Path) -> Written:
    """Write ``path``, synced. Memory stays bounded whatever the slice's size."""
    columns = current_layout()[of.table].columns
    schema = pa.schema([(column.name, _ARROW[column.type]) for column in columns])
    written = Written(0, Counter())
    with pq.ParquetWriter(path, schema, compression="zstd", write_page_checksum=True) as file:
        for rows in portions(engine, of):
            file.write_table(_table(rows, schema))
            written.rows += len(next(iter(rows.values())))
            if of.table == "frame":
                written.by_day += _received_days(rows)
    _sync(path)
    return written


def _table(rows: Columns, schema: pa.Schema) -> pa.Table:
    arrays = [_typed(rows[field.name], field.type) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def _typed(column: Any, kind: pa.DataType) -> pa.Array:
    if pa.types.is_string(kind):  # bytes as the engine gave them; UTF-8 is checked by the cast
        return pc.cast(pa.array(column, pa.binary()), kind)
    return pa.array(column, kind, from_pandas=False)


def _received_days(rows: Columns) -> Counter[int]:
    days, counts = np.unique((rows["received"] + _BEIJING_MS) // _DAY_MS, return_counts=True)
    return Counter(dict(zip(days.tolist(), counts.tolist(), strict=True)))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_slice(table: str, path: Path) -> Iterator[Insert]:
    """The file's rows as inserts into ``table``. Raises ``StoreCorrupt`` when it does not read."""
    try:
        file = pq.ParquetFile(path, page_checksum_verification=True)
        for batch in file.iter_batches(rows_at_a_time(table)):
            yield Insert(table, {name: _plain(batch.column(name)) for name in batch.schema.names})
    except (pa.ArrowException, OSError) as error:
        raise StoreCorrupt(f"{path} does not read: {error}") from error


def _plain(column: pa.Array) -> Any:
    if pa.types.is_string(column.type):
        return column.dictionary_encode().to_numpy(zero_copy_only=False)
    return column.to_pylist() if pa.types.is_binary(column.type) else column.to_numpy()
