"""The columns of a file of measurements, and how a table from the store becomes one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store.tables import MeasurementColumns

__all__ = ["COLUMNS", "KIND_NAMES", "OPTIONAL", "SCHEMA", "VALUES", "as_csv_columns", "as_table"]

VALUES = ("value", "minimum", "maximum", "total", "zs_value", "zs_minimum", "zs_maximum")
KIND_NAMES = {kind.name.lower(): int(kind) for kind in Kind}
#: A fixed offset: needs no time zone database, and is what the store's readers mean.
_ZONE = "+08:00"

SCHEMA = pa.schema(
    [
        ("mn", pa.string()),
        ("factor", pa.string()),
        ("kind", pa.string()),
        ("time", pa.timestamp("s", _ZONE)),
        *((name, pa.float64()) for name in VALUES),
        ("flag", pa.string()),
        ("received", pa.timestamp("ms", _ZONE)),
    ]
)
COLUMNS = tuple(SCHEMA.names)
#: A file to import may leave these out.
OPTIONAL = (*VALUES[1:], "flag", "received")


def as_table(rows: MeasurementColumns, kind: Kind) -> pa.Table:
    """The typed table, as Parquet keeps it; missing values are null."""
    arrays = [
        pa.array(rows.mn, pa.string()),
        pa.array(rows.factor, pa.string()),
        pa.array(np.full(len(rows), kind.name.lower(), dtype=object), pa.string()),
        pa.array(rows.time, pa.int64()).cast(SCHEMA.field("time").type),
        *(_nullable(getattr(rows, name)) for name in VALUES),
        pa.array(rows.flag, pa.string()),
        pa.array(rows.received, pa.int64()).cast(SCHEMA.field("received").type),
    ]
    return pa.Table.from_arrays(arrays, schema=SCHEMA)


def _nullable(values: NDArray[np.float64]) -> pa.Array:
    return pa.array(values, pa.float64(), mask=np.isnan(values))


def as_csv_columns(table: pa.Table) -> pa.Table:
    """The same with times as text with their offset: ``2026-06-01T08:00:00+08:00``."""
    columns: dict[str, Any] = {name: table[name] for name in table.column_names}
    for name in ("time", "received"):
        text = pc.strftime(columns[name], "%Y-%m-%dT%H:%M:%S%z")
        columns[name] = pc.replace_substring_regex(text, r"(\d\d)$", r":\1")
    return pa.table(columns)
