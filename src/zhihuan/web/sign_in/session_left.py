"""How long one's session still holds: what an open page asks before it warns, and tells when its reader
does something.

The answer goes to the page of the same session only (same origin, never cached). It carries the key of
forms anew, because signing in again beside an open page changes it: what was typed there can be sent.
"""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from zhihuan.web.permission import everybody
from zhihuan.web.session_use import seconds_left, use

_WHY = "a page asks whether its own session still holds; whoever has none is told just that"


@everybody(_WHY)
@require_GET
@never_cache
def session_left(request: HttpRequest) -> JsonResponse:
    """``{"left": seconds, "who": account, "token": key of forms}``; ``{"left": 0}`` when it ended."""
    return _told(request)


@everybody(_WHY)
@require_POST
@never_cache
def session_used(request: HttpRequest) -> JsonResponse:
    """The same, after the reader did something: the session has its full time again."""
    if request.user.is_authenticated:
        use(request.session)
    return _told(request)


def _told(request: HttpRequest) -> JsonResponse:
    if not request.user.is_authenticated:
        return JsonResponse({"left": 0})
    return JsonResponse(
        {
            "left": seconds_left(request.session),
            "who": str(request.user.pk),
            "token": get_token(request),
        }
    )
