"""The documents of a matter, with what pages and files show of each: few queries, however many."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from zhihuan.bureau.documents.models import MatterDocument, Publication, ServiceReceipt
from zhihuan.bureau.matters.models import Matter

__all__ = ["documents_of", "publication_of", "receipts_of"]


def documents_of(matter: Matter) -> QuerySet[MatterDocument]:
    """In the order of their making, with number, issuer, receipts and publications."""
    return (
        MatterDocument.objects.filter(matter_id=matter.pk)
        .select_related("number", "issuer", "event")
        .prefetch_related(
            Prefetch("receipts", ServiceReceipt.objects.select_related("recorded_by")),
            Prefetch("publications", Publication.objects.select_related("published_by")),
        )
    )


def receipts_of(document: MatterDocument) -> list[ServiceReceipt]:
    """Those that count, in their order."""
    return [each for each in document.receipts.all() if each.withdrawn_at is None]


def publication_of(document: MatterDocument) -> Publication | None:
    """The copy that is public now."""
    return next((each for each in document.publications.all() if each.withdrawn_at is None), None)
