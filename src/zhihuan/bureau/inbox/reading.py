"""Somebody's messages: the newest first, how many are unread, marking them read. One's own and nobody
else's."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils import timezone

from zhihuan.bureau.inbox.models import Receipt

__all__ = [
    "MOST_COUNTED",
    "UNREAD",
    "mark_all_read",
    "mark_read",
    "receipts_of",
    "unread_count",
    "unread_of",
]

#: The attribute of an account that has the figure.
UNREAD = "unread_messages"
_UNKNOWN = object()
#: More than so many are shown as so many and more.
MOST_COUNTED = 100


def receipts_of(user: Any, *, unread: bool = False, kind: str = "") -> QuerySet[Receipt]:
    """Somebody's messages, the newest first, with what they are about read along."""
    rows = Receipt.objects.filter(user=user).select_related("message__matter").order_by("-id")
    if unread:
        rows = rows.filter(read_at__isnull=True)
    return rows.filter(message__kind=kind) if kind else rows


def unread_count(user: Any) -> int:
    """How many are unread, at most ``MOST_COUNTED``. None of its own queries for whoever is signed in: it
    was read along with the account."""
    known = getattr(user, UNREAD, _UNKNOWN)
    if known is not _UNKNOWN:
        return min(known or 0, MOST_COUNTED)
    unread = Receipt.objects.filter(user=user, read_at__isnull=True).order_by()
    return unread[:MOST_COUNTED].count()


def unread_of() -> Any:
    """How many an account has not read, as an expression over accounts; None for none."""
    unread = Receipt.objects.filter(user=OuterRef("pk"), read_at__isnull=True).order_by()
    counted = unread.values("user").annotate(n=Count("pk")).values("n")
    return Subquery(counted)


def mark_read(user: Any, receipt_id: int) -> bool:
    """Whether it was somebody's own and had not been read."""
    rows = Receipt.objects.filter(pk=receipt_id, user=user, read_at__isnull=True)
    return rows.update(read_at=timezone.now()) == 1


def mark_all_read(user: Any, until: int) -> int:
    """Mark everything read that had come up to the receipt ``until``: what came while somebody was looking
    stays unread. How many."""
    rows = Receipt.objects.filter(user=user, read_at__isnull=True, pk__lte=until)
    return rows.update(read_at=timezone.now())
