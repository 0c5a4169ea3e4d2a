"""Addresses below ``/statistics/``."""

from __future__ import annotations

from django.urls import path

from zhihuan.web.statistics import acts_page, figures_page

urlpatterns = [
    path("enforcement/", figures_page.figures_page, name="figures"),
    path("enforcement/acts/", acts_page.acts, name="figures-acts"),
]
