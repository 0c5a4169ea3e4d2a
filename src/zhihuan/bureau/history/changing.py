"""Change records so that each change is written down in the same transaction.

    with changing(actor, why="核对地址") as changes:
        changes.create(site)
        changes.update(point, name="总排口")

Refuses to save what does not pass the model's own checks: ValidationError names the field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction

from zhihuan.bureau.history.bulk import bulk_create, bulk_update
from zhihuan.bureau.history.fields import as_json
from zhihuan.bureau.history.models import Change, ChangeSet

_BATCH = 1_000


@contextmanager
def changing(
    actor: Any, *, why: str = "", kind: str = ChangeSet.Kind.EDIT, source: str = ""
) -> Iterator[Changes]:
    """One act: everything in it happens, or nothing. An act that changes nothing leaves nothing."""
    with transaction.atomic():
        made = ChangeSet.objects.create(actor=actor, why=why, kind=kind, source=source)
        changes = Changes(made)
        yield changes
        if not changes.write():
            made.delete()


class Changes:
    """The changes of one act."""

    def __init__(self, change_set: ChangeSet) -> None:
        self.change_set = change_set
        self._written: list[Change] = []

    def create(self, row: models.Model) -> None:
        """Check and save a new record."""
        row.full_clean()
        row.save(force_insert=True)
        self._note(row, None, as_json(row))

    def create_many(self, rows: Sequence[models.Model]) -> None:
        """Save new records of one model, checked already, in bulk where the model allows it."""
        if not rows:
            return
        bulk_create(rows, batch_size=_BATCH)
        for row in rows:
            self._note(row, None, as_json(row))

    def update_many(self, rows: Sequence[tuple[models.Model, Mapping[str, Any]]]) -> None:
        """Save records of one model, checked already, each given with the fields that differ, as
        they were."""
        bulk_update([row for row, _before in rows], {name for _row, b in rows for name in b})
        for row, before in rows:
            wanted = as_json(row)
            self._note(row, dict(before), {name: wanted[name] for name in before})

    def update(self, row: models.Model, **values: Any) -> bool:
        """Set, check and save; False when nothing differs from the database.

        Values that were set on ``row`` before count too.
        """
        for name, value in values.items():
            setattr(row, name, value)
        stored = as_json(type(row)._default_manager.get(pk=row.pk))
        row.full_clean()
        wanted = as_json(row)
        before = {name: value for name, value in stored.items() if wanted[name] != value}
        if not before:
            return False
        row.save()
        self._note(row, before, {name: wanted[name] for name in before})
        return True

    def delete(self, row: models.Model) -> None:
        """Delete; django's ProtectedError when other records still hang on it."""
        before, pk = as_json(row), row.pk
        row.delete()
        row.pk = pk
        self._note(row, before, None)

    def write(self) -> int:
        """Append what was noted; how many."""
        Change.objects.bulk_create(self._written, batch_size=_BATCH)
        count, self._written = len(self._written), []
        return count

    def _note(
        self, row: models.Model, before: dict[str, Any] | None, after: dict[str, Any] | None
    ) -> None:
        self._written.append(
            Change(
                change_set=self.change_set,
                model=row._meta.label_lower,
                object_id=str(row.pk),
                about_id=_about(row),
                title=str(row)[:160],
                before=before,
                after=after,
            )
        )


def _about(row: models.Model) -> int | None:
    """The organisation whose file this record belongs in: the model says so in ``file_of``."""
    found: int | None = getattr(row, "file_of", None)
    return found
