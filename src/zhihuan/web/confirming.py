"""Forms of acts that ask for the password once more, where the account has one.

A wrong password counts as a failed sign-in: the pause after five, the audit trail. Whoever signs in
elsewhere (unified sign-on) has no password here and is not asked.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.sign_in import address_of, is_paused


class ConfirmedForm(forms.Form):
    """Has a last field for the password of whoever is signed in."""

    password = forms.CharField(
        label=_("您的登录密码"),
        strip=False,
        help_text=_("再次确认是您本人。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self._request = request
        password = self.fields.pop("password")
        if request.user.has_usable_password():
            self.fields["password"] = password  # behind what is asked

    def clean_password(self) -> str:
        user: Any = self._request.user
        if is_paused(user.get_username(), address_of(self._request)):
            raise forms.ValidationError(_("连续多次输错，请五分钟后再试。"))
        given: str = self.cleaned_data["password"]
        if not user.check_password(given):
            credentials = {"username": user.get_username()}
            user_login_failed.send(type(self), credentials=credentials, request=self._request)
            raise forms.ValidationError(_("密码不正确。"))
        return given
