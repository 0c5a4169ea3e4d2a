"""Write a receipt of service down, and withdraw a wrong one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.documents.models import MatterDocument, ServiceReceipt
from zhihuan.bureau.documents.serving.way import Way, ways

__all__ = ["Attempt", "ReceiptRefusedError", "faults_of", "record_service", "withdraw_receipt"]


class ReceiptRefusedError(ValueError):
    """What is said cannot be a receipt. errors: field → words, translated."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("；".join(errors.values()))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was done to serve a document. tried_on: a day of Beijing. succeeded: whether it was served;
    else ``why_not`` says why. For 留置 ``note`` says why it was refused, for 公告 why nothing else served.
    consent: the recipient agreed to be served electronically (确认书)."""

    way: str
    tried_on: date
    recipient: str
    served_by: str
    succeeded: bool = True
    place: str = ""
    received_by: str = ""
    relation: str = ""
    witness: str = ""
    proof: str = ""
    why_not: str = ""
    note: str = ""
    consent: bool = False


def faults_of(document: MatterDocument, attempt: Attempt, today: date) -> dict[str, str]:
    """Field → what is missing or cannot be; empty for a receipt that may be written down."""
    way = ways().get(attempt.way)
    if way is None:
        return {"way": _("请选择送达方式")}
    return dict([*_lacking(attempt, way), *_impossible(document, attempt, today)])


@transaction.atomic
def record_service(
    document: MatterDocument, attempt: Attempt, actor: Any, address: str = ""
) -> ServiceReceipt:
    """The receipt, with the day on which it took effect. ReceiptRefusedError."""
    if errors := faults_of(document, attempt, timezone.localdate()):
        raise ReceiptRefusedError(errors)
    way = ways()[attempt.way]
    receipt = ServiceReceipt.objects.create(
        document=document,
        way=attempt.way,
        tried_on=attempt.tried_on,
        effective_on=way.effective_on(attempt.tried_on) if attempt.succeeded else None,
        recipient=attempt.recipient,
        served_by=attempt.served_by,
        place=attempt.place,
        received_by=attempt.received_by,
        relation=attempt.relation,
        witness=attempt.witness,
        proof=attempt.proof,
        why_not=attempt.why_not,
        note=attempt.note,
        recorded_by=actor,
    )
    record(
        "document.serve",
        f"matter:{document.matter_id}",
        actor=actor,
        address=address,
        document=document.pk,
        receipt=receipt.pk,
        way=attempt.way,
        effective_on=receipt.effective_on.isoformat() if receipt.effective_on else None,
    )
    return receipt


@transaction.atomic
def withdraw_receipt(receipt: ServiceReceipt, actor: Any, reason: str, address: str = "") -> None:
    """It stays, and counts no more. ReceiptRefusedError without a reason or for one withdrawn already."""
    if not reason.strip():
        raise ReceiptRefusedError({"reason": _("请说明撤销的原因")})
    rows = ServiceReceipt.objects.filter(pk=receipt.pk, withdrawn_at__isnull=True)
    if not rows.update(
        withdrawn_at=timezone.now(), withdrawn_by=actor, withdrawn_reason=reason.strip()[:200]
    ):
        raise ReceiptRefusedError({"reason": _("该送达回证已撤销")})
    receipt.refresh_from_db()
    record(
        "document.unserve",
        f"matter:{receipt.document.matter_id}",
        actor=actor,
        address=address,
        receipt=receipt.pk,
        reason=reason.strip(),
    )


def _lacking(attempt: Attempt, way: Way) -> Iterator[tuple[str, str]]:
    for name, words in (("recipient", _("请填写受送达人")), ("served_by", _("请填写送达人"))):
        if not getattr(attempt, name).strip():
            yield name, words
    if not attempt.succeeded:
        if not attempt.why_not.strip():
            yield "why_not", _("请说明未送达的原因")
        return
    said: dict[str, tuple[str, Any, str]] = {
        "received_by": ("received_by", attempt.received_by, _("请填写签收人")),
        "place": ("place", attempt.place, _("请填写留置地点")),
        "witness_or_proof": (
            "witness",
            attempt.witness or attempt.proof,
            _("留置送达须有见证人，或有拍照、录像记录：请填写见证人或送达凭证"),
        ),
        "why_refused": ("note", attempt.note, _("请在备注中写明拒收事由")),
        "consent": ("consent", attempt.consent, _("电子送达须经受送达人书面同意")),
        "proof": ("proof", attempt.proof, _("请填写送达凭证，如回执号、系统到达记录、公告载体")),
        "why_announced": ("note", attempt.note, _("请在备注中写明公告送达的原因和经过")),
    }
    for need in sorted(way.needs):
        name, value, words = said[need]
        if not value:
            yield name, words


def _impossible(
    document: MatterDocument, attempt: Attempt, today: date
) -> Iterator[tuple[str, str]]:
    made_on = beijing_day(document.made_at)
    if attempt.tried_on < made_on:
        yield "tried_on", _("送达日期不能早于文书日期 %(day)s") % {"day": made_on}
    if attempt.tried_on > today:
        yield "tried_on", _("送达日期不能晚于今天")
    if document.is_void:
        yield "way", _("文号已作废的文书不再送达")
