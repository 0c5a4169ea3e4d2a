"""Settle a record once it may be: its files are there, and the one before it on its phone is settled.

    settle(record, Sender(request.user, address))

The step is taken through the matters' engine, by the rights of whoever is signed in now, in one
transaction with the record's own row: taken and noted, or neither. What the engine refuses stays, with
its reason, until its author decides (``deciding``). A record that stays waiting is asked again whenever the
phone asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from zhihuan.bureau.field_records.fitness import adds_only, is_fit
from zhihuan.bureau.field_records.models import FieldRecord, Receipt
from zhihuan.bureau.field_records.receipts import Sender, note
from zhihuan.bureau.matters.catalogue import UnknownProcedureError, edition_of
from zhihuan.bureau.matters.declaration import Step
from zhihuan.bureau.matters.engine.acting import Acting, Said
from zhihuan.bureau.matters.engine.refusals import (
    FormRefusedError,
    MatterMovedError,
    StepRefusedError,
)
from zhihuan.bureau.matters.engine.taking import take
from zhihuan.bureau.matters.models import Matter, MatterEvent
from zhihuan.bureau.matters.reach import seen_by
from zhihuan.bureau.people.models import User

__all__ = ["Refused", "applied", "said_of", "settle", "take_step"]

State, Act = FieldRecord.State, Receipt.Act


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a record's step was not taken. words: for people, translated. errors: field → words."""

    words: str
    errors: dict[str, list[str]] = field(default_factory=dict)
    code: str = "refused"


def settle(record: FieldRecord, sender: Sender) -> None:
    """The record, and those that waited for it, in the order of their phone."""
    queue = [record]
    while queue:
        one = queue.pop(0)
        if _settled_now(one, sender):
            later = FieldRecord.objects.filter(
                after=one.pk, phone=one.phone_id, state=State.WAITING
            )
            queue.extend(later.order_by("sequence"))
    record.refresh_from_db()


@transaction.atomic
def _settled_now(record: FieldRecord, sender: Sender) -> bool:
    """Whether it is settled, now or before. Locked: two who settle at once take the step once."""
    fresh = FieldRecord.objects.select_for_update().get(pk=record.pk)
    if fresh.state != State.WAITING:
        return fresh.is_settled
    before = _before(fresh)
    if fresh.user_id != sender.user.pk or not _may_be_judged(fresh, before):
        return False
    return _judge(fresh, before, sender)


def _before(record: FieldRecord) -> FieldRecord | None:
    same = FieldRecord.objects.filter(phone=record.phone_id, matter_key=record.matter_key)
    return same.filter(pk=record.after).select_related("event").first() if record.after else None


def _may_be_judged(record: FieldRecord, before: FieldRecord | None) -> bool:
    if record.after and (before is None or not before.is_settled):
        return False
    return not any(each.is_missing for each in record.files.all())


def _judge(record: FieldRecord, before: FieldRecord | None, sender: Sender) -> bool:
    seen = record.version
    if before is not None and before.event is not None:
        # its author saw what the record before it would do
        seen = max(seen, before.event.number)
    outcome = take_step(record, sender, said_of(record), seen)
    if isinstance(outcome, Refused):
        _keep_refusal(record, outcome, sender)
        return False
    applied(record, outcome, sender)
    return True


def take_step(
    record: FieldRecord,
    sender: Sender,
    said: Said,
    version: int,
    officers: Iterable[int] | None = None,
) -> MatterEvent | Refused:
    """Take the record's step as it was said, seen at that version; or why it cannot be taken, and nothing
    has changed then. officers: accounts, where others than the record names act together."""
    place = _place(record, sender)
    if isinstance(place, Refused):
        return place
    matter, step = place
    together = User.objects.filter(pk__in=record.officers if officers is None else officers)
    acting = Acting(sender.user, sender.address, list(together))
    seen = matter.version if adds_only(step) else version
    try:
        with transaction.atomic():
            return take(matter, step.code, acting, said, version=seen)
    except FormRefusedError as error:
        return Refused(str(error.words), error.errors, "form")
    except StepRefusedError as error:
        moved = isinstance(error, MatterMovedError)
        return Refused(str(error.words), code="moved" if moved else "refused")


def _place(record: FieldRecord, sender: Sender) -> tuple[Matter, Step] | Refused:
    """The matter and the step it is about, if this person may see it and a phone may fill it in."""
    matter = seen_by(sender.user).filter(pk=record.matter_key).first()
    if matter is None:
        return Refused(_("该事项不存在，或不在您的权限范围内。"), code="unseen")
    step = _step_of(matter, record.step)
    if step is None:
        words = _("“%(step)s”不是该事项可离线办理的环节，请改在网页上办理。")
        return Refused(words % {"step": record.step}, code="unfit")
    spoiled = [each.refusal for each in record.files.all() if each.refusal]
    if spoiled:
        return Refused(_("附件未被接收：%(why)s") % {"why": "；".join(spoiled)}, code="file")
    return matter, step


def said_of(record: FieldRecord) -> Said:
    """What its author filled in, as a form takes it; files by what the vault keeps of them."""
    data: MultiValueDict[str, Any] = MultiValueDict()
    for name, text in record.values:
        data.appendlist(name, text)
    for each in record.files.select_related("stored__content"):
        if each.stored is not None:
            data.appendlist(each.field, each.stored)
    return Said(data)


def applied(record: FieldRecord, event: MatterEvent, sender: Sender) -> None:
    """Its step was taken."""
    record.state, record.event, record.reason, record.errors = State.APPLIED, event, "", {}
    record.settled_at = timezone.now()
    record.save(update_fields=["state", "event", "reason", "errors", "settled_at"])
    note(record, Act.APPLIED, sender, event=event.number)


def _keep_refusal(record: FieldRecord, refused: Refused, sender: Sender) -> None:
    record.state, record.reason, record.errors = State.CONFLICT, refused.words, refused.errors
    record.save(update_fields=["state", "reason", "errors"])
    note(record, Act.CONFLICT, sender, code=refused.code, words=refused.words)


def _step_of(matter: Matter, code: str) -> Step | None:
    try:
        step = edition_of(matter.procedure, matter.edition).step(code)
    except (UnknownProcedureError, KeyError):
        return None
    return step if is_fit(step) else None
