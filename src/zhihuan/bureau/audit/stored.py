"""Entries and blocks as the database has them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np
from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast
from numpy.typing import NDArray

from zhihuan.bureau.audit.block import CONTENT, Block, Content, micros
from zhihuan.bureau.audit.models import AuditBlock, AuditEntry
from zhihuan.bureau.audit.moment import Moment, moment_of

__all__ = ["as_block", "blocks", "contents", "ids_of"]


def contents(
    entries: QuerySet[AuditEntry, AuditEntry],
) -> Iterator[tuple[int, Content]]:
    """The id and content of each entry, by id. Streams."""
    plain = [name for name in CONTENT if name not in {"at", "detail"}]
    rows = entries.annotate(moment=Moment("at"), text=Cast(F("detail"), TextField()))
    wanted = rows.order_by("id").values_list("id", "moment", *plain, "text")
    for entry, moment, *rest in wanted.iterator(chunk_size=10_000):
        yield entry, (moment_of(moment), *rest)


def blocks(after: int = 0) -> Iterator[Block]:
    """The blocks behind number ``after``, in order. Streams."""
    for row in AuditBlock.objects.filter(number__gt=after).order_by("number").iterator(100):
        yield as_block(row)


def as_block(row: AuditBlock) -> Block:
    """The value of a row."""
    sealed: dt.datetime = row.sealed_at
    return Block(row.number, micros(sealed), ids_of(row), bytes(row.digests), bytes(row.link))


def ids_of(row: AuditBlock) -> NDArray[np.int64]:
    """The ids of the entries in the block of a row."""
    return np.frombuffer(bytes(row.ids), dtype=">i8").astype(np.int64)
