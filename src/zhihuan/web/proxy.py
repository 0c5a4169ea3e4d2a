"""The address a request came from, when a trusted reverse proxy stands in front.

Only with ZHIHUAN_BEHIND_PROXY is X-Forwarded-For believed, and then only its last entry: that one
the proxy itself wrote. Everything before it a client may have made up. What is not an IP address is
not believed at all: the proxy's own address stays.
"""

from __future__ import annotations

import ipaddress
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
        forwarded = _address(request.headers.get("X-Forwarded-For", "").split(",")[-1].strip())
        if forwarded:
            request.META["REMOTE_ADDR"] = forwarded
        return self._respond(request)


def _address(text: str) -> str:
    """``text`` as one plain IP address, at most 45 characters; "" when it is none."""
    try:
        # a zone (fe80::1%eth0) says something on the proxy's machine only, and has no bound
        return str(ipaddress.ip_address(text.partition("%")[0]))
    except ValueError:
        return ""
