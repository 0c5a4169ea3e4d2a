"""Any list as an Excel file: all rows that fit, with a sheet that says what the file is.

Written row by row in constant memory to a temporary file. Text is text: nothing a device or a person
entered is ever taken for a formula or a link. The properties sheet tells who, when, which question,
how many rows and their SHA-256; the audit trail keeps the same with the file's own SHA-256.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any
from urllib.parse import quote

import xlsxwriter
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.audit.record import record
from zhihuan.web.components.value import Kind
from zhihuan.web.listing.column import Column
from zhihuan.web.listing.digest import RowDigest
from zhihuan.web.listing.held import HeldRows
from zhihuan.web.listing.keyset import Order, in_order
from zhihuan.web.listing.question import Question

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ACTION = "list.export"
#: Rows an Excel sheet holds, less its head.
MOST_ROWS = 1_048_575
_CHUNK = 2000
_LONGEST_TEXT = 32_767
_FORMATS = {
    Kind.DAY: {"num_format": "yyyy-mm-dd"},
    Kind.MOMENT: {"num_format": "yyyy-mm-dd hh:mm:ss"},
    Kind.MONEY: {"num_format": "#,##0.00"},
}


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into a file: ``name`` for the audit trail, the columns, their rows, and what was
    asked, in words and as an address' query."""

    name: str
    title: Any
    columns: Sequence[Column]
    rows: Iterable[Any]
    asked: Sequence[str] = ()
    query: str = ""


def excel_response(request: HttpRequest, question: Question, rows: QuerySet[Any]) -> FileResponse:
    """All rows that fit the question, as an attachment."""
    fitting = question.narrow(rows)
    order = Order(question.field, is_descending=question.is_descending)
    contents = Contents(
        question.listing.name,
        question.listing.title,
        [each for each in question.columns if each.exported],
        _in_order(fitting, order),
        question.words(request.user),
        question.written(),
    )
    return contents_response(request, contents)


def _in_order(rows: Any, order: Order) -> Iterable[Any]:
    if isinstance(rows, HeldRows):
        return rows.in_order(order)
    ordered: Iterable[Any] = in_order(rows, order)[:MOST_ROWS].iterator(chunk_size=_CHUNK)
    return ordered


def contents_response(request: HttpRequest, contents: Contents) -> FileResponse:
    """The file as an attachment; writes the audit entry before the first byte leaves."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the response
    digest = write_excel(file, contents, request.user)
    sha256 = _sha256(file)
    with transaction.atomic():
        record(
            ACTION,
            f"list:{contents.name}",
            actor=request.user,
            address=request.META.get("REMOTE_ADDR", ""),
            title=str(contents.title),
            asked=list(contents.asked),
            query=contents.query,
            rows=digest.rows,
            rows_sha256=digest.hexdigest(),
            file_sha256=sha256.hex(),
        )
    file.seek(0)
    name = f"{contents.title}-{timezone.localtime():%Y%m%d-%H%M%S}.xlsx"
    response = FileResponse(file, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["Content-Digest"] = f"sha-256=:{b64encode(sha256).decode()}:"
    return response


def write_excel(file: IO[bytes], contents: Contents, user: Any) -> RowDigest:
    """Write all rows; returns their digest."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        digest = _data_sheet(book, contents)
        _properties_sheet(book, contents, user, digest)
    return digest


def _data_sheet(book: Any, contents: Contents) -> RowDigest:
    columns = contents.columns
    sheet = book.add_worksheet(str(contents.title)[:31])
    sheet.freeze_panes(1, 1)
    head = book.add_format({"bold": True, "bg_color": "#EEF2F5", "bottom": 1})
    formats = [book.add_format(_FORMATS.get(each.kind, {})) for each in columns]
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        title = f"{column.title}（{column.unit}）" if column.unit else str(column.title)
        sheet.write_string(0, at, title, head)
    digest = RowDigest()
    for row in contents.rows:
        cells = [_cell(column.read(row), column.kind) for column in columns]
        digest.add(cells)
        for at, (value, form) in enumerate(zip(cells, formats, strict=True)):
            _write(sheet, digest.rows, at, value, form)
    sheet.autofilter(0, 0, max(digest.rows, 1), max(len(columns) - 1, 0))
    return digest


def _cell(value: Any, kind: Kind) -> Any:
    """The value as Excel keeps it: numbers, naive Beijing times, dates, text."""
    if value is None or value != value:  # noqa: PLR0124 - NaN alone differs from itself
        return None
    if kind is Kind.FLAG:
        return _("是") if value else _("否")
    if isinstance(value, dt.datetime):
        return timezone.make_naive(value).replace(microsecond=0)
    if isinstance(value, int | float | Decimal | dt.date) and not isinstance(value, bool):
        return value
    return str(value)[:_LONGEST_TEXT]


def _write(sheet: Any, row: int, at: int, value: Any, form: Any) -> None:
    if value is None:
        return
    if isinstance(value, dt.date):
        sheet.write_datetime(row, at, value, form)
    elif isinstance(value, str):
        sheet.write_string(row, at, value, form)
    else:
        sheet.write_number(row, at, value, form)


def _properties_sheet(book: Any, contents: Contents, user: Any, digest: RowDigest) -> None:
    sheet = book.add_worksheet(_("文件说明"))
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 76)
    told = [
        (_("名称"), str(contents.title)),
        (_("单位"), settings.ZHIHUAN_ORGANISATION),
        (_("平台"), settings.ZHIHUAN_PLATFORM_NAME),
        (_("导出人"), str(user)),
        (_("导出时间"), f"{timezone.localtime():%Y-%m-%d %H:%M:%S}"),
        (_("查询条件"), "；".join(contents.asked) or _("无")),
        (_("行数"), str(digest.rows)),
        (_("行内容 SHA-256"), digest.hexdigest()),
        (_("校验方法"), _("逐行将各单元格写成文本，按 JSON 数组加换行连接后计算 SHA-256。")),
    ]
    for at, (term, words) in enumerate(told):
        sheet.write_string(at, 0, term)
        sheet.write_string(at, 1, words)


def _sha256(file: IO[bytes]) -> bytes:
    file.seek(0)
    found = hashlib.sha256()
    while part := file.read(1 << 20):
        found.update(part)
    return found.digest()
