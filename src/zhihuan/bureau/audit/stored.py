"""Entries and blocks as the database has them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np
from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast

from zhihuan.bureau.audit.block import CONTENT, Block, Content, micros
from zhihuan.bureau.audit.models import AuditBlock, AuditEntry

__all__ = ["as_block", "blocks", "contents"]


def contents(
    entries: QuerySet[AuditEntry, AuditEntry],
) -> Iterator[tuple[int, Content]]:
    """The id and content of each entry, by id. Streams."""
    plain = [name for name in CONTENT if name != "detail"]
    rows = entries.annotate(text=Cast(F("detail"), TextField())).order_by("id")
    for row in rows.values_list("id", *plain, "text").iterator(chunk_size=10_000):
        yield row[0], row[1:]


def blocks(after: int = 0) -> Iterator[Block]:
    """The blocks behind number ``after``, in order. Streams."""
    for row in AuditBlock.objects.filter(number__gt=after).order_by("number").iterator(100):
        yield as_block(row)


def as_block(row: AuditBlock) -> Block:
    """The value of a row."""
    ids = np.frombuffer(bytes(row.ids), dtype=">i8").astype(np.int64)
    sealed: dt.datetime = row.sealed_at
    return Block(row.number, micros(sealed), ids, bytes(row.digests), bytes(row.link))
