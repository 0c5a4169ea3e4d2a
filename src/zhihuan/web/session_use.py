"""A session ends after so long *without use*: using it gives it its full time again, up to an age.

Written at most once per half of that time, so that pages stay cheap. What an open page asks for by
itself (the stream, the map's data) is not use: a screen left alone ends like any other.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponseBase

_Respond = Callable[[HttpRequest], HttpResponseBase]
_RENEWED = "renewed"
_BEGAN = "began"
_BY_ITSELF = frozenset({"live-stream", "points-json"})


class RenewedByUse:
    """Renews a session of which less than half its time is left."""

    def __init__(self, get_response: _Respond) -> None:
        self._respond = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._respond(request)
        if response.status_code < HTTPStatus.BAD_REQUEST and _is_use(request):
            _renew(request.session)
        return response


class EndsAtLast:
    """Ends a session that is older than it may ever become, however busy it is.

    GB/T 22239-2019, 8.1.4.1 b) asks that connections end; a session that is used all day by whoever
    passes the screen would otherwise never do.
    """

    def __init__(self, get_response: _Respond) -> None:
        self._respond = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        session = request.session
        # a request without the cookie has no session to read
        if session.session_key and SESSION_KEY in session and _is_over(session):
            logout(request)
        return self._respond(request)


def _is_over(session: Any) -> bool:
    longest = settings.ZHIHUAN_SESSION_MAX_HOURS * 3600
    return time.time() - session.get(_BEGAN, session.get(_RENEWED, 0)) > longest


def began(request: HttpRequest, **_given: Any) -> None:
    """A login begins the session's time (receiver of ``user_logged_in``)."""
    request.session[_BEGAN] = request.session[_RENEWED] = int(time.time())


def _is_use(request: HttpRequest) -> bool:
    match = request.resolver_match
    return request.session.accessed and not (match and match.url_name in _BY_ITSELF)


def _renew(session: Any) -> None:
    # accessed: the session is in memory already, this costs no query
    if SESSION_KEY not in session:
        return
    if time.time() - session.get(_RENEWED, 0) > settings.SESSION_COOKIE_AGE / 2:
        session[_RENEWED] = int(time.time())
