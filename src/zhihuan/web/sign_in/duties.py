"""What is due before any work: a password of one's own, a second factor where the role demands it.

Whoever owes one of them is led to it from wherever they go; only the pages under ``accounts/``, by
which both are done, stay open, and those of ``everybody``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from zhihuan.bureau.people.password_keeping import Due, due
from zhihuan.bureau.people.password_rules import rules_on
from zhihuan.bureau.people.second_factor import has_second_factor, must_have_second_factor
from zhihuan.web.permission import entry_of

_Respond = Callable[[HttpRequest], HttpResponseBase]
_DONE_UNDER = "/accounts/"


class DutiesFirst:
    """Leads to what is due."""

    def __init__(self, get_response: _Respond) -> None:
        self._respond = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._respond(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        entry = entry_of(view)
        if request.path.startswith(_DONE_UNDER) or (entry and entry.why_open):
            return None
        if not request.user.is_authenticated:
            return None
        page, words = _duty(request.user)
        return _lead(request, page, words) if page else None


def _duty(user: Any) -> tuple[str, str]:
    """The name of the page where it is done, and why; ("", "") when nothing is due."""
    owed = due(user)
    if owed is Due.FIRST:
        return "my-password", _("这是初始密码，请先设置自己的密码。")
    if owed is Due.EXPIRED:
        words = _("密码使用已超过 %(days)s 天，请修改后继续。")
        return "my-password", words % {"days": _days()}
    if must_have_second_factor(user) and not has_second_factor(user):
        return "mfa_index", _("您的角色必须使用双因素认证，请先添加动态验证码或安全密钥。")
    return "", ""


def _days() -> int:
    from django.utils import timezone

    return rules_on(timezone.localdate()).days


def _lead(request: HttpRequest, page: str, words: str) -> HttpResponseBase:
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": reverse(page)})
    if request.method != "GET" or "text/html" not in request.headers.get("Accept", "text/html"):
        raise PermissionDenied(words)
    messages.warning(request, words)
    return redirect(page)
