"""Where a page of a document lies: below its matter."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from zhihuan.bureau.documents.models import MatterDocument
from zhihuan.bureau.documents.seen import seen_documents
from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.bureau.people.scope import may
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.matters.place import section_of, trail_to

__all__ = ["document_for", "frame"]


def document_for(reader: Any, pk: int, act: str = "") -> MatterDocument:
    """One document within the reader's scope, with what its pages show; Http404 otherwise.

    act: the right that a page asks for beside reading; PermissionDenied for whoever may read only.
    """
    rows = seen_documents(reader).select_related(
        "number", "issuer", "event", "matter__party", "matter__town"
    )
    found = rows.prefetch_related("receipts", "publications").filter(pk=pk).first()
    if found is None:
        raise Http404
    if act and not may(reader, act, found):
        raise PermissionDenied
    return found


def frame(document: MatterDocument, last: Any = None) -> dict[str, Any]:
    """Section and trail of a page below a document; last: the page itself, None for the document."""
    procedure = edition_of(document.matter.procedure, document.matter.edition)
    trail = trail_to(procedure, document.matter)
    if last is None:
        trail.append(Crumb(document.title))
    else:
        address = reverse("document", args=[document.pk])
        trail += [Crumb(document.title, address), Crumb(last)]
    return {"section": section_of(procedure), "trail": trail, "document": document}
