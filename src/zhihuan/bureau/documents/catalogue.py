"""A matter's file (案卷): what lies in it, in which volume, in which order, under which number.

    for piece in pieces_of(matter, reader): piece.volume, piece.place, piece.title, piece.pages

The file is that of the matter with those it grew from and its measures (``family``). Two volumes: what may be opened to the
party and the court (正卷), and what is the bureau's own (副卷: opinions, discussion, whatever names informants). In
each come the documents in the order of their making, a receipt of service behind the document it belongs to,
then the evidence that the reader may see. Places begin with 1 in each volume.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.documents.docx.paging import pages_of
from zhihuan.bureau.documents.family import family_of
from zhihuan.bureau.documents.faults import DocumentError
from zhihuan.bureau.documents.kept import path_of, read
from zhihuan.bureau.documents.models import MatterDocument
from zhihuan.bureau.documents.of_matter import documents_of, receipts_of
from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.vault.evidence.looking import visible
from zhihuan.bureau.vault.kinds.recognising import KINDS
from zhihuan.bureau.vault.limits import IMAGE
from zhihuan.bureau.vault.models import Evidence

__all__ = ["DOCUMENT", "EVIDENCE", "INNER", "MAIN", "RECEIPT", "VOLUMES", "Piece", "pieces_of"]

DOCUMENT, RECEIPT, EVIDENCE = "document", "receipt", "evidence"
MAIN, INNER = "main", "inner"
#: Volumes by the names they have on their covers and in archives.
VOLUMES = {MAIN: "正卷", INNER: "副卷"}


@dataclass(frozen=True, slots=True)
class Piece:
    """place: from 1 within its volume; 0 until it is placed. kind: DOCUMENT, RECEIPT or EVIDENCE. key: of its record (a
    receipt: of its document). matter: whose it is. author: who answers for it (责任者). pages: None: not known, or
    without any. digest: SHA-256 of its file, "" for a receipt, which is made when it is asked for; file: where it lies.
    source: the record itself."""

    kind: str
    key: int
    title: str
    day: date
    digest: str
    number: str = ""
    pages: int | None = None
    file: Path | None = None
    note: str = ""
    place: int = 0
    volume: str = MAIN
    matter: int = 0
    author: str = ""
    source: Any = None


def pieces_of(matter: Matter, reader: Any) -> Sequence[Piece]:
    """Everything in the file that this reader may see of evidence, and every document; placed."""
    family = family_of(matter, reader)
    papers = [each for one in family for each in _papers(one)]
    papers.sort(key=lambda each: each.source.made_at)
    evidence = [each for one in family for each in _evidence_of(one, reader, own=one is matter)]
    found = [*papers, *evidence]
    return [piece for volume in VOLUMES for piece in _placed(found, volume)]


def _placed(pieces: Sequence[Piece], volume: str) -> Iterator[Piece]:
    inside = [each for each in pieces if each.volume == volume]
    for place, piece in enumerate(inside, start=1):
        yield replace(piece, place=place)


def _papers(matter: Matter) -> Iterator[Piece]:
    inner = _inner(edition_of(matter.procedure, matter.edition))
    for document in documents_of(matter):
        piece = _document(document, INNER if document.code in inner else MAIN)
        yield piece
        if receipts := receipts_of(document):
            title = _("送达回证（%(document)s）") % {"document": document.title}
            yield replace(
                piece, kind=RECEIPT, title=title, day=receipts[0].tried_on, pages=1, digest="", file=None,
            )  # fmt: skip


def _inner(procedure: Procedure) -> frozenset[str]:
    """Codes of the documents that belong into the bureau's own volume."""
    declared = [each for step in procedure.steps for each in step.documents]
    return frozenset(each.code for each in declared if each.inner)


def _document(document: MatterDocument, volume: str) -> Piece:
    number = document.number
    void = number is not None and number.is_void
    return Piece(
        kind=DOCUMENT,
        key=document.pk,
        title=document.title,
        day=beijing_day(document.made_at),
        digest=document.digest,
        number=number.text if number else "",
        pages=_pages(document.digest),
        file=path_of(document.digest),
        note=_("已作废：%(reason)s") % {"reason": number.void_reason} if number and void else "",
        volume=volume,
        matter=document.matter_id,
        author=document.issuer.name,
        source=document,
    )


@lru_cache(maxsize=4096)
def _pages_kept(digest: str) -> int:
    return pages_of(read(digest))


def _pages(digest: str) -> int | None:
    """None for a file that is lost or altered: the self-check and the bundle say so."""
    try:
        return _pages_kept(digest)
    except DocumentError:
        return None


def _evidence_of(matter: Matter, reader: Any, *, own: bool) -> Iterator[Piece]:
    procedure = edition_of(matter.procedure, matter.edition)
    declared = [each for step in procedure.steps for each in step.documents]
    # where all papers are the bureau's own (a clue names its informant), so is what was handed in with them
    volume = INNER if declared and all(each.inner for each in declared) else MAIN
    for each in visible(reader, matter).select_related("event").order_by("number"):
        number = str(each.number) if own else f"{procedure.title}-{each.number}"
        yield _evidence(each, number, volume)


def _evidence(evidence: Evidence, number: str, volume: str) -> Piece:
    content = evidence.file.content
    pages = content.facts.get("pages")
    is_picture = content.kind in KINDS and KINDS[content.kind].family == IMAGE
    return Piece(
        kind=EVIDENCE,
        key=evidence.pk,
        title=evidence.title,
        day=beijing_day(evidence.taken_at or evidence.added_at),
        digest=content.sha256,
        number=number,
        pages=pages if isinstance(pages, int) else 1 if is_picture else None,
        note=_("已撤回") if evidence.withdrawn_at else "",
        volume=volume,
        matter=evidence.matter_id,
        author=evidence.taken_by or (str(evidence.added_by) if evidence.added_by else ""),
        source=evidence,
    )
