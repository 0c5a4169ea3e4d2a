"""Many records of one model at once, those of an inherited model (one table atop another) too.

Django's own bulk operations stop at inherited models; here the rows of the parent table are written
in bulk, and those of the child table after them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models
from django.dispatch import Signal

#: Sent by the model of records that were written here in the caller's transaction, for which Django
#: sends no signal of use: ``rows`` as they are now, ``fields`` written (None = all), ``using``.
written_in_bulk = Signal()
_PORTION = 500


def bulk_create(rows: Sequence[models.Model], *, batch_size: int) -> None:
    """Insert new records; each has its primary key afterwards."""
    model = type(rows[0])
    if not model._meta.parents:
        model._default_manager.bulk_create(rows, batch_size=batch_size)
        return
    (parent,) = model._meta.parents
    names = [field.attname for field in parent._meta.concrete_fields if not field.primary_key]
    above = [parent(**{name: getattr(row, name) for name in names}) for row in rows]
    parent._default_manager.bulk_create(above, batch_size=batch_size)
    if hasattr(parent, "fill_paths"):
        parent.fill_paths(above)
    for row, made in zip(rows, above, strict=True):
        row.pk = made.pk
        for name in (parent._meta.pk.attname, *names):
            setattr(row, name, getattr(made, name))
        # raw: the parent's row is there already
        row.save_base(raw=True, force_insert=True)
    _tell(rows, None)


def bulk_update(rows: Sequence[models.Model], attnames: Collection[str]) -> None:
    """Write these fields (by attribute name) of stored records."""
    if not rows or not attnames:
        return
    model = type(rows[0])
    fields: list[Any] = [f for f in model._meta.concrete_fields if f.attname in attnames]
    for owner in {field.model for field in fields}:
        names = [field.name for field in fields if field.model is owner]
        part = rows if owner is model else [_as_parent(owner, row) for row in rows]
        owner._default_manager.bulk_update(part, names, batch_size=_PORTION)
    _tell(rows, {field.name for field in fields})


def _tell(rows: Sequence[models.Model], fields: Collection[str] | None) -> None:
    using = rows[0]._state.db or DEFAULT_DB_ALIAS
    written_in_bulk.send(type(rows[0]), rows=rows, fields=fields, using=using)


def _as_parent(parent: type[models.Model], row: models.Model) -> models.Model:
    values = {f.attname: getattr(row, f.attname) for f in parent._meta.concrete_fields}
    return parent(**values)
