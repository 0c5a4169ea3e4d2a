"""Tell of changed records as events, one a record; an act that touches very many as a single one.

Which fields changed is told, what they say is not: receivers read the record through the interface, with
their own rights. Records of personal data are not told of at all, nor are those of which nobody declared who may see them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.events.emitting import emit
from zhihuan.bureau.events.kinds import EventKind
from zhihuan.bureau.events.models import Event
from zhihuan.bureau.history.models import Change, ChangeSet

RECORD_CHANGED = EventKind(
    "record.changed",
    _("档案记录变更"),
    "A record of the registry was created, changed or deleted; `fields` names what differs.",
)
RECORDS_CHANGED = EventKind(
    "records.changed",
    _("档案批量变更"),
    "One act touched so many records that they are told by number alone.",
)
#: An act that touches more records is told as one event.
MOST_SINGLE = 200
_SEE_ALL = "registry.view_enterprise"


def announce(act: ChangeSet, changes: Sequence[Change]) -> None:
    """Emit what the act did. Inside its transaction."""
    told = [(change, view) for change in changes if (view := _view_of(change.model))]
    if not told:
        return
    if len(told) > MOST_SINGLE:
        emit(RECORDS_CHANGED.code, lambda: [_of_many(act, [change for change, _view in told])])
        return
    emit(RECORD_CHANGED.code, lambda: [_of_one(act, change, view) for change, view in told])


def _view_of(label: str) -> str:
    """The permission to see records of that model (``ANNOUNCED_TO``); "" when they are not told of."""
    found: str = getattr(apps.get_model(label), "ANNOUNCED_TO", "")
    return found


def _of_one(act: ChangeSet, change: Change, view: str) -> Event:
    before, after = change.before or {}, change.after or {}
    act_word = (
        "created" if change.before is None else "deleted" if change.after is None else "changed"
    )
    return Event(
        kind=RECORD_CHANGED.code,
        occurred_at=act.at,
        subject=f"{change.model}:{change.object_id}",
        permission=view,
        model=change.model,
        object_id=change.object_id,
        data={
            "record": {
                "kind": change.model.partition(".")[2],
                "key": _key(change),
                "id": change.object_id,
            },
            "act": act_word,
            "fields": sorted({*before, *after}) if act_word == "changed" else [],
            "change_set": act.pk,
            "way": act.kind,
        },
    )


def _key(change: Change) -> str:
    """What the interface calls the record: its code, its MN, else its number."""
    model: type[models.Model] = apps.get_model(change.model)
    row = model._default_manager.filter(pk=change.object_id).first()
    values = (change.before or {}) | (change.after or {})
    for name in ("code", "mn"):
        found = getattr(row, name, None) if row is not None else values.get(name)
        if found:
            return str(found)
    return change.object_id


def _of_many(act: ChangeSet, changes: Sequence[Change]) -> Event:
    counted = Counter(change.model.partition(".")[2] for change in changes)
    return Event(
        kind=RECORDS_CHANGED.code,
        occurred_at=act.at,
        subject=f"change_set:{act.pk}",
        permission=_SEE_ALL,
        data={"records": dict(counted), "change_set": act.pk, "way": act.kind},
    )
