"""The login form: account and password. What it says of a failure names neither as the wrong one."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    """Hands a right password on to what follows: the second factor, or the session."""

    username = forms.CharField(
        label=_("账号"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("密码"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._request = request
        self._user: Any = None

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        adapter = get_adapter(self._request)
        self._user = adapter.authenticate(
            self._request, username=given["username"].strip(), password=given["password"]
        )
        if self._user is None:
            raise ValidationError(adapter.error_messages["username_password_mismatch"])
        return given

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Go on with whoever gave the right password (called by allauth's view)."""
        login = Login(user=self._user, redirect_url=redirect_url)
        credentials = {"username": self._user.get_username()}
        answer: HttpResponse = perform_password_login(request, credentials, login)
        return answer
