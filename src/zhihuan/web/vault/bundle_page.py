"""Ask for a bundle, see how far it is, take it away with the digest that a verifier needs."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.bureau.vault.actions import EXPORT
from zhihuan.bureau.vault.bundling import running
from zhihuan.bureau.vault.bundling.kinds import bundle_kind
from zhihuan.bureau.vault.models import Bundle
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.permission import requires
from zhihuan.web.vault.gallery_page import matter_trail
from zhihuan.web.vault.serving import part_response
from zhihuan.web.vault.visible import bundle_for, file_for

__all__ = ["bundle", "bundle_file", "bundle_new", "file_answer", "state_answer"]


@require_POST
@requires(EXPORT)
def bundle_new(request: HttpRequest, matter: int) -> HttpResponseBase:
    """Begin one; its page tells how far it is."""
    found = file_for(request, matter, EXPORT).matter
    made = running.begin(found, request.user, address_of(request))
    return redirect("evidence-bundle", pk=made.pk)


@require_safe
@never_cache
@requires(EXPORT)
def bundle(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Its state; an htmx request gets that alone."""
    found = bundle_for(request, pk)
    place = {
        "section": "matters",
        "trail": [*matter_trail(found.matter), Crumb(_("证据包"))],
        "address": reverse("evidence-bundle", args=[pk]),
        "file_address": reverse("evidence-bundle-file", args=[pk]),
        "back_address": reverse("evidence-of", args=[found.matter_id]),
        "back_words": _("返回证据目录"),
    }
    return state_answer(request, found, place)


@require_safe
@never_cache
@requires(EXPORT)
def bundle_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file itself, or the part of it that is asked for."""
    return file_answer(request, bundle_for(request, pk))


def state_answer(request: HttpRequest, found: Bundle, place: dict[str, Any]) -> HttpResponseBase:
    """How far a bundle of any kind is. place: section, trail and the addresses around it."""
    context = place | {
        "kind": bundle_kind(found.kind).title,
        "bundle": found,
        "cut_off": running.was_cut_off(found),
        "done_mb": found.done // 2**20,
        "total_mb": max(1, -(-found.total // 2**20)),
    }
    name = "vault/bundle.html#state" if request.htmx else "vault/bundle.html"  # type: ignore[attr-defined]
    return render(request, name, context)


def file_answer(request: HttpRequest, found: Bundle) -> HttpResponseBase:
    """The archive of a bundle of any kind. Http404 while there is none."""
    if found.state != Bundle.State.READY:
        raise Http404
    name = f"{bundle_kind(found.kind).name}-{found.matter_id}-{found.pk}.zip"
    path = running.file_of(found)
    answer = part_response(request, path, name, "application/zip", found.manifest_sha256)
    record(
        "evidence.download_bundle", f"matter:{found.matter_id}", actor=request.user,
        address=address_of(request), bundle=found.pk, kind=found.kind, manifest_sha256=found.manifest_sha256,
        part=answer.headers.get("Content-Range", ""),
    )  # fmt: skip
    return answer
