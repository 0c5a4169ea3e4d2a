"""Addresses below ``/people/``. Words come before ``<noun>``, so no noun may be called like one."""

from __future__ import annotations

from typing import Any

from django.urls import path

from zhihuan.web.people import (
    account_pages,
    closing_page,
    delegation_pages,
    grant_pages,
    matrix_page,
    officers_page,
    own_page,
    tree_page,
)
from zhihuan.web.people.looking import noted
from zhihuan.web.people.nouns import ROOM, nouns
from zhihuan.web.permission import requires, signed_in
from zhihuan.web.registry import edit_page, list_page, record_page

_HERE = {"room": ROOM}
_certificates = requires("people.view_enforcementcertificate")
_opens = requires(account_pages.OPENING)
_grants = requires("people.view_rolegrant")
_grants_roles = requires(grant_pages.GRANTING)
_keeps_bodies = requires("people.change_organisation")


def _looked(code: str, view: Any) -> Any:
    return noted(view) if code == "accounts" else view


_lists = [
    path(
        f"{noun.code}/",
        requires(noun.view)(_looked(noun.code, list_page.records)),
        {"noun": noun.code, **_HERE},
        name=f"people-{noun.code}",
    )
    for noun in nouns().values()
]

_account_acts = [
    path(
        f"accounts/<str:username>/{word}/",
        requires(permission)(view),
        name=f"people-{word}",
    )
    for word, permission, view in (
        ("password", account_pages.KEEPING, account_pages.reset_password),
        ("leave", account_pages.KEEPING, account_pages.leave),
        ("come-back", account_pages.KEEPING, account_pages.come_back),
        ("lock", account_pages.LOCKING, account_pages.lock),
        ("unlock", account_pages.LOCKING, account_pages.unlock),
    )
]

urlpatterns = [
    path("", requires("people.view_organisation")(tree_page.organisation_tree), name="people-tree"),
    path("own/", own_page.own, name="people-own"),
    path(
        "delegate/",
        requires("people.delegate_role")(delegation_pages.delegate),
        name="people-delegate",
    ),
    path("delegations/", _grants(grant_pages.delegations), name="people-delegations"),
    path(
        "delegations/<int:pk>/end/", delegation_pages.end_delegation, name="people-end-delegation"
    ),
    path("officers/", _certificates(officers_page.officers), name="people-officers"),
    path("matrix/", requires("people.view_matrix")(matrix_page.matrix), name="people-matrix"),
    *_lists,
    path(
        "organisations/<int:pk>/close/",
        _keeps_bodies(closing_page.close_organisation),
        name="people-close",
    ),
    path(
        "organisations/<int:pk>/reopen/",
        _keeps_bodies(closing_page.reopen_organisation),
        name="people-reopen",
    ),
    path("accounts/new/", _opens(account_pages.open_account), name="people-open-account"),
    *_account_acts,
    path(
        "accounts/<str:key>/",
        requires("people.view_user")(noted(record_page.record_page)),
        {"noun": "accounts", **_HERE},
        name="people-account",
    ),
    path("accounts/<str:username>/grant/", _grants_roles(grant_pages.grant), name="people-grant"),
    path("grants/<int:pk>/revoke/", _grants_roles(grant_pages.revoke), name="people-revoke"),
    path("<slug:noun>/", signed_in(list_page.records), _HERE, name="people-list"),
    path("<slug:noun>/new/", signed_in(edit_page.add), _HERE, name="people-add"),
    path("<slug:noun>/<str:key>/", signed_in(record_page.record_page), _HERE, name="people-record"),
    path("<slug:noun>/<str:key>/edit/", signed_in(edit_page.edit), _HERE, name="people-edit"),
]
