"""Rows that the trail saw made and that are not there any more, although nothing in the platform deletes them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import BigIntegerField, Exists, F, Model, OuterRef, Value
from django.db.models.functions import Cast, Replace

from zhihuan.bureau.audit.models import AuditEntry

__all__ = ["gone"]


def gone(model: type[Model], act: str, prefix: str) -> Iterator[int]:
    """Their keys, in the order of their making. act: what the trail calls the making. prefix: of the subject,
    before the key. Streams."""
    made = AuditEntry.objects.filter(action=act, subject__startswith=prefix)
    key = Cast(Replace(F("subject"), Value(prefix), Value("")), BigIntegerField())
    rows = made.annotate(key=key).filter(~Exists(model._base_manager.filter(pk=OuterRef("key"))))
    yield from rows.order_by("pk").values_list("key", flat=True).iterator(chunk_size=1_000)
