"""Whether every document and published copy on record lies in the store as it was written."""

from __future__ import annotations

from collections.abc import Iterator

from zhihuan.bureau.documents.faults import DocumentError
from zhihuan.bureau.documents.kept import read, the_store
from zhihuan.bureau.documents.models import MatterDocument, Publication

__all__ = ["file_fault", "missing_files", "stored_faults"]


def stored_faults() -> list[str]:
    """Each file that is missing or altered, with what names it. Reads all of them."""
    return [f"{what}: {fault}" for what, digest in _named() if (fault := file_fault(digest))]


def missing_files() -> list[str]:
    """Each file that is missing, with what names it. Reads none."""
    store = the_store()
    return [
        f"{what}: the file {digest} is missing"
        for what, digest in _named()
        if store.size_of(digest) is None
    ]


def file_fault(digest: str) -> str:
    """What is wrong with the file of that digest; "" when it is as it was written."""
    try:
        read(digest)
    except DocumentError as error:
        return str(error)
    return ""


def _named() -> Iterator[tuple[str, str]]:
    for key, digest, version in MatterDocument.objects.values_list(
        "pk", "digest", "template_version"
    ).iterator():
        yield f"document {key}", digest
        yield f"template of document {key}", version
    for key, digest in Publication.objects.values_list("pk", "digest").iterator():
        yield f"publication {key}", digest
