"""The address a request came from, when a trusted reverse proxy stands in front.

Only with ZHIHUAN_BEHIND_PROXY is X-Forwarded-For believed, and then only its last entry: that one
the proxy itself wrote. Everything before it a client may have made up.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponseBase

_Respond = Callable[[HttpRequest], HttpResponseBase]


class ForwardedFor:
    """Puts the forwarded address where everything else looks for it: REMOTE_ADDR."""

    def __init__(self, get_response: _Respond) -> None:
        if not settings.BEHIND_PROXY:
            raise MiddlewareNotUsed
        self._respond = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        forwarded = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
        if forwarded:
            request.META["REMOTE_ADDR"] = forwarded
        return self._respond(request)
