"""Public answers: kept by caches for a minute, as JSON or as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from zhihuan.bureau.disclosure.today import KEPT_SECONDS
from zhihuan.web.api.answer import answer, tag_of

CSV = "text/csv; charset=utf-8"
#: Everybody gets the same answer, so any cache on the way may keep it as long as we do.
KEPT = {"Cache-Control": f"public, max-age={KEPT_SECONDS}"}
#: What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
DOCUMENTED_CSV = {
    "description": "A table; UTF-8 with byte order mark, for spreadsheets",
    "content": {"text/csv": {"schema": {"type": "string"}}},
}


def public_answer(request: HttpRequest, document: Any, **given: Any) -> HttpResponse:
    """JSON that caches may keep."""
    headers = KEPT | given.pop("headers", {})
    return answer(request, document, headers=headers, **given)


def csv_answer(
    request: HttpRequest, name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """The rows as a file ``name``; 304 without it when the reader has it already."""
    body = table_of(head, rows)
    response = HttpResponse(body, content_type=CSV, status=HTTPStatus.OK, headers=KEPT)
    header = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Disposition"] = header or "attachment"
    response["ETag"] = tag_of(body)
    found = get_conditional_response(request, etag=response["ETag"], response=response)
    return found if isinstance(found, HttpResponse) else response


def table_of(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Comma-separated lines (RFC 4180); missing is empty; no text is taken for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
