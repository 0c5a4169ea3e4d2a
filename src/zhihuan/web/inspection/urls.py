"""Addresses of draws in public, below ``/open/inspections/``, and of what is printed of a visit."""

from __future__ import annotations

from django.urls import path

from zhihuan.web.inspection import public_pages, record_page

urlpatterns = [
    path("open/inspections/", public_pages.plans, name="open-inspections"),
    path("open/inspections/verify.py", public_pages.verifier, name="open-inspection-verifier"),
    path("open/inspections/<int:pk>/", public_pages.plan, name="open-inspection"),
    path(
        "open/inspections/<int:pk>/draw.json", public_pages.draw_json, name="open-inspection-draw"
    ),
    path("inspection/<int:pk>/record/", record_page.record, name="inspection-record"),
]
