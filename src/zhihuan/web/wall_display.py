"""Wall displays (大屏): an account whose only role is ``wall_display`` stays signed in for weeks.

The one declared exception from the rule that a session ends without use. It is an account's, not a
screen's: the security administrator grants the role, the trail tells of it, and taking it away ends the
session at the next request. In exchange such a session only looks: whoever reaches the wall's keyboard
finds no form that is taken, no token, no personal data, and can do no more than read what hangs there.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from zhihuan.bureau.people.roles import WALL_DISPLAY
from zhihuan.bureau.people.scope import grants_of
from zhihuan.web.errors import error_page

_Respond = Callable[[HttpRequest], HttpResponseBase]
_WALL = "wall"
_LOOKING = frozenset({"GET", "HEAD", "OPTIONS"})
#: What a wall may send: the choice of looks, and the way out.
_SENT = frozenset({"display", "logout", "account_logout", "session-used"})


def is_wall(user: Any) -> bool:
    """Whether this account is a wall display: the role stands alone (``roles.incompatible``)."""
    return {held.role for held in grants_of(user)} == {WALL_DISPLAY}


def begin(session: Any) -> None:
    """From now on this session is a wall's: it outlives the browser's restart too."""
    session[_WALL] = True
    session.set_expiry(int(settings.ZHIHUAN_WALL_HOURS * 3600))


def is_session_of_wall(session: Any) -> bool:
    """Whether it began as one."""
    return bool(session.get(_WALL))


def has_lapsed(request: HttpRequest) -> bool:
    """Whether it is a wall's, and its account is none any more."""
    return is_session_of_wall(request.session) and not is_wall(request.user)


class OnlyLooks:
    """Refuses every form that a wall display sends."""

    def __init__(self, get_response: _Respond) -> None:
        self._respond = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._respond(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        if request.method in _LOOKING or not request.session.session_key:
            return None
        match = request.resolver_match
        if is_session_of_wall(request.session) and (match is None or match.url_name not in _SENT):
            words = _("大屏账号只能查看。办理业务请用本人账号登录。")
            return error_page(request, HTTPStatus.FORBIDDEN, words)
        return None
