"""Reads a file of measurements into the store; every row that cannot be kept is told by line.

Rows without fault are written even when others have some, unless all or nothing is asked for.
Writing is idempotent, so an import that broke off is simply started again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from zhihuan.telemetry.rows import Batch
from zhihuan.telemetry.store.interface import TelemetryStore
from zhihuan.telemetry.store.transfer.form import COLUMNS, OPTIONAL
from zhihuan.telemetry.store.transfer.parsing import parse_rows

__all__ = ["ImportReport", "RowError", "import_rows"]

_ROWS_AT_A_TIME = 50_000
_HEADING_LINES = 1


@dataclass(frozen=True, slots=True)
class RowError:
    """Why a row was left out. line: in a CSV the line of the file (the heading is line 1, a cell
    with line breaks counts as one line), in a Parquet file the row, from 1. column: "" when it is about the whole line."""

    line: int
    column: str
    text: str
    problem: str


@dataclass(slots=True)
class ImportReport:
    """What an import did."""

    written: int = 0
    refused: int = 0
    errors: list[RowError] = field(default_factory=list)


def import_rows(
    store: TelemetryStore,
    path: Path,
    *,
    all_or_nothing: bool = False,
    on_rows: Callable[[int], None] = lambda _: None,
) -> ImportReport:
    """Write the rows of ``path`` (``.csv`` or ``.parquet``).

    all_or_nothing: read the whole file first; write nothing when any row has a fault. on_rows:
    told after each portion how many lines are done. ``ValueError`` when the file is no table of
    measurements at all.
    """
    if all_or_nothing:
        checked = _pass(None, path, on_rows)
        if checked.refused:
            return checked
    return _pass(store, path, on_rows)


def _pass(store: TelemetryStore | None, path: Path, on_rows: Callable[[int], None]) -> ImportReport:
    """Through the file once; without a store nothing is written."""
    report = ImportReport()
    received_ms = time.time_ns() // 1_000_000
    for portion, lines in _portions(path, report):
        parsed = parse_rows(portion, received_ms)
        report.errors += [
            RowError(lines[error.row], error.column, error.text, error.problem)
            for error in parsed.errors
        ]
        report.refused += portion.num_rows - len(parsed.rows)
        if store is not None:
            store.write(Batch(measurements=parsed.rows))
            report.written += len(parsed.rows)
        on_rows(portion.num_rows)
    report.errors.sort(key=lambda error: error.line)
    return report


def _portions(path: Path, report: ImportReport) -> Iterator[tuple[pa.Table, list[int]]]:
    """Tables with the line of each of their rows."""
    suffix = path.suffix.lower()
    if suffix not in {".csv", ".parquet"}:
        raise ValueError(f"cannot read {path.name}: expected a .csv or .parquet file")
    try:
        yield from _csv(path, report) if suffix == ".csv" else _parquet(path)
    except (pa.ArrowInvalid, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: cannot be read as {suffix[1:]}: {error}") from error


def _parquet(path: Path) -> Iterator[tuple[pa.Table, list[int]]]:
    with pyarrow.parquet.ParquetFile(path) as file:
        _must_have_columns(path, file.schema_arrow.names)
        first = 1
        for batch in file.iter_batches(_ROWS_AT_A_TIME):
            yield pa.Table.from_batches([batch]), list(range(first, first + batch.num_rows))
            first += batch.num_rows


def _csv(path: Path, report: ImportReport) -> Iterator[tuple[pa.Table, list[int]]]:
    bad_lines: list[int] = []

    def leave_out(row: pyarrow.csv.InvalidRow) -> str:
        bad_lines.append(row.number)
        problem = f"has {row.actual_columns} cells, the heading {row.expected_columns}"
        report.errors.append(RowError(row.number, "", row.text[:100], problem))
        report.refused += 1
        return "skip"

    reader = pyarrow.csv.open_csv(
        path,
        read_options=pyarrow.csv.ReadOptions(use_threads=False, block_size=8 << 20),
        parse_options=pyarrow.csv.ParseOptions(
            newlines_in_values=True, invalid_row_handler=leave_out
        ),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(COLUMNS, pa.string()), strings_can_be_null=False
        ),
    )
    with reader:
        _must_have_columns(path, reader.schema.names)
        line = _HEADING_LINES
        for batch in reader:
            lines = _lines_of(batch.num_rows, line, bad_lines)
            line = lines[-1] if lines else line
            yield pa.Table.from_batches([batch]), lines


def _lines_of(rows: int, last_line: int, bad_lines: list[int]) -> list[int]:
    """The lines of the next ``rows`` good rows after ``last_line``."""
    bad, line = set(bad_lines), last_line
    lines: list[int] = []
    while len(lines) < rows:
        line += 1
        if line not in bad:
            lines.append(line)
    return lines


def _must_have_columns(path: Path, names: list[str]) -> None:
    missing = [name for name in COLUMNS if name not in names and name not in OPTIONAL]
    if missing:
        raise ValueError(
            f"{path}: no column {', '.join(missing)}; expected {', '.join(COLUMNS)} "
            f"(of which {', '.join(OPTIONAL)} may be left out)"
        )
