# ruff: noqa: ARG002 - allauth fixes the parameters of what it calls
"""The city's unified sign-on (OIDC): who comes that way is somebody we know already, or is refused.

The claim that the settings name is compared with an account's 统一身份标识 at every sign-in. No account
is made, no right is given, and nothing of what the city tells about a person is kept but the subject.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

import requests
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.people.models import User
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.web.sign_in.provider import CITY

#: Where an account keeps for one request what the city told.
_TOLD = "_told_by_city"
_log = logging.getLogger(__name__)
_FAILED = gettext_lazy("统一身份认证没有成功，请重试，或改用账号和密码登录。")


class UnifiedSignOn(DefaultSocialAccountAdapter):
    """Our rules at the points where allauth asks for them."""

    def list_apps(
        self, request: HttpRequest, provider: Any = None, client_id: Any = None
    ) -> list[Any]:
        """Those of the settings; a row in the database opens no way in."""
        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the account, or refuse."""
        account = sociallogin.account
        identity = _claim(getattr(account, _TOLD, account.extra_data))
        account.extra_data = {}
        user = User.objects.filter(unified_id=identity).first() if identity else None
        if user is None:
            _refuse(request, identity, _("统一身份尚未与本平台账号关联，请联系系统管理员。"))
        if sociallogin.is_existing and sociallogin.user.pk != user.pk:
            _refuse(request, identity, _("统一身份与已关联的账号不一致，请联系系统管理员核对。"))
        if not sociallogin.is_existing:
            with transaction.atomic():
                sociallogin.connect(request, user)
                _say_linked(request, user)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        _log.warning("unified sign-on failed: %s %s", error, exception)
        _refuse(request, "", str(_FAILED))


def keep_nothing(instance: SocialAccount, **_more: Any) -> None:
    """Before a row is saved (allauth does so by itself whenever somebody comes again): of what the
    city tells about a person nothing reaches the database. This sign-in may still read it."""
    setattr(instance, _TOLD, instance.extra_data)
    instance.extra_data = {}


def told_when_silent(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, with words instead of an error when the unified sign-on does not answer sensibly."""

    @wraps(view)
    def ask(request: HttpRequest, **given: Any) -> HttpResponse:
        try:
            return view(request, **given)
        except (requests.RequestException, ValueError, KeyError) as error:
            _log.warning("the unified sign-on does not answer: %s", error)
            messages.error(request, str(_FAILED))
            return redirect("login")

    return ask


def _claim(told: dict[str, Any]) -> str:
    """The value of the configured claim: of the user information, else of the ID token."""
    name = settings.ZHIHUAN_OIDC_CLAIM
    for part in ("userinfo", "id_token"):
        if value := (told.get(part) or {}).get(name):
            return str(value)
    return ""


def _say_linked(request: HttpRequest, user: User) -> None:
    subject = f"account:{user.get_username()}"
    record("account.unified_linked", subject, actor=user, address=address_of(request))


def _refuse(request: HttpRequest, identity: str, words: str) -> NoReturn:
    record("account.unified_refused", f"unified:{identity}"[:120], address=address_of(request))
    messages.error(request, words)
    raise ImmediateHttpResponse(redirect("login"))


def came_by_it(request: HttpRequest) -> bool:
    """Whether this session began at the unified sign-on."""
    records = get_authentication_records(request, request.user)
    return any(each["method"] == "socialaccount" for each in records)


def way_out(request: HttpRequest) -> str:
    """Where one signs out of the unified sign-on too; "" when it tells of no such address."""
    try:
        config = OpenIDConnectOAuth2Adapter(request, CITY).openid_config
    except (requests.RequestException, ValueError):
        return ""
    if not (address := config.get("end_session_endpoint")):
        return ""
    back = request.build_absolute_uri(reverse("login"))
    query = {"client_id": settings.ZHIHUAN_OIDC_CLIENT_ID, "post_logout_redirect_uri": back}
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"
