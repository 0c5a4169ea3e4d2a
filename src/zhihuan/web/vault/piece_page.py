"""One piece of evidence: what is said of it, what camera and browser say, who had it, who looked at it."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.bureau.vault.actions import KEEP, VIEW, WITHDRAW
from zhihuan.bureau.vault.evidence.chain import broken_at
from zhihuan.bureau.vault.evidence.custody import CustodyRefusedError, acts_open, enter
from zhihuan.bureau.vault.evidence.looking import DOWNLOAD, PREVIEW, READ, looks_at, note_look
from zhihuan.bureau.vault.models import Content, CustodyEntry
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.permission import requires, signed_in
from zhihuan.web.vault.card import plan_of_pieces, status_of
from zhihuan.web.vault.facts import claim_rows, custody_events, exif_terms, facts_of, looks
from zhihuan.web.vault.form import CustodyForm
from zhihuan.web.vault.gallery_page import matter_trail
from zhihuan.web.vault.serving import as_download, as_picture
from zhihuan.web.vault.visible import Held, piece_for

__all__ = ["download", "keep", "piece", "preview", "thumbnail"]

_LOOKS_SHOWN = 20


@require_safe
@never_cache
@signed_in
def piece(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Everything known of it."""
    held = piece_for(request, pk)
    note_look(READ, held.piece, actor=request.user, address=address_of(request))
    return _shown(request, held)


@require_POST
@requires(KEEP)
def keep(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Enter what became of it; withdrawing needs a right of its own."""
    held = piece_for(request, pk)
    found = held.piece
    if KEEP not in held.rights:
        raise Http404
    form = CustodyForm(_acts(held), request.POST)
    if not form.is_valid():
        return _shown(request, held, form)
    act = form.cleaned_data["act"]
    try:
        enter(found, act, Acting(request.user, address_of(request)), form.keeping())
    except CustodyRefusedError as error:
        form.add_error(None, str(error))
        return _shown(request, held, form)
    messages.success(request, _("已登记“%(act)s”。") % {"act": CustodyEntry.Act(act).label})
    return redirect("evidence", pk=found.pk)


@require_safe
@never_cache
@signed_in
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The original."""
    found = piece_for(request, pk).piece
    note_look(DOWNLOAD, found, actor=request.user, address=address_of(request))
    return as_download(found.file.content, found.file.name)


@require_safe
@never_cache
@signed_in
def preview(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A smaller picture without EXIF."""
    return _picture(request, pk, "preview")


@require_safe
@never_cache
@signed_in
def thumbnail(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A small one for the gallery."""
    return _picture(request, pk, "thumbnail")


def _picture(request: HttpRequest, pk: int, role: str) -> HttpResponseBase:
    found = piece_for(request, pk).piece
    made: Content | None = getattr(found.file.content, role)
    if made is None:
        raise Http404
    note_look(PREVIEW, found, actor=request.user, address=address_of(request))
    return as_picture(made)


def _acts(held: Held) -> list[str]:
    """What this person may enter now; withdrawing needs a right of its own."""
    acts = acts_open(list(held.piece.custody.order_by("number").values_list("act", flat=True)))
    return [act for act in acts if act != CustodyEntry.Act.WITHDRAW or WITHDRAW in held.rights]


def _shown(request: HttpRequest, held: Held, form: CustodyForm | None = None) -> HttpResponseBase:
    found = held.piece
    custody = list(found.custody.order_by("number"))
    acts = _acts(held) if KEEP in held.rights else []
    context = {
        "section": "matters",
        "trail": [*matter_trail(found.matter), Crumb(found.title)],
        "piece": found,
        "status": status_of(found),
        "facts": facts_of(found),
        "claims": claim_rows(found),
        "plan": plan_of_pieces([found]),
        "exif": exif_terms(found),
        "custody": custody_events(custody),
        "broken": list(broken_at(found.file.content.sha256, custody)),
        "form": form or (CustodyForm(acts) if acts else None),
        "keep_url": reverse("evidence-keep", args=[found.pk]),
        "looks": looks(looks_at(found).order_by("-pk")[:_LOOKS_SHOWN])
        if VIEW in held.rights
        else None,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form else HTTPStatus.OK
    return render(request, "vault/piece.html", context, status=status)
