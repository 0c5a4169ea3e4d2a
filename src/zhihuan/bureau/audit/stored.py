"""Entries and blocks as the database has them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import numpy as np
from django.db.models import F, Func, QuerySet, TextField
from django.db.models.functions import Cast

from zhihuan.bureau.audit.block import CONTENT, Block, Content, micros
from zhihuan.bureau.audit.models import AuditBlock, AuditEntry

__all__ = ["as_block", "blocks", "contents"]


NO_MOMENT = -1  # of a time that is none; no entry bears it, so its digest does not agree


class _Moment(Func):
    """A time as the engine gives it quickest: µs since 1970 UTC on PostgreSQL, its text on SQLite."""

    arity = 1
    output_field = TextField()  # neither is to be converted

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template = (
            "CASE WHEN isfinite(%(expressions)s) "
            f"THEN (EXTRACT(EPOCH FROM %(expressions)s) * 1000000)::bigint ELSE {NO_MOMENT} END"
        )
        return self.as_sql(compiler, connection, template=template, **more)

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="CAST(%(expressions)s AS TEXT)", **more)


def contents(
    entries: QuerySet[AuditEntry, AuditEntry],
) -> Iterator[tuple[int, Content]]:
    """The id and content of each entry, by id. Streams."""
    plain = [name for name in CONTENT if name not in {"at", "detail"}]
    rows = entries.annotate(moment=_Moment("at"), text=Cast(F("detail"), TextField()))
    wanted = rows.order_by("id").values_list("id", "moment", *plain, "text")
    for entry, moment, *rest in wanted.iterator(chunk_size=10_000):
        yield entry, (moment if type(moment) is int else _from_text(moment), *rest)


def _from_text(moment: str) -> int:
    """µs since 1970 UTC of a time as SQLite keeps it."""
    try:
        return micros(dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC))
    except (TypeError, ValueError):
        return NO_MOMENT


def blocks(after: int = 0) -> Iterator[Block]:
    """The blocks behind number ``after``, in order. Streams."""
    for row in AuditBlock.objects.filter(number__gt=after).order_by("number").iterator(100):
        yield as_block(row)


def as_block(row: AuditBlock) -> Block:
    """The value of a row."""
    ids = np.frombuffer(bytes(row.ids), dtype=">i8").astype(np.int64)
    sealed: dt.datetime = row.sealed_at
    return Block(row.number, micros(sealed), ids, bytes(row.digests), bytes(row.link))
