# ruff: noqa: ARG002 - allauth fixes the parameters of what it calls
"""The pages of one's second factors: allauth's views, where ours differ."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from zhihuan.web.sign_in.own_forms import RenameKeyForm

_INDEX = reverse_lazy("mfa_index")


class AddKey(AddWebAuthnView):
    """A refusal by the browser or by us is told on the form."""

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, _("安全密钥没有添加成功，请重试。"))
        return redirect("mfa_add_webauthn")


class RenameKey(EditWebAuthnView):
    """Back to the one page of all factors."""

    form_class = RenameKeyForm
    success_url = _INDEX


class RemoveKey(RemoveWebAuthnView):
    """Refuses to take away the last factor of somebody whose role demands one."""

    success_url = _INDEX

    def form_valid(self, form: Any) -> HttpResponse:
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, str(adapter.error_messages["cannot_delete_authenticator"]))
            return redirect(_INDEX)
        return super().form_valid(form)


class ConfirmByKey(ReauthenticateWebAuthnView):
    """A key that was not accepted is told where it was asked for."""

    def form_invalid(self, form: Any) -> HttpResponse:
        for message in form.errors.get("credential", []):
            messages.error(self.request, message)
        return redirect(self.request.get_full_path())


def keys(_request: HttpRequest) -> HttpResponse:
    """allauth's list of keys is part of the page of all factors."""
    return redirect(_INDEX)
