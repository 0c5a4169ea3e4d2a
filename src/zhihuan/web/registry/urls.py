"""Addresses below ``/registry/``. Words come before ``<noun>``, so no noun may be called like one."""

from __future__ import annotations

from django.urls import path

from zhihuan.web.permission import requires, signed_in
from zhihuan.web.registry import (
    batch_page,
    dictionary_page,
    edit_page,
    list_page,
    move_page,
    quality_page,
    record_page,
    suggestions,
)
from zhihuan.web.registry.changes import change_list, change_page
from zhihuan.web.registry.file import hours_page, page
from zhihuan.web.registry.nouns import nouns

_enterprises = requires("registry.view_enterprise")
_lists = [
    path(
        f"{noun.code}/",
        requires(noun.view)(list_page.records),
        {"noun": noun.code},
        name=f"registry-{noun.code}",
    )
    for noun in nouns().values()
    if noun.listing is not None
]

_batches = [
    path(
        f"{noun.code}/batch/",
        requires(noun.change)(batch_page.batch),
        {"noun": noun.code},
        name=f"registry-batch-{noun.code}",
    )
    for noun in nouns().values()
    if noun.batch
]

_file = [
    path("enterprises/<str:key>/", _enterprises(page.enterprise_file), name="registry-file"),
    path(
        "enterprises/<str:key>/file.json", _enterprises(page.file_json), name="registry-file-json"
    ),
    path(
        "enterprises/<str:key>/contacts/",
        requires("registry.view_contact")(page.contacts),
        name="registry-contacts",
    ),
    path("enterprises/<str:key>/timeline/", _enterprises(page.timeline), name="registry-timeline"),
    path(
        "enterprises/<str:key>/hours/", _enterprises(hours_page.hours_page), name="registry-hours"
    ),
]

_changes = [
    path("changes/", change_list.change_sets, name="registry-changes"),
    path("changes/<int:pk>/", change_page.change_set, name="registry-change-set"),
    path("changes/<int:pk>/undo/", change_page.undo_change_set, name="registry-undo"),
]

urlpatterns = [
    path("", _enterprises(list_page.registry), name="registry"),
    path("suggest/<slug:noun>/", signed_in(suggestions.suggestions), name="registry-suggest"),
    path(
        "dictionary/",
        requires("registry.view_dictionary")(dictionary_page.dictionary),
        name="registry-dictionary",
    ),
    path("quality/", _enterprises(quality_page.quality), name="registry-quality"),
    *_changes,
    *_lists,
    *_batches,
    path(
        "devices/<str:key>/move/",
        requires("registry.change_device")(move_page.move_device),
        name="registry-move",
    ),
    path("<slug:noun>/", signed_in(list_page.records), name="registry-list"),
    path("<slug:noun>/new/", signed_in(edit_page.add), name="registry-add"),
    *_file,
    path("<slug:noun>/<str:key>/", signed_in(record_page.record_page), name="registry-record"),
    path("<slug:noun>/<str:key>/edit/", signed_in(edit_page.edit), name="registry-edit"),
    path("<slug:noun>/<str:key>/delete/", signed_in(edit_page.delete), name="registry-delete"),
]
