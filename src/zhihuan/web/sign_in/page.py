"""The login page: allauth's view, with the way in by the unified sign-on beside the form."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from zhihuan.web.sign_in.provider import CITY


class SignIn(LoginView):
    """``accounts/login/``."""

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        context = super().get_context_data(**given)
        if settings.ZHIHUAN_OIDC_SERVER:
            address = reverse("openid_connect_login", kwargs={"provider_id": CITY})
            onward = context.get("redirect_field_value")
            context["unified_name"] = settings.ZHIHUAN_OIDC_NAME
            context["unified_url"] = (
                f"{address}?{urlencode({'next': onward})}" if onward else address
            )
        return context
