"""allauth's forms of one's own factors, with our labels."""

from __future__ import annotations

from allauth.account.forms import ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


def _name_field(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label=_("名称"),
        help_text=_("便于您分辨，例如“办公室密钥”。"),
        max_length=60,
        required=required,
    )


class AppForm(ActivateTOTPForm):
    """The first code of an authenticator app."""

    code = forms.CharField(
        label=_("验证码"),
        help_text=_("验证器应用显示的 6 位数字。"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class KeyNameForm(AddWebAuthnForm):
    """A new security key; without a name it gets one."""

    name = _name_field(required=False)


class RenameKeyForm(EditWebAuthnForm):
    """Another name for a key."""

    name = _name_field(required=True)


class ConfirmForm(ReauthenticateForm):
    """The password once more, before a sensitive act."""

    password = forms.CharField(
        label=_("密码"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
