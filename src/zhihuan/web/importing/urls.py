"""Addresses of the registry import."""

from __future__ import annotations

from django.urls import path

from zhihuan.web.importing import views

urlpatterns = [
    path("registry/imports/", views.imports, name="imports"),
    path("registry/imports/<int:pk>/", views.import_file, name="import"),
    path("registry/imports/<int:pk>/apply/", views.import_apply, name="import-apply"),
    path("registry/imports/<int:pk>/again/", views.import_again, name="import-again"),
    path("registry/imports/<int:pk>/undo/", views.import_undo, name="import-undo"),
    path("registry/imports/<int:pk>/faulty.xlsx", views.import_faulty, name="import-faulty"),
    path(
        "registry/imports/template/<slug:code>.xlsx", views.import_template, name="import-template"
    ),
    path("registry/imports/export/<slug:code>.xlsx", views.import_export, name="import-export"),
]
