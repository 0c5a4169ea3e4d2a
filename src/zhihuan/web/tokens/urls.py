"""Addresses of tokens."""

from __future__ import annotations

from django.urls import path

from zhihuan.web.tokens import views

urlpatterns = [
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/new/", views.token_new, name="token-new"),
    path("tokens/all/", views.all_tokens, name="all-tokens"),
    path("tokens/all/new/", views.system_token_new, name="system-token-new"),
    path("tokens/<int:pk>/", views.token, name="token"),
    path("tokens/<int:pk>/revoke/", views.token_revoke, name="token-revoke"),
]
