"""Addresses of the catalogue, and of what its chart and its map draw."""

from __future__ import annotations

from django.urls import path

from zhihuan.web.catalogue import example_data, views

urlpatterns = [
    path("catalogue/", views.catalogue, name="catalogue"),
    path("catalogue/data/series.json", example_data.example_series, name="example-series"),
    path("catalogue/data/points.json", example_data.example_points, name="example-points"),
    path("catalogue/<slug:name>/", views.catalogue_component, name="catalogue-component"),
]
