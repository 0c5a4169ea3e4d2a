"""How a record stands, in the few words a phone needs."""

from __future__ import annotations

from typing import Any

from zhihuan.bureau.field_records.file_arriving import received_bytes
from zhihuan.bureau.field_records.models import FieldRecord

__all__ = ["standing_of"]


def standing_of(record: FieldRecord) -> dict[str, Any]:
    """``{"id", "state", "words", "needs": [{"sha256", "received"}]}``: the files still to be sent, and how
    much of each is there [bytes]."""
    told: dict[str, Any] = {"id": str(record.pk), "state": record.state}
    if record.reason:
        told["words"] = record.reason
    if record.state == FieldRecord.State.WAITING:
        missing = [each for each in record.files.select_related("record") if each.is_missing]
        told["needs"] = [
            {"sha256": each.sha256, "received": received_bytes(each)} for each in missing
        ]
    return told
