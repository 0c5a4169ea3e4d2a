"""A party agrees to be served electronically, takes that back, and acknowledges what was served so.

Service takes effect when the document arrives in the recipient's system, and only with its consent (行政处罚法 §61;
民事诉讼法 §90). To acknowledge it is no condition of that: it proves who took it up, and when.
"""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.documents.models import MatterDocument, ServiceConsent, ServiceReceipt

__all__ = [
    "ELECTRONIC",
    "acknowledge",
    "agree",
    "standing_consent",
    "take_back",
    "waits_for_signature",
]

ELECTRONIC = "electronic"


def standing_consent(organisation: int | None) -> ServiceConsent | None:
    """The consent of a body that stands today; None: it has to be served otherwise."""
    if organisation is None:
        return None
    rows = ServiceConsent.objects.filter(organisation=organisation, withdrawn_at__isnull=True)
    return rows.select_related("agreed_by").first()


def agree(organisation: int, contact: str, actor: Any, address: str = "") -> ServiceConsent:
    """The consent that stands then: the one there was, or a new one."""
    if standing := standing_consent(organisation):
        return standing
    try:
        with transaction.atomic():
            made = ServiceConsent.objects.create(
                organisation_id=organisation, contact=contact, agreed_by=actor
            )
            subject = f"organisation:{organisation}"
            record("document.consent", subject, actor=actor, address=address, consent=made.pk)
    except IntegrityError:  # somebody of the same body agreed meanwhile
        return ServiceConsent.objects.get(organisation=organisation, withdrawn_at__isnull=True)
    return made


@transaction.atomic
def take_back(organisation: int, actor: Any, address: str = "") -> bool:
    """Whether there was one. What was served meanwhile stays served."""
    rows = ServiceConsent.objects.filter(organisation=organisation, withdrawn_at__isnull=True)
    if not rows.update(withdrawn_at=timezone.now(), withdrawn_by=actor):
        return False
    record("document.unconsent", f"organisation:{organisation}", actor=actor, address=address)
    return True


def waits_for_signature(document: MatterDocument) -> ServiceReceipt | None:
    """The electronic receipt of a document that nobody has acknowledged yet."""
    rows = document.receipts.filter(
        way=ELECTRONIC, withdrawn_at__isnull=True, effective_on__lte=timezone.localdate()
    )
    return rows.filter(acknowledged_at__isnull=True).order_by("pk").first()


@transaction.atomic
def acknowledge(document: MatterDocument, actor: Any, address: str = "") -> bool:
    """Whether there was something to acknowledge; the second time there is not."""
    receipt = waits_for_signature(document)
    rows = ServiceReceipt.objects.filter(pk=receipt.pk if receipt else None)
    told = {"acknowledged_at": timezone.now(), "acknowledged_by": actor}
    if receipt is None or not rows.filter(acknowledged_at__isnull=True).update(**told):
        return False
    subject = f"matter:{document.matter_id}"
    record("document.acknowledge", subject, actor=actor, address=address, receipt=receipt.pk)
    return True
