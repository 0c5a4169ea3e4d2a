"""A record as pages show it: which step of which matter, when, how it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from zhihuan.bureau.field_records.models import FieldRecord
from zhihuan.bureau.matters.catalogue import UnknownProcedureError, edition_of
from zhihuan.bureau.matters.declaration import Step
from zhihuan.bureau.matters.models import Matter
from zhihuan.web.components.status import Status, StatusKind

__all__ = ["ShownRecord", "shown_records", "status_of", "step_of"]

_KINDS = {
    FieldRecord.State.WAITING: StatusKind.WAITING,
    FieldRecord.State.APPLIED: StatusKind.DONE,
    FieldRecord.State.CONFLICT: StatusKind.DANGER,
    FieldRecord.State.NOTED: StatusKind.PAUSED,
    FieldRecord.State.DISCARDED: StatusKind.VOID,
}


@dataclass(frozen=True, slots=True)
class ShownRecord:
    """title: the step in words, its code where the procedure knows none."""

    record: FieldRecord
    title: Any
    matter: str
    status: Status
    url: str


def shown_records(records: Iterable[FieldRecord]) -> list[ShownRecord]:
    """``records`` is a queryset; the matters are read along."""
    rows = records.select_related("matter", "user", "phone")  # type: ignore[attr-defined]
    return [_shown(each) for each in rows]


def status_of(record: FieldRecord) -> Status:
    """Where it stands."""
    state = FieldRecord.State(record.state)
    return Status(_KINDS[state], state.label)


def step_of(matter: Matter | None, code: str) -> Step | None:
    """The step of the matter's own edition; None for none."""
    if matter is None:
        return None
    try:
        return edition_of(matter.procedure, matter.edition).step(code)
    except (UnknownProcedureError, KeyError):
        return None


def _shown(record: FieldRecord) -> ShownRecord:
    step = step_of(record.matter, record.step)
    return ShownRecord(
        record,
        step.title if step else record.step,
        record.matter.title if record.matter else str(record.matter_key),
        status_of(record),
        reverse("visit-record", args=[record.pk]),
    )
