"""The one view of the service: reads the request, answers JSON, refuses in words.

Open to everybody: public stations are for all, the rest for those whose scope it is, shown by a session
or a token. It changes nothing and answers other methods with 405.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page

from zhihuan.bureau.acquisition.reported import remember_reported
from zhihuan.telemetry.store import QueryTooLarge
from zhihuan.web.api import problem
from zhihuan.web.api.door import api_door, caller_if_any
from zhihuan.web.api.problem import Problem
from zhihuan.web.sensorthings import words
from zhihuan.web.sensorthings.answering import NOTHING, NoSuchThing, Raw, Written, answer
from zhihuan.web.sensorthings.ask import Ask
from zhihuan.web.sensorthings.odata.address import read_address
from zhihuan.web.sensorthings.odata.options import read_options
from zhihuan.web.sensorthings.odata.refusal import Reason, Refusal

ROOT = "/sensorthings/v1.1"
_ALLOWED = {"Allow": "GET, HEAD, OPTIONS"}


@gzip_page
@api_door(public=True, known=True)
def service(request: HttpRequest, path: str | None = None) -> HttpResponse:
    """Any address of the service."""
    if request.method == "OPTIONS":
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=_ALLOWED)
    if request.method not in {"GET", "HEAD"}:
        raise Problem(problem.METHOD, words.READ_ONLY, headers=_ALLOWED)
    try:
        return _response(_found(request, path or ""))
    except Refusal as refusal:
        raise words.problem_of(refusal) from None
    except NoSuchThing:
        raise Problem(problem.NOT_FOUND, words.NOT_FOUND) from None
    except QueryTooLarge as error:
        raise Problem(problem.MALFORMED, words.TOO_MUCH) from error


def _found(request: HttpRequest, path: str) -> Any:
    address = read_address(path)
    options = read_options(_pairs(request))
    ask = Ask(caller_if_any(request), request.build_absolute_uri(ROOT))
    if address:
        remember_reported()
    try:
        return answer(ask, address, options)
    except (DataError, OverflowError) as error:
        raise Refusal(Reason.NUMBERS_TOO_LARGE) from error


def _pairs(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, text) for name, texts in request.GET.lists() for text in texts]


def _response(found: Any) -> HttpResponse:
    if found is NOTHING:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    if isinstance(found, Raw):
        return HttpResponse(found.text, content_type="text/plain; charset=utf-8")
    text = found.text if isinstance(found, Written) else _json(found)
    return HttpResponse(text, content_type="application/json; charset=utf-8")


def _json(found: Any) -> str:
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
