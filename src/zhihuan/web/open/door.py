"""The door of public pages: everybody comes in, so many times a minute from one address."""

from __future__ import annotations

import functools
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhihuan.bureau.access.rates import rates
from zhihuan.bureau.disclosure.today import KEPT_SECONDS
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.web.errors import error_page
from zhihuan.web.permission import everybody

_View = Callable[..., HttpResponse]


def open_page(view: _View) -> _View:
    """A page for everybody. The reader's browser may keep it for a minute; shared caches may not,
    since the frame shows who is signed in and how they want pages to look."""

    @functools.wraps(view)
    def counted(request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
        allowed = settings.ZHIHUAN_API_PER_ADDRESS
        if wait := rates().admit(f"address:{address_of(request)}", allowed):
            return _too_many(request, wait)
        response = view(request, *args, **given)
        patch_cache_control(response, private=True, max_age=KEPT_SECONDS)
        return response

    return everybody("published for everybody")(require_safe(counted))


def _too_many(request: HttpRequest, wait: int) -> HttpResponse:
    words = _("请 %(wait)s 秒后再刷新。批量取数请用开放数据接口。") % {"wait": wait}
    response = error_page(request, HTTPStatus.TOO_MANY_REQUESTS, words)
    response["Retry-After"] = str(wait)
    return response
