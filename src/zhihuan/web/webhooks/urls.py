"""Addresses of webhooks."""

from __future__ import annotations

from django.urls import path

from zhihuan.web.webhooks import views

urlpatterns = [
    path("webhooks/", views.webhooks, name="webhooks"),
    path("webhooks/new/", views.webhook_new, name="webhook-new"),
    path("webhooks/<int:pk>/", views.webhook, name="webhook"),
    path("webhooks/<int:pk>/rotate/", views.webhook_rotate, name="webhook-rotate"),
    path("webhooks/<int:pk>/switch/", views.webhook_switch, name="webhook-switch"),
    path("webhooks/<int:pk>/try/", views.webhook_try, name="webhook-try"),
    path("webhooks/deliveries/<int:pk>/", views.delivery, name="webhook-delivery"),
    path("webhooks/deliveries/<int:pk>/replay/", views.delivery_replay, name="webhook-replay"),
]
