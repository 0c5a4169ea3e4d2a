"""Write one line of the receipt log with its entry in the audit trail. Call it in the transaction of what it tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from zhihuan.bureau.audit.record import record as _audit
from zhihuan.bureau.field_records.models import FieldRecord, Receipt

__all__ = ["Sender", "note"]

_ACT = "field_record.log"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who is signed in where the record came from, and the address."""

    user: Any
    address: str = ""


@transaction.atomic
def note(record: FieldRecord, act: str, sender: Sender, **detail: Any) -> Receipt:
    """detail: JSON."""
    made = Receipt.objects.create(
        record=record, act=act, actor=sender.user, address=sender.address[:45], detail=detail
    )
    subject = f"field_record:{record.pk}"
    _audit(_ACT, subject, actor=sender.user, address=sender.address, act=act, receipt=made.pk)
    return made
