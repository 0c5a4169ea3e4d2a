"""Addresses of the service: what comes after its root is read by its own grammar."""

from __future__ import annotations

from django.urls import re_path

from zhihuan.web.sensorthings import views

urlpatterns = [
    re_path(r"^sensorthings/v1\.1(?:/(?P<path>.*))?$", views.service, name="sensorthings"),
]
