"""A whole file as one archive: asked for, how far it is, taken away, in parts where a download was cut off."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhihuan.bureau.documents.bundling import CASE_FILE
from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.bureau.vault.bundling import running
from zhihuan.web.documents.file_page import matter_of_file
from zhihuan.web.matters.place import section_of, trail_to
from zhihuan.web.permission import signed_in
from zhihuan.web.vault.bundle_page import file_answer, state_answer
from zhihuan.web.vault.visible import bundle_for

__all__ = ["file_bundle", "file_bundle_file", "file_bundle_new"]


@require_POST
@never_cache
@signed_in
def file_bundle_new(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Begin one; its page tells how far it is."""
    matter = matter_of_file(request, pk)
    made = running.begin(matter, request.user, address_of(request), CASE_FILE.code)
    return redirect("file-bundle", pk=made.pk)


@require_safe
@never_cache
@signed_in
def file_bundle(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Its state; an htmx request gets that alone."""
    found = bundle_for(request, pk, CASE_FILE.code)
    procedure = edition_of(found.matter.procedure, found.matter.edition)
    place = {
        "section": section_of(procedure),
        "trail": trail_to(procedure, found.matter, last=_("案卷包")),
        "address": reverse("file-bundle", args=[pk]),
        "file_address": reverse("file-bundle-file", args=[pk]),
        "back_address": reverse("matter-file", args=[found.matter_id]),
        "back_words": _("返回案卷"),
    }
    return state_answer(request, found, place)


@require_safe
@never_cache
@signed_in
def file_bundle_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The archive, or the part of it that is asked for."""
    return file_answer(request, bundle_for(request, pk, CASE_FILE.code))
