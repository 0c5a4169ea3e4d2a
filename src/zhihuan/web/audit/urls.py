"""Addresses below ``/audit/``."""

from __future__ import annotations

from django.urls import path

from zhihuan.web.audit import pages

urlpatterns = [
    path("", pages.trail, name="audit"),
    path("<int:pk>/", pages.entry, name="audit-entry"),
]
