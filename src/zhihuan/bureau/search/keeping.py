"""Keeps entries true: whenever a searched record is saved, changed in bulk or deleted.

Saving a searched record is one transaction with its entry, whoever saves it and however: a program
that dies in between leaves neither. What reaches the database around it (SQL by hand, ``loaddata``)
is found by ``agreement``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import wraps
from typing import Any, TypeVar

from django.db import models, router, transaction
from django.db.models.signals import post_delete, post_save

from zhihuan.bureau.history.bulk import written_in_bulk
from zhihuan.bureau.search.declaration import SearchedModel, searched, searched_models
from zhihuan.bureau.search.entries import forget, keep, keep_anew

_Model = TypeVar("_Model", bound=models.Model)


def watch() -> None:
    """Once, when the platform starts: every model that says ``SEARCH``, and the parents it inherits
    fields from."""
    for found in searched_models().values():
        _watch(found)
    written_in_bulk.connect(_written_in_bulk, dispatch_uid="search.written_in_bulk")


def _watch(found: SearchedModel) -> None:
    model: Any = found.model
    uid = f"search.{found.label}"
    model.save_base = _in_one_transaction(model.save_base)
    post_save.connect(_saved, sender=model, dispatch_uid=uid)
    post_delete.connect(_deleted, sender=model, dispatch_uid=uid)
    for parent in model._meta.all_parents:
        receiver = _saved_as_parent(found)
        post_save.connect(receiver, sender=parent, dispatch_uid=uid, weak=False)


def _in_one_transaction(save_base: Callable[..., None]) -> Callable[..., None]:
    @wraps(save_base)
    def both(row: models.Model, *args: Any, **kwargs: Any) -> None:
        using = kwargs.get("using") or router.db_for_write(type(row), instance=row)
        with transaction.atomic(using=using, savepoint=False):
            save_base(row, *args, **kwargs)

    return both


def _saved(
    sender: type[models.Model], instance: Any, using: str, update_fields: Any = None, **more: Any
) -> None:
    """Raw rows are written by whoever writes many of them: entries in bulk cost a tenth."""
    if not more.get("raw") and concerned(sender, update_fields):
        keep([instance], using)


def _saved_as_parent(found: SearchedModel) -> Callable[..., None]:
    def saved(instance: Any, using: str, **_more: Any) -> None:
        keep_anew(found.model, [instance.pk], using)

    return saved


def _deleted(sender: type[models.Model], instance: Any, using: str, **_more: Any) -> None:
    if (found := searched(sender)) is not None:
        forget([found.key_of(instance.pk)], using)


def concerned(model: type[models.Model], fields: Collection[str] | None) -> bool:
    """Whether a change of these fields (None: of any) changes what a record is found by."""
    found = searched(model)
    return found is not None and (fields is None or not found.declared.fields.isdisjoint(fields))


def _written_in_bulk(
    sender: type[models.Model], rows: Iterable[models.Model], using: str, fields: Any, **_more: Any
) -> None:
    if concerned(sender, fields):
        keep(rows, using)


class KeptInBulk(models.QuerySet[_Model]):
    """A queryset whose bulk operations keep the entries too: for the managers of searched models."""

    def bulk_create(self, objs: Iterable[_Model], *args: Any, **kwargs: Any) -> list[_Model]:
        with transaction.atomic(using=self.db, savepoint=False):
            created = super().bulk_create(objs, *args, **kwargs)
            keep(created, self.db)
        return created

    def update(self, **values: Any) -> int:
        if not concerned(self.model, values):
            return super().update(**values)
        with transaction.atomic(using=self.db, savepoint=False):
            keys: Sequence[Any] = list(self.values_list("pk", flat=True))
            changed = super().update(**values)
            keep_anew(self.model, keys, self.db)
        return changed

    update.alters_data = True  # type: ignore[attr-defined]
