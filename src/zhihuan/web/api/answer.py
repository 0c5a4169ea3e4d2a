"""Answers: JSON bytes with an entity tag, so that who has them already is told so (304)."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response

JSON = "application/json"


def answer(
    request: HttpRequest,
    document: Any,
    *,
    status: int = HTTPStatus.OK,
    content_type: str = JSON,
    headers: dict[str, str] | None = None,
) -> HttpResponse:
    """The document as an answer; 304 without it when the reader's ``If-None-Match`` fits."""
    body = dumped(document)
    response = HttpResponse(body, status=status, content_type=content_type, headers=headers)
    response["ETag"] = tag = tag_of(body)
    if request.method != "GET" or status != HTTPStatus.OK:
        return response
    found = get_conditional_response(request, etag=tag, response=response)
    return found if isinstance(found, HttpResponse) else response


def dumped(document: Any) -> bytes:
    """Compact JSON in UTF-8: moments in Beijing time with offset, decimals as text."""
    text = json.dumps(
        document, default=_plain, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )
    return text.encode()


def tag_of(body: bytes) -> str:
    """The strong entity tag of these bytes."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    raise TypeError(f"{type(value).__name__} is not JSON")
