"""The addresses of signing in. allauth's own table is not used: what we do not offer has no address."""

from __future__ import annotations

from typing import Any

from allauth.account.views import reauthenticate
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount.providers.openid_connect import views as unified
from django.db.transaction import atomic
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView

from zhihuan.web.permission import everybody, signed_in
from zhihuan.web.sign_in import account
from zhihuan.web.sign_in import factors as own_factors
from zhihuan.web.sign_in.factor_trail import told
from zhihuan.web.sign_in.leaving import leave
from zhihuan.web.sign_in.page import SignIn
from zhihuan.web.sign_in.password import my_password
from zhihuan.web.sign_in.session_left import session_left, session_used
from zhihuan.web.sign_in.unified import told_when_silent

_in = everybody("the way in")
_to_login: Any = _in(RedirectView.as_view(pattern_name="login"))
_key = own_factors
login: Any = _in(never_cache(SignIn.as_view()))


def _own(view: Any) -> Any:
    """A page of one's own that no cache keeps."""
    return signed_in(never_cache(view))


def _told(view: Any) -> Any:
    """A page of one's own that changes factors, with its entries in the trail."""
    return _own(told(view))


urlpatterns = [
    path("login/", login, name="login"),
    path("login/", login, name="account_login"),
    path("logout/", leave, name="logout"),
    path("logout/", leave, name="account_logout"),
    path("login/factor/", _in(atomic(factors.authenticate)), name="mfa_authenticate"),
    path("unified/cancelled/", _to_login, name="socialaccount_login_cancelled"),
    path(
        "unified/<slug:provider_id>/",
        _in(told_when_silent(unified.login)),
        name="openid_connect_login",
    ),
    path(
        "unified/<slug:provider_id>/back/",
        _in(told_when_silent(unified.callback)),
        name="openid_connect_callback",
    ),
    path("", account.my_account, name="my-account"),
    path("sessions/<int:pk>/end/", account.end_one, name="end-session"),
    path("sessions/end-others/", account.end_others, name="end-other-sessions"),
    path("session/", session_left, name="session-left"),
    path("session/used/", session_used, name="session-used"),
    path("password/", my_password, name="my-password"),
    path("confirm/", _own(reauthenticate), name="account_reauthenticate"),
    path("confirm/code/", _own(atomic(factors.reauthenticate)), name="mfa_reauthenticate"),
    path(
        "confirm/key/",
        _own(atomic(_key.ConfirmByKey.as_view())),
        name="mfa_reauthenticate_webauthn",
    ),
    path("factors/", _own(factors.index), name="mfa_index"),
    path("factors/totp/", _told(totp.activate_totp), name="mfa_activate_totp"),
    path("factors/totp/remove/", _told(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("factors/keys/", _own(_key.keys), name="mfa_list_webauthn"),
    path("factors/keys/add/", _told(_key.AddKey.as_view()), name="mfa_add_webauthn"),
    path("factors/keys/<int:pk>/edit/", _told(_key.RenameKey.as_view()), name="mfa_edit_webauthn"),
    path(
        "factors/keys/<int:pk>/remove/",
        _told(_key.RemoveKey.as_view()),
        name="mfa_remove_webauthn",
    ),
    path("factors/codes/", _told(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "factors/codes/new/",
        _told(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
]
