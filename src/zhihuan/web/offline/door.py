"""What a phone's program asks: answered to whoever is signed in, with 401 to whoever is no more.

A page would be led to the sign-in; a program that follows would take that page for an answer. It keeps
what it has and says that its reader must sign in.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from zhihuan.bureau.field_records.receipts import Sender
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.web.permission import signed_in

__all__ = ["BadRequestError", "body_of", "for_phones", "sender_of"]

_View = TypeVar("_View", bound=Callable[..., Any])


class BadRequestError(ValueError):
    """The body is not what a phone's program sends."""


def for_phones(view: _View) -> _View:
    """Whoever is signed in; a stranger is answered 401 in JSON instead of being led away."""
    view.stranger_answer = _stranger  # type: ignore[attr-defined]
    return signed_in(view)


def sender_of(request: HttpRequest) -> Sender:
    """Who is signed in, from where."""
    return Sender(request.user, address_of(request))


def body_of(request: HttpRequest) -> dict[str, Any]:
    """The JSON object that was sent. BadRequestError."""
    try:
        told = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise BadRequestError("the body is no JSON") from error
    if not isinstance(told, dict):
        raise BadRequestError("the body is no object")
    return told


def _stranger(_request: HttpRequest) -> JsonResponse:
    words = _("登录已失效，请重新登录；本机记录都在，登录后继续上传。")
    return JsonResponse({"words": words}, status=HTTPStatus.UNAUTHORIZED)
