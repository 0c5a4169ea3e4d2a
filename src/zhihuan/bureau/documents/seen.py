"""Which documents of a matter somebody may look at.

Who may look at the matter and is of the bureau sees all of them. A party and others outside see those that the
matter's procedure shows to its party (``party_view``), and of these what is served only from the day its service
took effect: the bureau's internal papers (审批表) are not theirs, nor is a decision that lies on a desk.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from zhihuan.bureau.documents.models import DocumentNumber, MatterDocument, ServiceReceipt
from zhihuan.bureau.matters.catalogue import procedures
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.matters.party_view import PartyView
from zhihuan.bureau.matters.reach import found_by, seen_by
from zhihuan.bureau.people.scope import grants_of
from zhihuan.bureau.search.declaration import Seen

__all__ = [
    "is_inside",
    "may_see_all",
    "numbers_found_by",
    "numbers_seen",
    "seen_documents",
    "served_on_party",
    "shown_to_party",
]


def seen_documents(reader: Any) -> QuerySet[MatterDocument]:
    """All documents this reader may look at."""
    rows = MatterDocument.objects.filter(matter__in=seen_by(reader))
    return rows if is_inside(reader) else rows.filter(shown_to_party())


def numbers_seen(reader: Any) -> QuerySet[DocumentNumber]:
    """The numbers of these."""
    return DocumentNumber.objects.filter(document__in=seen_documents(reader))


def numbers_found_by(reader: Any) -> Seen:
    """The numbers somebody may find by searching."""
    matters = found_by(reader)
    if matters.rows is None and is_inside(reader):
        return Seen(None)
    return Seen(numbers_seen(reader), matters.is_narrow)


def shown_to_party() -> Q:
    """The documents that parties are shown today, of every edition there is."""
    declared, at_once = Q(pk__in=[]), Q(pk__in=[])
    for each in procedures():
        if each.party is not None:
            mine = Q(matter__procedure=each.code, matter__edition=each.edition)
            declared |= mine & Q(code__in=each.party.documents)
            at_once |= mine & Q(code__in=each.party.at_once)
    receipts = ServiceReceipt.objects.filter(document=OuterRef("pk"), withdrawn_at__isnull=True)
    served = Exists(receipts.filter(effective_on__lte=timezone.localdate()).order_by())
    return at_once | (declared & (Q(is_served=False) | Q(served)))


def served_on_party(view: PartyView) -> Q:
    """The matters of which a party learned by what was served on it: from that day on, entered or not."""
    receipts = ServiceReceipt.objects.filter(
        document__matter=OuterRef("pk"),
        document__code__in=view.documents,
        withdrawn_at__isnull=True,
        effective_on__lte=timezone.localdate(),
    )
    return Q(Exists(receipts.order_by()))


def may_see_all(reader: Any, matter: Matter) -> bool:
    """Whether the whole file is this reader's to look at: of the bureau, and the matter within reach."""
    return is_inside(reader) and seen_by(reader).filter(pk=matter.pk).exists()


def is_inside(reader: Any) -> bool:
    """Whether somebody holds a role within the bureau."""
    return bool(reader.is_superuser) or any(held.inside for held in grants_of(reader))
