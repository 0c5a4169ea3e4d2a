"""Addresses below ``/registry/``. Words come before ``<noun>``, so no noun may be called like one."""

from __future__ import annotations

from django.urls import path

from zhihuan.web.registry import (
    edit_page,
    list_page,
    move_page,
    quality_page,
    record_page,
    suggestions,
)
from zhihuan.web.registry.file import hours_page, page
from zhihuan.web.registry.nouns import nouns

_lists = [
    path(f"{noun.code}/", list_page.records, {"noun": noun.code}, name=f"registry-{noun.code}")
    for noun in nouns().values()
    if noun.listing is not None
]

_file = [
    path("enterprises/<str:key>/", page.enterprise_file, name="registry-file"),
    path("enterprises/<str:key>/file.json", page.file_json, name="registry-file-json"),
    path("enterprises/<str:key>/contacts/", page.contacts, name="registry-contacts"),
    path("enterprises/<str:key>/timeline/", page.timeline, name="registry-timeline"),
    path("enterprises/<str:key>/hours/", hours_page.hours_page, name="registry-hours"),
]

urlpatterns = [
    path("", list_page.registry, name="registry"),
    path("suggest/<slug:noun>/", suggestions.suggestions, name="registry-suggest"),
    path("quality/", quality_page.quality, name="registry-quality"),
    *_lists,
    path("devices/<str:key>/move/", move_page.move_device, name="registry-move"),
    path("<slug:noun>/", list_page.records, name="registry-list"),
    path("<slug:noun>/new/", edit_page.add, name="registry-add"),
    *_file,
    path("<slug:noun>/<str:key>/", record_page.record_page, name="registry-record"),
    path("<slug:noun>/<str:key>/edit/", edit_page.edit, name="registry-edit"),
    path("<slug:noun>/<str:key>/delete/", edit_page.delete, name="registry-delete"),
]
