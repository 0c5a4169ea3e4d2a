"""A row of a kept sum, and whoever has the table alone but for those who append."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar, TypeVar

from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

__all__ = ["KeptSum", "Key", "alone", "append"]

#: Values of ``KEY``, in its order.
Key = tuple[Any, ...]
_Row = TypeVar("_Row", bound="KeptSum")


class KeptSum(models.Model):
    """So many records more (or fewer, where negative) of one key. Rows are appended and put together, never changed.

    KEY: the columns that make a key, SUMMED: those that are summed. SHELF: the first of the key; rows of one shelf are
    put together at once. is_folded: was put together.
    """

    KEY: ClassVar[tuple[str, ...]]
    SHELF: ClassVar[tuple[str, ...]]
    SUMMED: ClassVar[tuple[str, ...]] = ("count",)

    count = models.BigIntegerField(_("件数"))
    is_folded = models.BooleanField(_("已合并"), default=False)

    class Meta:
        abstract = True


def append(model: type[_Row], moved: Iterable[tuple[Key, Sequence[int]]], **also: Any) -> None:
    """One insert for all that moved, each key once; nothing where it comes to nothing. In the transaction of the change."""
    sums: dict[Key, list[int]] = {}
    for key, amounts in moved:
        known = sums.setdefault(key, [0] * len(model.SUMMED))
        for place, amount in enumerate(amounts):
            known[place] += amount
    rows = [row_of(model, key, amounts, **also) for key, amounts in sums.items() if any(amounts)]
    if rows:
        model._base_manager.bulk_create(rows)


def row_of(model: type[_Row], key: Key, amounts: Sequence[int], **also: Any) -> _Row:
    """Not saved."""
    given: Mapping[str, Any] = dict(zip((*model.KEY, *model.SUMMED), (*key, *amounts), strict=True))
    return model(**given, **also)


@contextmanager
def alone(model: type[KeptSum]) -> Iterator[None]:
    """One transaction that sees one moment of the whole database, and in which nobody else puts rows of this sum together
    or makes them anew. Readers and those who append go on. SQLite has one writer anyway."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                if is_outermost:  # the moment begins with the first question, and a lock is none
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                cursor.execute(
                    f'LOCK TABLE "{model._meta.db_table}" IN SHARE UPDATE EXCLUSIVE MODE'
                )
        yield
