"""One's own password: changed with the former one, by the rules, ending every other session."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from zhihuan.bureau.people.password_keeping import change_password, due
from zhihuan.bureau.people.sign_in import address_of, note_failed_factor
from zhihuan.bureau.people.signed_in import end_sessions
from zhihuan.web.permission import signed_in
from zhihuan.web.sent import sent
from zhihuan.web.sign_in.adapter import refuse_while_paused


class OwnPasswordForm(PasswordChangeForm):
    """Django's, in our words; a wrong former password counts like a failed login."""

    error_messages: ClassVar = {
        **PasswordChangeForm.error_messages,
        "password_incorrect": _("当前密码不正确。"),
        "password_mismatch": _("两次输入的新密码不一致。"),
    }
    old_password = forms.CharField(
        label=_("当前密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, user: Any, request: HttpRequest) -> None:
        super().__init__(user, sent(request))
        self._request = request
        self.fields["new_password1"].label = _now("新密码")
        self.fields["new_password1"].help_text = "".join(password_validators_help_texts()[:1])
        self.fields["new_password2"].label = _now("再次输入新密码")
        self.fields["new_password2"].help_text = ""

    def clean_old_password(self) -> str:
        refuse_while_paused(self.user.get_username(), self._request)
        try:
            return super().clean_old_password()
        except ValidationError:
            note_failed_factor(self.user.get_username(), self._request, "password")
            raise


@signed_in
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_password(request: HttpRequest) -> HttpResponse:
    """The form; when it is right, the new password holds at once and here alone."""
    user: Any = request.user
    if not user.has_usable_password():
        raise PermissionDenied(_now("您的账号没有密码，由统一身份认证登录。"))
    form = OwnPasswordForm(user, request)
    if request.method == "POST" and form.is_valid():
        _change(request, user, form.cleaned_data["new_password1"])
        messages.success(request, _now("密码已修改，其他会话已全部退出。"))
        return redirect("home")
    return render(request, "account/password.html", {"form": form, "due": due(user)})


def _change(request: HttpRequest, user: Any, password: str) -> None:
    address, former = address_of(request), request.session.session_key
    change_password(user, password, actor=user, address=address)
    update_session_auth_hash(request, user)
    UserSession.objects.filter(session_key=former).update(session_key=request.session.session_key)
    key = request.session.session_key or ""
    end_sessions(user, actor=user, why="password_changed", keep=key, address=address)
