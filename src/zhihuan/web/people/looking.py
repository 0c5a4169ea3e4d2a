"""Looks at accounts are written down: the right to see them is declared sensitive."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.people.sign_in import address_of

_VIEW = "account.view"


def noted(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Write an entry for each page that was shown: of one account, or of the list with its question."""

    @wraps(view)
    def looked(request: HttpRequest, *args: Any, **given: Any) -> HttpResponseBase:
        response = view(request, *args, **given)
        # a file has its own entry
        if response.status_code == HTTPStatus.OK and request.GET.get("format") != "xlsx":
            subject = f"account:{given['key']}" if "key" in given else "list:accounts"
            asked = request.GET.urlencode()[:300]
            record(_VIEW, subject, actor=request.user, address=address_of(request), query=asked)
        return response

    return looked
