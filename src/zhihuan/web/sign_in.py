"""The login page: Django's own, with a pause after repeated failures."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from zhihuan.bureau.people.sign_in import address_of, is_paused


class SignInForm(AuthenticationForm):
    """Refuses to try a password while the account is paused for this address."""

    def clean(self) -> dict[str, Any]:
        username = str(self.cleaned_data.get("username") or "")
        if is_paused(username, address_of(self.request)):
            raise ValidationError(
                _("连续多次登录失败，请五分钟后再试；忘记密码请联系管理员。"), code="paused"
            )
        checked: dict[str, Any] = super().clean()
        return checked


class SignIn(LoginView):
    """``accounts/login/``."""

    authentication_form = SignInForm
    redirect_authenticated_user = True
