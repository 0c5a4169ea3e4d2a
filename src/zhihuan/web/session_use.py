"""A session ends after so long *without use*: using it gives it its full time again, up to an age.

Written at most once a minute, so that pages stay cheap. What an open page asks for by itself (the
stream, the map's data, how long the session still holds) is not use: a screen left alone ends like any
other. Only a wall display is made to be left alone: ``wall_display`` says what that is, and what its
session may not do.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponseBase

from zhihuan.web import wall_display

_Respond = Callable[[HttpRequest], HttpResponseBase]
_RENEWED = "renewed"
_BEGAN = "began"
_BY_ITSELF = frozenset(
    {"live-stream", "points-json", "session-left", "visits-state", "visits-sync", "visits-file"}
)
_WRITTEN_EVERY_SECONDS = 60


class RenewedByUse:
    """Renews a session that was last renewed a minute ago or earlier."""

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
    passes the screen would otherwise never do. That of a wall display ends with the role, too.
    """

    def __init__(self, get_response: _Respond) -> None:
        self._respond = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        session = request.session
        # a request without the cookie has no session to read
        if session.session_key and SESSION_KEY in session and _is_over(request):
            logout(request)
        return self._respond(request)


def began(request: HttpRequest, user: Any, **_given: Any) -> None:
    """A login begins the session's time (receiver of ``user_logged_in``)."""
    request.session[_BEGAN] = request.session[_RENEWED] = int(time.time())
    if wall_display.is_wall(user):
        wall_display.begin(request.session)


def use(session: Any) -> None:
    """Give a session its full time again."""
    session[_RENEWED] = int(time.time())


def seconds_left(session: Any) -> int:
    """How long the session holds if nobody uses it from now on [s]; 0 for one of nobody."""
    if SESSION_KEY not in session:
        return 0
    ends = min(_renewed(session) + session.get_expiry_age(), _last_moment(session))
    return max(0, int(ends - time.time()))


def _renewed(session: Any) -> float:
    return float(session.get(_RENEWED, 0))


def _last_moment(session: Any) -> float:
    wall = wall_display.is_session_of_wall(session)
    hours = settings.ZHIHUAN_WALL_HOURS if wall else settings.ZHIHUAN_SESSION_MAX_HOURS
    return float(session.get(_BEGAN, _renewed(session)) + hours * 3600)


def _is_over(request: HttpRequest) -> bool:
    return time.time() > _last_moment(request.session) or wall_display.has_lapsed(request)


def _is_use(request: HttpRequest) -> bool:
    if not request.session.accessed:
        return False
    match = request.resolver_match
    by_itself = match is not None and match.url_name in _BY_ITSELF
    return not by_itself or wall_display.is_session_of_wall(request.session)


def _renew(session: Any) -> None:
    # accessed: the session is in memory already, this costs no query
    if SESSION_KEY in session and time.time() - _renewed(session) >= _WRITTEN_EVERY_SECONDS:
        use(session)
