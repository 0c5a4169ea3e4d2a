"""Writes a span of measurements into a file, a portion of devices at a time.

The file appears under its name only when it is whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store.interface import TelemetryStore
from zhihuan.telemetry.store.transfer.form import SCHEMA, as_csv_columns, as_table

__all__ = ["Export", "export_rows", "rows_to_export"]

_ROWS_AT_A_TIME = 1_000_000


@dataclass(frozen=True, slots=True)
class Export:
    """What to write: one kind, [start, end) in epoch seconds, all devices and factors when None."""

    kind: Kind
    start: int
    end: int
    mns: tuple[str, ...] | None = None
    factors: tuple[str, ...] | None = None


def rows_to_export(store: TelemetryStore, wanted: Export) -> dict[str, int]:
    """How many rows each device has."""
    found = store.counts(
        wanted.kind, wanted.start, wanted.end, mns=wanted.mns, factors=wanted.factors
    )
    rows: dict[str, int] = {}
    for mn, count in zip(found.mn, found.count.tolist(), strict=True):
        rows[mn] = rows.get(mn, 0) + count
    return rows


def export_rows(
    store: TelemetryStore, wanted: Export, path: Path, on_rows: Callable[[int], None]
) -> int:
    """Write them to ``path`` (``.csv`` or ``.parquet``); returns how many.

    on_rows: told after each portion how many more are written. ``ValueError`` for another suffix.
    """
    unfinished = path.with_name(path.name + ".part")
    written = 0
    with _writer(path.suffix.lower(), unfinished) as writer:
        for mns in _portions(rows_to_export(store, wanted)):
            rows = store.measurements(
                wanted.kind, wanted.start, wanted.end, mns=mns, factors=wanted.factors
            )
            writer.write_table(_shaped(as_table(rows, wanted.kind), path))
            written += len(rows)
            on_rows(len(rows))
    unfinished.replace(path)
    return written


def _writer(suffix: str, path: Path) -> Any:
    """A context manager with ``write_table``."""
    if suffix == ".parquet":
        return pyarrow.parquet.ParquetWriter(path, SCHEMA, compression="zstd")
    if suffix == ".csv":
        return pyarrow.csv.CSVWriter(path, as_csv_columns(SCHEMA.empty_table()).schema)
    raise ValueError(f"cannot write {suffix or 'a file without suffix'}: name it .csv or .parquet")


def _shaped(table: pa.Table, path: Path) -> pa.Table:
    return as_csv_columns(table) if path.suffix.lower() == ".csv" else table


def _portions(rows: dict[str, int]) -> Iterator[list[str]]:
    portion: list[str] = []
    size = 0
    for mn, count in rows.items():
        if portion and size + count > _ROWS_AT_A_TIME:
            yield portion
            portion, size = [], 0
        portion.append(mn)
        size += count
    if portion:
        yield portion
