"""The records a file speaks of that are registered already, read in a few queries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from zhihuan.bureau.registry.importing.references import chunks
from zhihuan.bureau.registry.importing.sheet import Sheet

Identity = tuple[Any, ...]


def identity_of(sheet: Sheet, values: Mapping[str, Any]) -> Identity:
    """What tells a record from others of its kind."""
    return tuple(_key(values.get(name)) for name in sheet.identity)


class KnownRows:
    """Stored records by identity, and who else holds a value that nobody may share."""

    def __init__(self, sheet: Sheet, rows: Sequence[Mapping[str, Any]]) -> None:
        self._sheet = sheet
        self._stored = {
            tuple(_key(getattr(row, name)) for name in sheet.identity): row
            for row in self._read(sheet.identity[0], rows)
        }
        self._holders = {name: self._holders_of(name, rows) for name in self._unique_names()}

    def find(self, identity: Identity) -> models.Model | None:
        """The stored record of this identity."""
        return self._stored.get(identity)

    def clashes(self, record: models.Model) -> Iterator[str]:
        """Which of its values another record holds, stored or earlier in the file."""
        for name, holders in self._holders.items():
            value = getattr(record, name)
            if not value:
                continue
            holder = holders.setdefault(value, record)
            if holder is not record and holder.pk != (record.pk or 0):
                heading = self._sheet.heading(name)
                yield _("%(heading)s与“%(other)s”相同") % {"heading": heading, "other": holder}

    def _read(self, name: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[models.Model]:
        wanted = {_key(row[name]) for row in rows if row.get(name)}
        related = [n for n in self._sheet.names if self._sheet.model._meta.get_field(n).is_relation]
        stored = self._sheet.model._default_manager.select_related(*related)
        for chunk in chunks(wanted):
            yield from stored.filter(**{f"{name}__in": chunk})

    def _unique_names(self) -> list[str]:
        alone = [n for n in self._sheet.names if self._sheet.model._meta.get_field(n).unique]  # type: ignore[union-attr]
        once = [name for name in alone if name not in self._sheet.identity]
        return [*once, *(["credit_code"] if "credit_code" in self._sheet.names else [])]

    def _holders_of(self, name: str, rows: Sequence[Mapping[str, Any]]) -> dict[Any, models.Model]:
        model = self._sheet.model._meta.get_field(name).model  # an inherited field: of the parent
        wanted = {row[name] for row in rows if row.get(name)}
        return {
            getattr(row, name): row
            for chunk in chunks(wanted)
            for row in model._default_manager.filter(**{f"{name}__in": chunk})
        }


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value
