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

from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.db.models.deletion import Collector

from zhihuan.bureau.history.announcing import announce
from zhihuan.bureau.history.bulk import bulk_create, bulk_update
from zhihuan.bureau.history.fields import as_json, put_back
from zhihuan.bureau.history.models import Change, ChangeSet

_BATCH = 1_000


@contextmanager
def changing(
    actor: Any, *, why: str = "", kind: str = ChangeSet.Kind.EDIT, source: str = ""
) -> Iterator[Changes]:
    """One act: everything in it happens, or nothing. An act that changes nothing leaves nothing."""
    with transaction.atomic():
        act = ChangeSet(actor=actor, why=why, kind=kind, source=source)
        changes = Changes(act)
        yield changes
        if not changes.write() and act.pk:  # somebody asked for it, and changed nothing
            act.delete()


class Changes:
    """The changes of one act, which is saved with the first of them."""

    def __init__(self, act: ChangeSet) -> None:
        self._act = act
        self._written: list[Change] = []

    @property
    def change_set(self) -> ChangeSet:
        """The act, saved."""
        if self._act.pk is None:
            self._act.save(force_insert=True)
        return self._act

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
            after = {name: wanted[name] for name in before}
            self._note(row, dict(before), after, left=_left(row, _as_before(row, before), before))

    def update(self, row: models.Model, **values: Any) -> bool:
        """Set, check and save; False when nothing differs from the database.

        Values that were set on ``row`` before count too.
        """
        for name, value in values.items():
            setattr(row, name, value)
        kept = type(row)._default_manager.get(pk=row.pk)
        stored = as_json(kept)
        row.full_clean()
        wanted = as_json(row)
        before = {name: value for name, value in stored.items() if wanted[name] != value}
        if not before:
            return False
        row.save()
        after = {name: wanted[name] for name in before}
        self._note(row, before, after, left=_left(row, kept, before))
        return True

    def delete(self, row: models.Model) -> None:
        """Delete, with what goes along with it; django's ProtectedError when other records still
        hang on it."""
        before, pk = as_json(row), row.pk
        for each in going_along(row):
            self._note(each, as_json(each), None)
        row.delete()
        row.pk = pk
        self._note(row, before, None)

    def write(self) -> int:
        """Append what was noted, and tell of it; how many."""
        if not self._written:
            return 0
        Change.objects.bulk_create(self._written, batch_size=_BATCH)
        announce(self.change_set, self._written)
        count, self._written = len(self._written), []
        return count

    def _note(
        self,
        row: models.Model,
        before: dict[str, Any] | None,
        after: dict[str, Any] | None,
        left: int | None = None,
    ) -> None:
        self._written.append(
            Change(
                change_set=self.change_set,
                model=row._meta.label_lower,
                object_id=str(row.pk),
                about_id=_about(row),
                left_id=left,
                title=str(row)[:160],
                before=before,
                after=after,
            )
        )


def _about(row: models.Model) -> int | None:
    """The organisation whose file this record belongs in: the model says so in ``file_of``."""
    found: int | None = getattr(row, "file_of", None)
    return found


def _left(row: models.Model, kept: models.Model, before: Mapping[str, Any]) -> int | None:
    """The file a record goes away from; asked only where a reference changed."""
    references = {field.attname for field in row._meta.concrete_fields if field.is_relation}
    if references.isdisjoint(before):
        return None
    was = _about(kept)
    return was if was != _about(row) else None


def _as_before(row: models.Model, before: Mapping[str, Any]) -> models.Model:
    kept = type(row)(**{f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields})
    put_back(kept, before)
    return kept


def going_along(row: models.Model) -> list[models.Model]:
    """The records that are deleted with this one, those that hang on others first."""
    collector = Collector(using=row._state.db or DEFAULT_DB_ALIAS)
    collector.collect([row])
    found = [each for rows in collector.data.values() for each in rows]
    found += [each for rows in collector.fast_deletes for each in rows]
    own = {type(row), *row._meta.get_parent_list()}
    others = [each for each in found if type(each) not in own or each.pk != row.pk]
    return sorted(others, key=_depth, reverse=True)


def _depth(row: models.Model) -> int:
    """How many cascades may lead to it: references that are deleted along, one upon the other."""
    above = [
        field.related_model
        for field in row._meta.concrete_fields
        if field.is_relation and field.remote_field.on_delete is models.CASCADE
    ]
    return 1 + max((_depth(model()) for model in above if model is not type(row)), default=0)
