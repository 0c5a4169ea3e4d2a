"""An uploaded Excel or CSV file as rows of plain cells. Files come from strangers.

Size, rows, columns and the unpacked size are bounded; macros, document types and old binary formats
are refused in words; formulas count as the value last calculated.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

MOST_BYTES = 10 << 20
MOST_ROWS = 50_000
MOST_COLUMNS = 100
_SHEET_ROWS = 1_048_576  # what a spreadsheet has
_BLANK_ROWS = 100  # between rows, that nobody has to delete
_MOST_UNPACKED = 200 << 20
_MOST_RATIO = 200
_MOST_CELL = 2_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

Cell = str | float | int | bool | dt.datetime | dt.date | None


class FileRefusedError(ValueError):
    """The file as a whole cannot be read; the text says why and how to mend it."""


@dataclass(frozen=True, slots=True)
class TableFile:
    """Headings, and rows with the number a spreadsheet shows (the heading is row 1)."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]

    def __len__(self) -> int:
        return len(self.rows)


def read_table(content: bytes) -> TableFile:
    """Read an uploaded file by what it holds, not by its name. FileRefusedError otherwise."""
    if len(content) > MOST_BYTES:
        raise FileRefusedError(_("文件超过 10 MB，请拆分后分批导入。"))
    if content.startswith(_OLE):
        raise FileRefusedError(_("这是旧版 Excel（.xls）文件，请另存为 .xlsx 后再导入。"))
    if content.startswith(_ZIP):
        return _as_table(_excel_rows(content))
    return _as_table(_csv_rows(_text(content)))


def _as_table(rows: Iterable[Sequence[Cell]]) -> TableFile:
    numbered = ((number, tuple(row)) for number, row in enumerate(rows, start=1))
    first = next(((n, row) for n, row in numbered if any(_filled(cell) for cell in row)), None)
    if first is None:
        raise FileRefusedError(_("文件是空的：第一行应为列名，可先下载模板。"))
    headings = tuple(str(cell or "").strip() for cell in first[1])
    if len(headings) > MOST_COLUMNS:
        raise FileRefusedError(_("列数超过 100，请只保留模板中的列。"))
    kept = []
    for number, row in numbered:
        if any(_filled(cell) for cell in row):
            kept.append((number, row))
        if len(kept) > MOST_ROWS:
            raise FileRefusedError(_("行数超过 50000，请拆分后分批导入。"))
    return TableFile(headings, tuple(kept))


def _filled(cell: Cell) -> bool:
    return cell is not None and str(cell).strip() != ""


def _excel_rows(content: bytes) -> Iterator[Sequence[Cell]]:
    _refuse_hostile(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # a wrong dimension would make up millions of empty cells
        for number, row in enumerate(sheet.iter_rows(max_row=_SHEET_ROWS, values_only=True), 1):
            cells = _trimmed(row)
            if number <= MOST_ROWS + _BLANK_ROWS:
                yield cells
            elif cells:  # told, not left out: somebody believes that it was imported
                raise FileRefusedError(
                    _("第 %(row)d 行离表头太远，未读取；请删去中间的空白行后再导入。")
                    % {"row": number}
                )
    except FileRefusedError:
        raise
    except Exception as error:
        raise FileRefusedError(
            _("Excel 文件已损坏，无法读取；请用表格软件打开后另存为 .xlsx。")
        ) from error


def _trimmed(row: Sequence[Any]) -> list[Cell]:
    """Without the empty cells at the end, which a formatted column makes up."""
    cells = [_cut(cell) for cell in row[: MOST_COLUMNS + 1]]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def _refuse_hostile(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _refuse_parts(parts, len(content))
            for part in parts:
                if part.filename.endswith(".xml") and b"<!DOCTYPE" in _beginning(archive, part):
                    raise FileRefusedError(
                        _("文件含有文档类型定义，已拒绝；请用表格软件另存后再导入。")
                    )
    except zipfile.BadZipFile as error:
        raise FileRefusedError(
            _("Excel 文件已损坏，无法读取；请用表格软件打开后另存为 .xlsx。")
        ) from error


def _refuse_parts(parts: Sequence[zipfile.ZipInfo], size: int) -> None:
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise FileRefusedError(_("这不是 Excel 文件；可导入 .xlsx 和 .csv。"))
    if any("vbaProject" in name for name in names):
        raise FileRefusedError(_("文件含有宏，已拒绝；请另存为不含宏的 .xlsx。"))
    unpacked = sum(part.file_size for part in parts)
    if unpacked > _MOST_UNPACKED or unpacked > _MOST_RATIO * size:
        raise FileRefusedError(_("文件展开后过大，已拒绝；请删去空白行列后另存再导入。"))


def _beginning(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    with archive.open(part) as file:
        return file.read(4_096)


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefusedError(
        _("文件既不是 UTF-8 也不是 GB18030 编码；请另存为 .xlsx 或 UTF-8 的 .csv。")
    )


def _csv_rows(text: str) -> Iterator[Sequence[Cell]]:
    if "\0" in text:
        raise FileRefusedError(_("这不是表格文件；可导入 .xlsx 和 .csv。"))
    line = text.partition("\n")[0]
    delimiter = max(",\t;", key=line.count)
    try:
        for row in csv.reader(io.StringIO(text), delimiter=delimiter, strict=True):
            yield [_cut(cell) for cell in row[: MOST_COLUMNS + 1]]
    except csv.Error as error:
        raise FileRefusedError(
            _("CSV 文件的引号不成对，无法分列；请另存为 .xlsx 后导入。")
        ) from error


def _cut(cell: Any) -> Cell:
    """Plain values alone; text is cut where no field could hold it, so that it is told as too long."""
    if isinstance(cell, str):
        return cell[:_MOST_CELL]
    return cell if isinstance(cell, (int, float, dt.datetime, dt.date)) else None
