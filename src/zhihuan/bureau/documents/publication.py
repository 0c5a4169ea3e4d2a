"""Publish a redacted copy of a document, and withdraw it. Nothing is published unredacted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.documents.docx.redacted import PublicCopy, public_copy
from zhihuan.bureau.documents.faults import DocumentError
from zhihuan.bureau.documents.kept import keep, read
from zhihuan.bureau.documents.models import MatterDocument, Publication
from zhihuan.bureau.documents.redaction.redacting import Known
from zhihuan.bureau.documents.sealing import Opened, opened_in
from zhihuan.bureau.registry.sealing import SealBrokenError

__all__ = ["copy_for_public", "known_of", "publish", "withdraw"]


def copy_for_public(document: MatterDocument, names: Sequence[str] = ()) -> PublicCopy:
    """The copy as it would be published. names: of further natural persons to hide, as an officer who
    has read the copy gives them."""
    known = known_of(document)
    return public_copy(read(document.digest), replace(known, names=(*known.names, *names)))


def known_of(document: MatterDocument) -> Known:
    """What the line told of persons when the document was made (``line.persons``, ``line.addresses``), and every sealed
    fact; the names of the bodies stay. DocumentError when the key of sealed facts is gone: nothing is published then."""
    facts = document.facts
    line = facts.get("line", {})
    bodies = (facts.get("party", {}).get("name", ""), facts.get("issuer", {}).get("name", ""))
    return Known(
        names=tuple(line.get("persons", ())),
        addresses=tuple(line.get("addresses", ())),
        keep=tuple(each for each in bodies if each),
        sealed={each.clear: each.public for each in _sealed(document)},
    )


def _sealed(document: MatterDocument) -> list[Opened]:
    try:
        return opened_in(document.facts)
    except SealBrokenError as error:
        raise DocumentError(f"{document}: {error}") from error


@transaction.atomic
def publish(
    document: MatterDocument, actor: Any, names: Sequence[str] = (), address: str = ""
) -> Publication:
    """Publish the copy. DocumentError for one that is void, not meant for it, or public already."""
    if not document.is_published:
        raise DocumentError(f"{document}: documents of this kind are not published")
    if document.is_void:
        raise DocumentError(f"{document}: its number is void")
    copy = copy_for_public(document, names)
    try:
        with transaction.atomic():
            made = Publication.objects.create(
                document=document, digest=keep(copy.data), hidden=copy.hidden, published_by=actor
            )
    except IntegrityError as error:
        raise DocumentError(f"{document} is public already; withdraw that copy first") from error
    record(
        "document.publish",
        f"matter:{document.matter_id}",
        actor=actor,
        address=address,
        document=document.pk,
        digest=made.digest,
        hidden=copy.hidden,
    )
    return made


@transaction.atomic
def withdraw(publication: Publication, actor: Any, reason: str, address: str = "") -> None:
    """Take the copy down; it stays on record. DocumentError without a reason or when it is down."""
    if not reason.strip():
        raise DocumentError("a published copy is withdrawn for a reason")
    rows = Publication.objects.filter(pk=publication.pk, withdrawn_at__isnull=True)
    if not rows.update(
        withdrawn_at=timezone.now(), withdrawn_by=actor, withdrawn_reason=reason.strip()[:200]
    ):
        raise DocumentError("this copy was withdrawn already")
    publication.refresh_from_db()
    record(
        "document.withdraw",
        f"matter:{publication.document.matter_id}",
        actor=actor,
        address=address,
        publication=publication.pk,
        reason=reason.strip(),
    )
