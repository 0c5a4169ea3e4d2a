"""Entries from records, written where the record is written: in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from zhihuan.bureau.search.declaration import SearchedModel, searched
from zhihuan.bureau.search.models import Code, Entry
from zhihuan.bureau.search.readings import kept_readings
from zhihuan.bureau.search.text import kept_name, kept_names, plain

_PORTION = 500


@dataclass(frozen=True, slots=True)
class Made:
    """An entry with its codes: code → whether it is found by the whole of it alone. is_coded: whether
    records of its kind have any."""

    entry: Entry
    codes: dict[str, bool]
    kind: int
    is_coded: bool = True

    def rows(self) -> list[Code]:
        """The codes as they are stored."""
        return [
            Code(entry_id=self.entry.pk, kind=self.kind, code=code, is_whole=is_whole)
            for code, is_whole in self.codes.items()
        ]


def made(of: SearchedModel, row: Any) -> Made:
    """What that record is found by. Asks nobody."""
    declared = of.declared
    named = filter(None, (declared.name, *declared.more_name))
    name = " ".join(filter(None, (_text(row, field) for field in named)))
    codes = _plain(row, declared.codes)
    whole = _plain(row, declared.whole)
    entry = Entry(
        id=of.key_of(row.pk),
        name=kept_name(name),
        texts=kept_names(_text(row, field) for field in declared.texts),
        letters=kept_readings(name),
        codes=" ".join(codes),
    )
    found = dict.fromkeys(whole, True) | dict.fromkeys(codes, False)
    return Made(entry, found, of.number, declared.is_coded)


def keep(rows: Iterable[Model], using: str = "default") -> None:
    """Write the entries of records of searched models; others are passed over."""
    write([made(of, row) for row in rows if (of := searched(type(row))) is not None], using)


def write(all_made: Sequence[Made], using: str = "default") -> None:
    """Insert or replace."""
    if not all_made:
        return
    Entry.objects.using(using).bulk_create(
        [each.entry for each in all_made],
        batch_size=_PORTION,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=Entry.COLUMNS,
    )
    coded = [each for each in all_made if each.is_coded]
    for start in range(0, len(coded), _PORTION):
        portion = coded[start : start + _PORTION]
        keys = [each.entry.pk for each in portion]
        Code.objects.using(using).filter(entry__in=keys).delete()
        Code.objects.using(using).bulk_create([row for each in portion for row in each.rows()])


def keep_anew(model: type[Model], keys: Sequence[Any], using: str = "default") -> None:
    """Read these records again and write their entries."""
    for start in range(0, len(keys), _PORTION):
        portion = keys[start : start + _PORTION]
        keep(model._base_manager.using(using).filter(pk__in=portion), using)


def forget(entries: Sequence[int], using: str = "default") -> None:
    """The records behind these entries are gone."""
    for start in range(0, len(entries), _PORTION):
        portion = entries[start : start + _PORTION]
        Code.objects.using(using).filter(entry__in=portion).delete()
        Entry.objects.using(using).filter(pk__in=portion).delete()


def _plain(row: Any, fields: Sequence[str]) -> list[str]:
    found = (
        plain(_text(row, field))[: Code._meta.get_field("code").max_length] for field in fields
    )
    return [code for code in dict.fromkeys(found) if code]


def _text(row: Any, field: str) -> str:
    return str(getattr(row, field) or "")
