"""The receipt of service (送达回证) as a sheet: what was recorded, or blank for signing on the spot."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.documents.filling import filled
from zhihuan.bureau.documents.models import MatterDocument, ServiceReceipt
from zhihuan.bureau.documents.of_matter import receipts_of
from zhihuan.bureau.documents.serving.way import ways
from zhihuan.bureau.documents.template import packaged_template

__all__ = ["receipt_sheet"]

_BLANK = dict.fromkeys(("way", "day", "place", "received", "served_by", "told"), "")


def receipt_sheet(document: MatterDocument) -> bytes:
    """A .docx: one line an attempt that counts, an empty line where there was none yet."""
    receipts = receipts_of(document)
    party = document.matter.party
    facts = {
        "organ": document.issuer.name or settings.ZHIHUAN_ORGANISATION,
        "title": document.matter.title,
        "document": document.name,
        "recipient": receipts[0].recipient if receipts else party.name if party else "",
        "made_on": beijing_day(document.made_at).isoformat(),
        "attempts": [_attempt(each) for each in receipts] or [_BLANK],
        "note": "；".join(each.note for each in receipts if each.note),
    }
    return filled(packaged_template("service_receipt.docx"), facts)


def _attempt(receipt: ServiceReceipt) -> dict[str, Any]:
    relation = f"（{receipt.relation}）" if receipt.relation else ""
    told = [receipt.proof, f"见证人：{receipt.witness}" if receipt.witness else "", receipt.why_not]
    return {
        "way": str(ways()[receipt.way].title),
        "day": receipt.tried_on.isoformat(),
        "place": receipt.place,
        "received": f"{receipt.received_by}{relation}",
        "served_by": receipt.served_by,
        "told": "；".join(each for each in told if each),
    }
