"""Make documents anew whose file was lost or altered: from the facts on record and the template of that time, the
very same bytes. What comes out otherwise is not kept."""

from __future__ import annotations

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.documents.faults import DocumentError
from zhihuan.bureau.documents.kept import digest_of, keep
from zhihuan.bureau.documents.making import made_again
from zhihuan.bureau.documents.models import MatterDocument
from zhihuan.bureau.documents.stored import file_fault

__all__ = ["mend"]


def mend() -> list[MatterDocument]:
    """Those that were made anew, told to the audit trail. An altered file is set aside. Reads all documents."""
    every = MatterDocument.objects.order_by("pk").iterator()
    mended = [each for each in every if file_fault(each.digest) and _is_made_again(each)]
    if mended:
        record("document.mend", "documents", documents=[each.pk for each in mended])
    return mended


def _is_made_again(document: MatterDocument) -> bool:
    try:
        data = made_again(document)
    except DocumentError:
        return False
    return digest_of(data) == document.digest and keep(data) == document.digest
