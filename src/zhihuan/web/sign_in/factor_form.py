"""The forms of the second factor: a code is good once, and failures count like wrong passwords."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.sign_in import note_failed_factor
from zhihuan.bureau.registry.sealing import unseal
from zhihuan.web.sign_in.adapter import refuse_while_paused


def _code_field() -> forms.CharField:
    return forms.CharField(
        label=_("验证码"),
        help_text=_("动态验证码 6 位；也可填写一个恢复码。"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


def _counted(form: Any, factor: str, check: Callable[[], Any]) -> Any:
    """What ``check`` returns; a refusal is written down, and none is tried while paused."""
    username, request = form.user.get_username(), context.request
    refuse_while_paused(username, request)
    try:
        return check()
    except ValidationError:
        note_failed_factor(username, request, factor)
        raise


class CodeForm(AuthenticateForm):
    """The code after the password."""

    code = _code_field()

    def clean_code(self) -> str:
        check = super().clean_code
        checked: str = _counted(self, "code", lambda: _once(self, check()))
        return checked


class CodeAgainForm(ReauthenticateForm):
    """The code again, before a sensitive act."""

    code = _code_field()

    def clean_code(self) -> str:
        check = super().clean_code
        checked: str = _counted(self, "code", lambda: _once(self, check()))
        return checked


class KeyForm(AuthenticateWebAuthnForm):
    """The security key after the password."""

    def clean_credential(self) -> Any:
        return _counted(self, "key", super().clean_credential)


class KeyAgainForm(ReauthenticateWebAuthnForm):
    """The security key again, before a sensitive act."""

    def clean_credential(self) -> Any:
        return _counted(self, "key", super().clean_credential)


def _once(form: Any, code: str) -> str:
    """RFC 6238, 5.2: a code is not accepted a second time, by no process."""
    if form.authenticator.type == Authenticator.Type.TOTP:
        with transaction.atomic():
            _use_up(Authenticator.objects.select_for_update().get(pk=form.authenticator.pk), code)
    return code


def _use_up(authenticator: Authenticator, code: str) -> None:
    secret = unseal(authenticator.data["secret"])
    given = code.replace(" ", "")
    steps = yield_hotp_counters_from_time()
    step = next((n for n in steps if format_hotp_value(hotp_value(secret, n)) == given), None)
    if step is None or step <= authenticator.data.get("used_step", 0):
        raise ValidationError(_("这个验证码已经用过，请等下一个。"), code="used")
    authenticator.data["used_step"] = step
    authenticator.save(update_fields=["data"])
