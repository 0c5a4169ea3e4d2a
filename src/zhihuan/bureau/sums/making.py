# ruff: noqa: S608 - names of our own columns, and what Django wrote
"""Make a sum anew from its records, compare it with them, and know whether it was made.

A sum that was never made, or by other rules than today's (``shape``), says nothing: whoever reads asks ``are_made`` and
counts the records themselves until ``make`` has been there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Sum

from zhihuan.bureau.sums.kept import KeptSum, Key, alone
from zhihuan.bureau.sums.models import MadeSum

__all__ = ["Difference", "Summed", "are_made", "differences", "make", "make_missing"]


@dataclass(frozen=True, slots=True)
class Summed:
    """A part of a sum that is made at once. name: unique. within: the values of the model's key that it holds. records:
    counts them, as rows of KEY and SUMMED of the model. shape: changes with the rule they are counted by."""

    name: str
    model: type[KeptSum]
    within: Mapping[str, Any]
    records: Callable[[], Sequence[QuerySet[Any]]]
    shape: str = "1"


@dataclass(frozen=True, slots=True)
class Difference:
    """Of one key: what is kept and what the records come to; () for nothing."""

    name: str
    key: Key
    kept: tuple[int, ...]
    counted: tuple[int, ...]


def are_made(some: Iterable[Summed]) -> bool:
    """Whether all of these may be read; one query."""
    wanted = {each.name: each.shape for each in some}
    found = MadeSum.objects.filter(name__in=wanted).values_list("name", "shape")
    return dict(found) == wanted


def make_missing(some: Iterable[Summed]) -> int:
    """Make those that may not be read; how many."""
    made = dict(MadeSum.objects.values_list("name", "shape"))
    missing = [each for each in some if made.get(each.name) != each.shape]
    for each in missing:
        make(each)
    return len(missing)


def make(summed: Summed) -> None:
    """In one moment of the database: what others append before it is in the records, what they append after it is kept
    beside."""
    model = summed.model
    with alone(model):
        rows = model._base_manager.filter(**summed.within)
        rows._raw_delete(rows.db)
        for records in summed.records():
            _insert(model, records)
        MadeSum.objects.update_or_create(name=summed.name, defaults={"shape": summed.shape})


def differences(summed: Summed) -> Iterator[Difference]:
    """Where the kept sum is not what its records come to, both of one moment. Nothing is changed."""
    model = summed.model
    wide = len(model.KEY)
    with alone(model):
        counted = {
            row[:wide]: tuple(map(int, row[wide:]))
            for records in summed.records()
            for row in records
        }
        kept = _kept(summed)
    for key in kept.keys() | counted.keys():
        pair = kept.get(key, ()), counted.get(key, ())
        if pair[0] != pair[1]:
            yield Difference(summed.name, key, *pair)


def _kept(summed: Summed) -> dict[Key, tuple[int, ...]]:
    model = summed.model
    wide = len(model.KEY)
    sums = {f"sum_of_{name}": Sum(name) for name in model.SUMMED}
    rows = (
        model._base_manager.filter(**summed.within).order_by().values(*model.KEY).annotate(**sums)
    )
    found = {row[:wide]: tuple(map(int, row[wide:])) for row in rows.values_list(*model.KEY, *sums)}
    return {key: amounts for key, amounts in found.items() if any(amounts)}


def _insert(model: type[KeptSum], records: QuerySet[Any]) -> None:
    """Within the database: a million records are counted and none of them comes here."""
    names = (*model.KEY, *model.SUMMED)
    columns = ", ".join(f'"{model._meta.get_field(each).column}"' for each in names)
    told, params = records.query.get_compiler(connection=connection).as_sql()
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({columns}, "is_folded") '
            f"SELECT counted.*, TRUE FROM ({told}) AS counted",
            params,
        )
