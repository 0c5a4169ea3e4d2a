"""What the author of a record decides when the engine refused it: send anew knowingly, keep, or discard.

Nobody else decides for them, and nothing is deleted: a record that was kept as a note or discarded stays
with all its files, and the audit trail says who decided what and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.audit.record import record as audit
from zhihuan.bureau.field_records.models import FieldRecord, Receipt
from zhihuan.bureau.field_records.receipts import Sender, note
from zhihuan.bureau.field_records.settling import Refused, applied, settle, take_step
from zhihuan.bureau.matters.engine.acting import Said

__all__ = ["Anew", "NotYoursError", "discard", "keep_as_note", "send_again"]


class NotYoursError(Exception):
    """The record is another person's, or is settled already. The words, translated, say which."""


@dataclass(frozen=True, slots=True)
class Anew:
    """What its author says now. version: of the matter, as they have seen it now. officers: accounts who
    act together. amended: what differs from what the phone sent, as JSON; None for nothing."""

    said: Said
    version: int
    officers: list[int]
    amended: Any = None


def send_again(record: FieldRecord, sender: Sender, anew: Anew) -> Refused | None:
    """Take the step as it is said now. None when it was taken; else the reason, and what the phone sent is as
    it was."""
    refused = _send_again(record, sender, anew)
    if refused is None:
        settle(record, sender)  # those that waited for it
    return refused


@transaction.atomic
def _send_again(record: FieldRecord, sender: Sender, anew: Anew) -> Refused | None:
    fresh = _undecided(record, sender)
    outcome = take_step(fresh, sender, anew.said, anew.version, anew.officers)
    if isinstance(outcome, Refused):
        fresh.state, fresh.reason = FieldRecord.State.CONFLICT, outcome.words
        fresh.errors = outcome.errors
        fresh.save(update_fields=["state", "reason", "errors"])
        return outcome
    note(fresh, Receipt.Act.AGAIN, sender, version=anew.version, amended=anew.amended)
    applied(fresh, outcome, sender)
    _tell("field_record.again", fresh, sender, version=anew.version)
    return None


def keep_as_note(record: FieldRecord, sender: Sender, why: str = "") -> None:
    """No step is taken; what was written stays with the matter, to be read by whoever may see it."""
    _put_away(record, sender, FieldRecord.State.NOTED, Receipt.Act.NOTED, why)


def discard(record: FieldRecord, sender: Sender, why: str) -> None:
    """It does not count. why: must be told (ValueError)."""
    if not why.strip():
        raise ValueError("whoever discards a record says why")
    _put_away(record, sender, FieldRecord.State.DISCARDED, Receipt.Act.DISCARDED, why)


def _put_away(record: FieldRecord, sender: Sender, state: str, act: str, why: str) -> None:
    with transaction.atomic():
        fresh = _undecided(record, sender)
        fresh.state, fresh.settled_at = state, timezone.now()
        fresh.save(update_fields=["state", "settled_at"])
        note(fresh, act, sender, why=why)
        _tell(f"field_record.{_ACTS[state]}", fresh, sender, why=why)
    settle(record, sender)


_ACTS = {FieldRecord.State.NOTED: "note", FieldRecord.State.DISCARDED: "discard"}


def _undecided(record: FieldRecord, sender: Sender) -> FieldRecord:
    fresh = FieldRecord.objects.select_for_update().get(pk=record.pk)
    if fresh.user_id != sender.user.pk:
        raise NotYoursError(_("该记录由他人填写，须由本人决定如何处理。"))
    if fresh.is_settled:
        raise NotYoursError(_("该记录已处理，不能再次决定。"))
    return fresh


def _tell(act: str, record: FieldRecord, sender: Sender, **detail: Any) -> None:
    audit(
        act, f"field_record:{record.pk}", actor=sender.user, address=sender.address,
        matter=record.matter_key, step=record.step, **detail,
    )  # fmt: skip
