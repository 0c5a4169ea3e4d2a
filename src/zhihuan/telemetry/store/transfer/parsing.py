"""Columns of a file -> rows for the store, and an error for every cell that is none.

Whole columns are converted at once; only when that fails is the column looked at cell by cell, so
a clean file is fast and a dirty one is told exactly where. Nothing is guessed: a time without an
offset is an error, not Beijing time by assumption.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.rows import MeasurementRows
from zhihuan.telemetry.store.transfer.form import KIND_NAMES, VALUES
from zhihuan.telemetry.store.whole_numbers import LAST_MOMENT

__all__ = ["CellError", "ParsedRows", "parse_rows"]


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that cannot be kept. row: position in the portion, from 0."""

    row: int
    column: str
    text: str
    problem: str


@dataclass(frozen=True, slots=True)
class ParsedRows:
    """The rows without fault, and the faults of the others."""

    rows: MeasurementRows
    errors: list[CellError]


def parse_rows(table: pa.Table, received_ms: int) -> ParsedRows:
    """The rows of a portion. received_ms: when they came in, where the file does not say."""
    errors: list[CellError] = []
    columns = {
        name: _column(table, name, parse, errors)
        for name, parse in (("mn", _name), ("factor", _name), ("kind", _kind), ("time", _seconds))
    }
    columns |= {name: _column(table, name, _number, errors) for name in VALUES}
    columns["flag"] = _column(table, "flag", _flag, errors)
    columns["received"] = _received(table, received_ms, errors)
    columns["frame_id"] = np.zeros(table.num_rows, dtype=np.uint64)
    good = np.ones(table.num_rows, dtype=bool)
    good[[error.row for error in errors]] = False
    kept: dict[str, Any] = {name: column[good].tolist() for name, column in columns.items()}
    return ParsedRows(MeasurementRows(**kept), sorted(errors, key=lambda error: error.row))


def _received(table: pa.Table, received_ms: int, errors: list[CellError]) -> NDArray[Any]:
    if "received" not in table.column_names:
        return np.full(table.num_rows, received_ms, dtype=np.int64)
    return _column(table, "received", lambda cell: _milliseconds(cell, received_ms), errors)


def _column(
    table: pa.Table, name: str, parse: Callable[[Any], Any], errors: list[CellError]
) -> NDArray[Any]:
    if name not in table.column_names:
        return np.array([parse("")] * table.num_rows, dtype=object)
    column = table[name]
    at_once = _at_once(name, column)
    return _cell_by_cell(name, column.to_pylist(), parse, errors) if at_once is None else at_once


def _at_once(name: str, column: pa.ChunkedArray) -> NDArray[Any] | None:
    """The column in one stroke; None when that is not possible or something in it is odd."""
    if name not in VALUES:
        return None
    try:
        numbers = pc.cast(_empty_as_null(column), pa.float64())
    except pa.ArrowInvalid:
        return None
    array = np.asarray(numbers.to_numpy(), dtype=np.float64)
    return None if np.isinf(array).any() else array


def _empty_as_null(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if not pa.types.is_string(column.type):
        return column
    return pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)


def _cell_by_cell(
    name: str, cells: Sequence[Any], parse: Callable[[Any], Any], errors: list[CellError]
) -> NDArray[Any]:
    parsed = np.empty(len(cells), dtype=object)
    known: dict[Any, Any] = {}  # files repeat themselves: names, kinds and times are parsed once
    for row, cell in enumerate(cells):
        if cell in known:
            parsed[row] = known[cell]
            continue
        try:
            parsed[row] = known[cell] = parse(cell)
        except ValueError as error:
            errors.append(CellError(row, name, str(cell)[:100], str(error)))
    return parsed


# ---- one cell ----


def _name(cell: Any) -> str:
    text = str(cell or "").strip()
    if not text:
        raise ValueError("is empty")
    if len(text) > 100:
        raise ValueError("is longer than 100 characters")
    return text


def _flag(cell: Any) -> str:
    text = str(cell or "").strip()
    if len(text) > 16:
        raise ValueError("is longer than 16 characters")
    return text


def _kind(cell: Any) -> int:
    text = str(cell or "").strip().lower()
    if text in KIND_NAMES:
        return KIND_NAMES[text]
    if text.isdigit() and int(text) in set(Kind):
        return int(text)
    raise ValueError(f"is no kind; expected one of {', '.join(KIND_NAMES)}")


def _number(cell: Any) -> float:
    if cell is None or cell == "":
        return math.nan
    try:
        number = float(cell)
    except ValueError:
        raise ValueError("is no number; leave it empty when missing") from None
    if math.isinf(number):
        raise ValueError("is infinite; leave it empty when missing")
    return number


def _moment(cell: Any) -> datetime:
    if isinstance(cell, datetime):
        moment = cell
    else:
        try:
            moment = datetime.fromisoformat(str(cell or "").strip())
        except ValueError:
            raise ValueError("is no time; expected 2026-06-01T08:00:00+08:00") from None
    if moment.tzinfo is None:
        raise ValueError("has no offset; write +08:00 for Beijing time")
    return moment


def _seconds(cell: Any) -> int:
    seconds = int(_moment(cell).timestamp())
    if not 0 <= seconds <= LAST_MOMENT:
        raise ValueError("lies outside 1970-2106")
    return seconds


def _milliseconds(cell: Any, default: int) -> int:
    if cell is None or cell == "":
        return default
    milliseconds = round(_moment(cell).timestamp() * 1000)
    if milliseconds < 0:
        raise ValueError("lies before 1970")
    return milliseconds
