"""Do entries and records agree? Found by comparing, mended by writing what differs.

Both walk the records of each kind in stretches of their primary key, a transaction each, beside a
platform that goes on working.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from zhihuan.bureau.search.declaration import SearchedModel, searched_models
from zhihuan.bureau.search.engines import engine_of
from zhihuan.bureau.search.entries import Made, forget, made, write
from zhihuan.bureau.search.models import Code, Entry

#: (kind of record, how many are done, how many in all)
Progress = Callable[[str, int, int], None]
_PORTION = 1_000


@dataclass(slots=True)
class Disagreement:
    """Entries of one kind that are missing, say something else, or have no record."""

    kind: str
    missing: int = 0
    wrong: int = 0
    left_over: int = 0

    def __bool__(self) -> bool:
        return bool(self.missing or self.wrong or self.left_over)


@dataclass(frozen=True, slots=True)
class _Portion:
    """What differs among the records with primary keys from ``first`` on, up to ``last``."""

    missing: list[Made]
    wrong: list[Made]
    left_over: list[int]
    rows: int


def rebuild(tell: Progress | None = None, using: str = DEFAULT_DB_ALIAS) -> list[Disagreement]:
    """Write what differs, then make the engine's indexes anew; what was found, kind by kind."""
    found = [_walk(each, tell, using, mend=True) for each in searched_models().values()]
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        engine_of(using).renew(cursor)
    return found


def unwritten(using: str = DEFAULT_DB_ALIAS) -> list[SearchedModel]:
    """Kinds of which there are records and not one entry: those registered before their kind was searched. Two
    queries a kind."""
    return [
        each
        for each in searched_models().values()
        if not _entries(each, using).exists() and each.model._base_manager.using(using).exists()
    ]


def write_anew(
    kind: SearchedModel, tell: Progress | None = None, using: str = DEFAULT_DB_ALIAS
) -> None:
    """Write what differs of one kind; the engine's indexes are kept as with every record."""
    _walk(kind, tell, using, mend=True)


def compare(tell: Progress | None = None, using: str = DEFAULT_DB_ALIAS) -> list[Disagreement]:
    """The same without writing. Reads every record: a minute for some hundred thousand."""
    return [_walk(each, tell, using, mend=False) for each in searched_models().values()]


def counts(using: str = DEFAULT_DB_ALIAS) -> list[tuple[str, int, int]]:
    """Kind, records, entries: a quick look that finds most of what goes wrong. Two queries a kind."""
    return [
        (
            str(each.model._meta.verbose_name),
            each.model._base_manager.using(using).count(),
            _entries(each, using).count(),
        )
        for each in searched_models().values()
    ]


def _walk(of: SearchedModel, tell: Progress | None, using: str, *, mend: bool) -> Disagreement:
    found = Disagreement(str(of.model._meta.verbose_name))
    rows = of.model._base_manager.using(using)
    done, total = 0, rows.count()
    for first, last in _stretches(of, using):
        with transaction.atomic(using=using):
            portion = _compared(of, first, last, using)
            if mend:
                write([*portion.missing, *portion.wrong], using)
                forget(portion.left_over, using)
        found.missing += len(portion.missing)
        found.wrong += len(portion.wrong)
        found.left_over += len(portion.left_over)
        done += portion.rows
        if tell:
            tell(found.kind, done, total)
    return found


def _stretches(of: SearchedModel, using: str) -> Iterator[tuple[int, int]]:
    """From primary key to primary key, a thousand records each; the last reaches to the end, so that
    entries beyond all records are looked at too."""
    rows, first = of.model._base_manager.using(using).order_by("pk"), 0
    while True:
        keys = rows.filter(pk__gte=first).values_list("pk", flat=True)[:_PORTION]
        last = max(keys, default=0) if len(keys) == _PORTION else of.last_key - of.first_key
        yield first, last
        if len(keys) < _PORTION:
            return
        first = last + 1


def _compared(of: SearchedModel, first: int, last: int, using: str) -> _Portion:
    rows = list(of.model._base_manager.using(using).filter(pk__gte=first, pk__lte=last))
    span = (of.key_of(first), of.key_of(last))
    kept = Entry.objects.using(using).filter(pk__range=span).in_bulk()
    codes = _codes(span, using)
    missing, wrong = [], []
    for row in rows:
        wanted = made(of, row)
        stored = kept.pop(wanted.entry.pk, None)
        if stored is None:
            missing.append(wanted)
        elif not _agrees(wanted, stored, codes.get(stored.pk, {})):
            wrong.append(wanted)
    return _Portion(missing, wrong, list(kept), len(rows))


def _codes(span: tuple[int, int], using: str) -> dict[int, dict[str, bool]]:
    found: dict[int, dict[str, bool]] = {}
    rows = Code.objects.using(using).filter(entry__gte=span[0], entry__lte=span[1])
    for entry, code, is_whole in rows.values_list("entry_id", "code", "is_whole"):
        found.setdefault(entry, {})[code] = is_whole
    return found


def _agrees(wanted: Made, stored: Entry, codes: dict[str, bool]) -> bool:
    same = all(getattr(stored, name) == getattr(wanted.entry, name) for name in Entry.COLUMNS)
    return same and codes == wanted.codes


def _entries(of: SearchedModel, using: str) -> Any:
    return Entry.objects.using(using).filter(pk__range=(of.first_key, of.last_key))
