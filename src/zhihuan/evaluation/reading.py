"""CSV and Parquet files, piece by piece, as rows of checked cells.

    source = open_source(Path("hours.csv"), layout_of("air"), zone=None)
    for rows in source.pieces(refusals):
        …

A piece is a few hundred thousand rows at most, so memory does not grow with the file. Text is UTF-8
(with or without a byte order mark) or GB 18030; the delimiter is a comma, a tab or a semicolon.
Rows with a cell that cannot be read, or that no measurement could give, are left out and told in
``refusals``. Row numbers are those a spreadsheet shows: the header is row 1.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet
from numpy.typing import NDArray

from zhihuan.evaluation.checking import Checking
from zhihuan.evaluation.columns import Found, Layout
from zhihuan.evaluation.errors import FileRefusedError, Refusals, problem_at
from zhihuan.evaluation.rows import Rows

__all__ = ["Source", "open_source"]

PIECE_BYTES = 16 << 20
PIECE_ROWS = 1 << 18
_DELIMITERS = (",", "\t", ";")
_WIDEST_HEADER = 1 << 16


@dataclass(frozen=True, slots=True)
class Source:
    """An opened file whose columns are known. size: bytes, for telling progress."""

    path: Path
    layout: Layout
    found: Mapping[str, Found]
    headers: tuple[str, ...]
    zone: tzinfo | None
    encoding: str = ""
    delimiter: str = ""

    @property
    def unused(self) -> list[str]:
        """Headers that nothing was read from."""
        return self.layout.unused(self.headers, self.found)

    def pieces(self, refusals: Refusals) -> Iterator[Rows]:
        """The good rows in the order of the file; the others go to ``refusals``."""
        raw = self._parquet() if not self.encoding else self._csv(refusals)
        for numbers, cells in raw:
            yield Checking(self.layout, self.found, self.zone, refusals).rows(numbers, cells)

    # --- raw cells ------------------------------------------------------------------------------

    def _parquet(self) -> Iterator[tuple[NDArray[np.int64], dict[str, pa.Array]]]:
        names = {key: self.headers[one.place] for key, one in self.found.items()}
        first = 2
        with pa_parquet.ParquetFile(self.path) as file:
            for batch in file.iter_batches(PIECE_ROWS, columns=[*names.values()]):
                numbers = np.arange(first, first + len(batch), dtype=np.int64)
                yield numbers, {key: batch.column(name) for key, name in names.items()}
                first += len(batch)

    def _csv(self, refusals: Refusals) -> Iterator[tuple[NDArray[np.int64], dict[str, pa.Array]]]:
        ragged: list[int] = []

        def skip(row: Any) -> str:
            ragged.append(row.number)
            refusals.add(np.array([row.number]), [_ragged(row, len(self.headers))])
            return "skip"

        wanted = {f"c{one.place}": key for key, one in self.found.items()}
        first = 2
        with self.path.open("rb") as stream, self._parser(stream, [*wanted], skip) as parser:
            for batch in parser:
                numbers = _numbered(first, len(batch), ragged)
                first = int(numbers[-1]) + 1 if len(numbers) else first
                yield numbers, {wanted[name]: batch.column(name) for name in batch.schema.names}

    def _parser(self, stream: Any, wanted: list[str], skip: Any) -> Any:
        names = [f"c{place}" for place in range(len(self.headers))]
        return pa_csv.open_csv(
            stream,
            pa_csv.ReadOptions(
                use_threads=False,  # only then are the rows that do not fit numbered
                block_size=PIECE_BYTES,
                column_names=names,
                skip_rows_after_names=1,
                encoding="utf8" if self.encoding == "utf-8-sig" else self.encoding,
            ),
            pa_csv.ParseOptions(
                delimiter=self.delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,  # an empty line is a row to a spreadsheet
                invalid_row_handler=skip,
            ),
            pa_csv.ConvertOptions(
                column_types={name: pa.string() for name in names},
                include_columns=wanted,
                strings_can_be_null=False,
            ),
        )


def open_source(path: Path, layout: Layout, zone: tzinfo | None) -> Source:
    """Open a file and find its columns. Raises FileRefusedError with every fault in words."""
    if path.suffix.lower() in (".parquet", ".pq"):
        return _open_parquet(path, layout, zone)
    if path.suffix.lower() in (".xlsx", ".xls"):
        raise FileRefusedError(f"{path.name} 是 Excel 工作簿；请另存为 CSV UTF-8 再评价")
    return _open_csv(path, layout, zone)


def _open_parquet(path: Path, layout: Layout, zone: tzinfo | None) -> Source:
    try:
        headers = tuple(pa_parquet.read_schema(path).names)
    except (pa.ArrowInvalid, OSError) as error:
        raise FileRefusedError(f"{path.name} 不是可读的 Parquet 文件：{error}") from error
    return Source(path, layout, layout.match(headers), headers, zone)


def _open_csv(path: Path, layout: Layout, zone: tzinfo | None) -> Source:
    encoding = _encoding(path)
    with path.open("r", encoding=encoding, newline="") as file:
        head = file.read(_WIDEST_HEADER)
    if not head.strip():
        raise FileRefusedError(f"{path.name} 是空文件；第 1 行应为表头")
    delimiter, headers = _header(head, layout)
    return Source(path, layout, layout.match(headers), tuple(headers), zone, encoding, delimiter)


def _encoding(path: Path) -> str:
    """UTF-8 when all of the file is, else GB 18030 when all of the file is."""
    with path.open("rb") as file:
        if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            raise FileRefusedError(f"{path.name} 是 UTF-16 文本；请另存为 CSV UTF-8 再评价")
    for encoding in ("utf-8-sig", "gb18030"):
        if _fault(path, encoding) is None:
            return encoding
    raise FileRefusedError(
        f"{path.name} 既不是 UTF-8 也不是 GB18030 文本："
        f"按 UTF-8 读到第 {_fault(path, 'utf-8-sig')} 行出错；请另存为 CSV UTF-8"
    )


def _fault(path: Path, encoding: str) -> int | None:
    """The first line that is not text in this encoding; None when all are."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            try:
                decoder.decode(piece)
            except UnicodeDecodeError as error:
                return line + piece[: error.start].count(b"\n")
            line += piece.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line
    return None


def _header(head: str, layout: Layout) -> tuple[str, list[str]]:
    """The delimiter that gives the most known columns (then the most columns), and its headers."""
    names = {name for column in layout.columns for name in column.names}

    def known(delimiter: str) -> tuple[int, int]:
        headers = _split_header(head, delimiter)
        return sum(any(name in header for name in names) for header in headers), len(headers)

    delimiter = max(_DELIMITERS, key=known)
    return delimiter, _split_header(head, delimiter)


def _split_header(head: str, delimiter: str) -> list[str]:
    return next(csv.reader(io.StringIO(head), delimiter=delimiter), [])


def _numbered(first: int, size: int, ragged: list[int]) -> NDArray[np.int64]:
    """The next ``size`` row numbers from ``first`` that are not ragged rows."""
    if not ragged:
        return np.arange(first, first + size, dtype=np.int64)
    candidates = np.arange(first, first + size + len(ragged), dtype=np.int64)
    return candidates[~np.isin(candidates, ragged)][:size]


def _ragged(row: Any, expected: int) -> Any:
    shown = row.text if len(row.text) <= 60 else row.text[:60] + "…"
    return problem_at(
        row.number,
        "整行",
        shown,
        f"有 {row.actual_columns} 格，表头有 {expected} 列",
        "请检查多余或缺少的分隔符；含分隔符的文字要加引号",
    )
