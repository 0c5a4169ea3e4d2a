"""How accounts behave in allauth's flows: one pause for all ways of guessing, nobody signs up.

Failures are counted by ``bureau.people.sign_in`` in the audit trail, so that every process agrees;
a password asked again and a second factor are tries like any other.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.second_factor import has_second_factor
from zhihuan.bureau.people.sign_in import address_of, is_paused, note_refused

PAUSED = _("连续多次登录失败，请五分钟后再试；忘记密码请联系管理员。")


class AccountAdapter(DefaultAccountAdapter):
    """Our rules at the points where allauth asks for them."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("账号已停用或锁定，请联系管理员。"),
        "incorrect_password": _("密码不正确。"),
        "username_password_mismatch": _("账号或密码不正确。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request) or "0.0.0.0"  # noqa: S104 - an unknown address, nothing is bound

    def is_safe_url(self, url: str) -> bool:
        """This very site: not even another name under which it is reached."""
        request = self.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        refuse_while_paused(str(credentials.get("username") or ""), request)

    def pre_login(self, request: HttpRequest, user: Any, **given: Any) -> HttpResponse | None:
        if not user.may_sign_in:
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **given)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        note_refused(user.get_username(), request)
        messages.error(request, str(self.error_messages["account_inactive"]))
        return redirect("login")

    def is_reauthentication_required(self, *, app: str, **_given: Any) -> bool:
        """Always, but of somebody who has nothing yet to prove themselves with: they came by the
        unified sign-on and are about to add their first factor."""
        user = self.request.user
        nothing_to_ask = not user.has_usable_password() and not has_second_factor(user)
        return not (app == "allauth.mfa" and nothing_to_ask)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": _now("用密码"),
            "mfa_reauthenticate": _now("用动态验证码"),
            "mfa_reauthenticate:webauthn": _now("用安全密钥"),
        }
        found = super().get_reauthentication_methods(user)
        return [{**each, "description": words[each["id"]]} for each in found]


def refuse_while_paused(username: str, request: HttpRequest) -> None:
    """ValidationError while the account is paused for where the request comes from."""
    if is_paused(username, address_of(request)):
        raise ValidationError(PAUSED, code="paused")
