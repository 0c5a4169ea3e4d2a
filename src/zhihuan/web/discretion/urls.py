"""Addresses below ``/discretion/``."""

from __future__ import annotations

from django.urls import path

from zhihuan.web.discretion import case_page, list_page

urlpatterns = [
    path("", list_page.case_list, name="discretion"),
    path("<str:case_id>/", case_page.case, name="discretion-case"),
]
