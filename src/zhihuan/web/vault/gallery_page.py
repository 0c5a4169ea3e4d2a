"""All evidence of a matter: pictures, files, where they were made; and the form that adds a piece."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.bureau.vault.actions import ADD, EXPORT
from zhihuan.bureau.vault.bundling.kinds import EVIDENCE
from zhihuan.bureau.vault.evidence.adding import add_evidence
from zhihuan.bureau.vault.evidence.looking import LIST, visible
from zhihuan.bureau.vault.models import Bundle
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.permission import requires, signed_in
from zhihuan.web.vault.card import cards, plan_of_pieces
from zhihuan.web.vault.form import EvidenceForm
from zhihuan.web.vault.visible import file_for

__all__ = ["add", "gallery", "matter_trail"]

_A_PAGE = 24


@require_safe
@never_cache
@signed_in
def gallery(request: HttpRequest, matter: int) -> HttpResponseBase:
    """The evidence of one matter that the reader may see, in its order."""
    file = file_for(request, matter)
    found = file.matter
    pieces = visible(request.user, found, file.rights).order_by("number")
    page = Paginator(pieces, _A_PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    record(
        LIST, f"matter:{found.pk}", actor=request.user, address=address_of(request),
        numbers=[each.number for each in shown],
    )  # fmt: skip
    context = {
        "section": "matters",
        "trail": [*matter_trail(found), Crumb(_("证据"))],
        "matter": found,
        "cards": cards(shown),
        "page": page,
        "plan": plan_of_pieces(shown),
        "may_add": ADD in file.rights,
        "may_export": EXPORT in file.rights and bool(shown),
        "bundles": Bundle.objects.filter(matter=found, kind=EVIDENCE, asked_by=request.user)[:5],
    }
    return render(request, "vault/gallery.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@requires(ADD)
def add(request: HttpRequest, matter: int) -> HttpResponseBase:
    """Add a piece; a refused form keeps its file."""
    found = file_for(request, matter, ADD).matter
    form = EvidenceForm(request.user, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        acting = Acting(request.user, address_of(request))
        piece = add_evidence(found, form.cleaned_data["file"], acting, **form.said())
        messages.success(request, _("已入卷，编号 %(number)d。") % {"number": piece.number})
        return redirect("evidence", pk=piece.pk)
    context: dict[str, Any] = {
        "section": "matters",
        "trail": [*matter_trail(found), Crumb(_("提交证据"))],
        "matter": found,
        "form": form,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "vault/add.html", context, status=status)


def matter_trail(matter: Matter) -> list[Crumb]:
    """The way to the evidence of a matter."""
    return [Crumb(matter.title, reverse("evidence-of", args=[matter.pk]))]
