"""Which matter, which piece of evidence, which bundle somebody may open. What lies outside does not exist."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.matters.reach import may_view, seen_by
from zhihuan.bureau.vault.actions import VIEW, VIEW_OWN
from zhihuan.bureau.vault.bundling.kinds import EVIDENCE
from zhihuan.bureau.vault.evidence.looking import rights_in, visible
from zhihuan.bureau.vault.models import Bundle, Evidence

__all__ = ["File", "Held", "bundle_for", "file_for", "piece_for"]


@dataclass(frozen=True, slots=True)
class File:
    """A matter, and what the reader may do with its evidence."""

    matter: Matter
    rights: frozenset[str]


@dataclass(frozen=True, slots=True)
class Held:
    """A piece, and what the reader may do with it."""

    piece: Evidence
    rights: frozenset[str]


def file_for(request: HttpRequest, pk: int, *permissions: str) -> File:
    """A matter that the reader may see, and in which they hold one of these rights; Http404 otherwise."""
    found = seen_by(request.user).select_related("party", "town").filter(pk=pk).first()
    rights = rights_in(request.user, found) if found is not None else frozenset[str]()
    if found is None or not rights & set(permissions or (VIEW, VIEW_OWN)):
        raise Http404
    return File(found, rights)


def piece_for(request: HttpRequest, pk: int) -> Held:
    """One piece of evidence with its file and matter at hand."""
    matter = get_object_or_404(Matter, evidence__pk=pk)
    rights = rights_in(request.user, matter)
    file = "file__content__preview", "file__content__thumbnail"
    seen = visible(request.user, matter, rights).select_related("matter__party", "event", *file)
    piece: Evidence = get_object_or_404(seen, pk=pk)
    if not may_view(request.user, matter):
        raise Http404
    return Held(piece, rights)


def bundle_for(request: HttpRequest, pk: int, kind: str = EVIDENCE) -> Bundle:
    """A bundle of that kind that this person asked for: it holds what they may see."""
    mine = Bundle.objects.filter(asked_by=request.user, kind=kind).select_related(
        "matter", "asked_by"
    )
    found: Bundle = get_object_or_404(mine, pk=pk)
    if not may_view(request.user, found.matter):
        raise Http404
    return found
