"""Numbers that must not be used: declared void with a reason, kept, never given out again. And the proof
that a series has no gap."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.documents.faults import DocumentError
from zhihuan.bureau.documents.models import DocumentNumber, NumberCounter

__all__ = ["gaps", "unused", "void"]


@transaction.atomic
def void(number: DocumentNumber, actor: Any, reason: str, address: str = "") -> None:
    """Declare it void. DocumentError without a reason, or when it is void already."""
    if not reason.strip():
        raise DocumentError("a number is declared void for a reason")
    rows = DocumentNumber.objects.filter(pk=number.pk, void_at__isnull=True)
    at = timezone.now()
    if not rows.update(void_at=at, void_by=actor, void_reason=reason.strip()[:200]):
        raise DocumentError(f"{number.text} is void already")
    number.refresh_from_db()
    record(
        "document.void",
        f"number:{number.text}",
        actor=actor,
        address=address,
        reason=reason.strip(),
    )


def gaps() -> list[str]:
    """Every number that a series should have and has not, and every one beyond its counter, in words."""
    found: list[str] = []
    for counter in NumberCounter.objects.select_related("organisation"):
        given = set(
            DocumentNumber.objects.filter(
                rule=counter.rule, organisation=counter.organisation, year=counter.year
            ).values_list("number", flat=True)
        )
        series = f"{counter.rule} {counter.organisation} {counter.year}"
        found += [
            f"{series}: {n} is missing" for n in sorted({*range(1, counter.last + 1)} - given)
        ]
        found += [f"{series}: {n} is beyond its counter" for n in sorted(given) if n > counter.last]
    return found


def unused() -> list[str]:
    """Every number that no document bears, in words. A step takes a number and makes its document in one
    transaction, so there is none unless somebody went underneath."""
    bare = DocumentNumber.objects.filter(document=None).order_by("pk")
    return [f"{text} is no document's number" for text in bare.values_list("text", flat=True)]
