"""Addresses of the public pages."""

from __future__ import annotations

from django.urls import path

from zhihuan.web.open import views

urlpatterns = [
    path("open/", views.home, name="open"),
    path("open/data/", views.data, name="open-data"),
    path("open/stations/<slug:code>/", views.station, name="open-station"),
    path("open/<slug:code>/", views.subject, name="open-subject"),
]
