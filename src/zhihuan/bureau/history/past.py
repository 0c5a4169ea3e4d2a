"""The past: what a record said at a moment, and undoing an act that nothing was built upon."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from django.apps import apps
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from zhihuan.bureau.history.changing import Changes
from zhihuan.bureau.history.fields import as_json, put_back
from zhihuan.bureau.history.models import Change, ChangeSet

_Model = TypeVar("_Model", bound=models.Model)


def as_of(
    model: type[_Model], moment: dt.datetime, rows: Iterable[_Model], about: Collection[int] = ()
) -> list[_Model]:
    """The records as they were at a moment (aware): ``rows`` are those of today, changed back.

    ``about`` adds the records of these organisations' files that are gone today, deleted or to another
    file. Records that came later are left out. The result is for reading: it is never to be saved, and
    what it may hold beside is for the caller to drop (a record that belonged elsewhere at the moment).
    At most three queries beside those of ``rows``.
    """
    today = {str(row.pk): row for row in rows}
    later = Change.objects.filter(model=model._meta.label_lower, change_set__at__gt=moment)
    mine = models.Q(object_id__in=list(today))
    if about:
        elsewhere = later.filter(models.Q(about_id__in=about) | models.Q(left_id__in=about))
        gone = set(elsewhere.values_list("object_id", flat=True)) - set(today)
        today |= {str(row.pk): row for row in model._default_manager.filter(pk__in=gone)}
        mine = models.Q(object_id__in={*today, *gone})
    for change in later.filter(mine).order_by("-id"):
        if change.before is None:
            today.pop(change.object_id, None)
            continue
        if change.after is None:
            today[change.object_id] = model(pk=model._meta.pk.to_python(change.object_id))
        if change.object_id in today:
            put_back(today[change.object_id], change.before)
    return list(today.values())


def later_files(model: type[models.Model], moment: dt.datetime, keys: Collection[int]) -> set[int]:
    """The organisations in whose files these records came to stand after the moment: what hung on them
    may have been changed or deleted there."""
    changes = Change.objects.filter(
        model=model._meta.label_lower,
        change_set__at__gt=moment,
        object_id__in=[str(key) for key in keys],
        about__isnull=False,
    )
    return set(changes.values_list("about_id", flat=True))


class CannotUndoError(ValueError):
    """Why an act cannot be undone, in words for the person who asked."""


@transaction.atomic
def undo(change_set: ChangeSet, actor: Any, why: str = "") -> ChangeSet:
    """Take an act back, newest change first; CannotUndoError when something was built upon it."""
    if ChangeSet.objects.filter(undoes=change_set).exists():
        raise CannotUndoError(_("这次变更已经撤销过。"))
    made = ChangeSet.objects.create(
        actor=actor, kind=ChangeSet.Kind.UNDO, why=why, undoes=change_set
    )
    changes = Changes(made)
    for change in change_set.changes.order_by("-id"):
        _take_back(change, changes)
    changes.write()
    return made


def _take_back(change: Change, changes: Changes) -> None:
    model = apps.get_model(change.model)
    row = model._default_manager.filter(pk=change.object_id).first()
    if change.after is None:
        row = model(pk=model._meta.pk.to_python(change.object_id))
        put_back(row, change.before)
        changes.create(row)
        return
    if row is None or any(as_json(row).get(k) != v for k, v in change.after.items()):
        raise CannotUndoError(_("“%(title)s”之后又被修改，无法撤销。") % {"title": change.title})
    if change.before is not None:
        put_back(row, change.before)
        changes.update(row)
        return
    try:
        changes.delete(row)
    except ProtectedError as error:
        raise CannotUndoError(
            _("“%(title)s”已有其他记录关联，无法撤销。") % {"title": change.title}
        ) from error
