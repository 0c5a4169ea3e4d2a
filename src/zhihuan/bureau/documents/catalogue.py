"""A matter's file (案卷): what lies in it, in which order, under which number.

    for piece in pieces_of(matter, reader): piece.place, piece.title, piece.number, piece.day

Documents come in the order of their making, then the evidence that the reader may see. Evidence is listed
with its digest; its files travel in the evidence bundle, which carries its own verifier.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.documents.kept import path_of
from zhihuan.bureau.documents.models import MatterDocument
from zhihuan.bureau.documents.of_matter import documents_of
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.vault.evidence.looking import visible
from zhihuan.bureau.vault.models import Evidence

__all__ = ["DOCUMENT", "EVIDENCE", "Piece", "pieces_of"]

DOCUMENT, EVIDENCE = "document", "evidence"


@dataclass(frozen=True, slots=True)
class Piece:
    """place: from 1 within the file; 0 until it is placed. kind: DOCUMENT or EVIDENCE. key: of its record.
    pages: None: not known. digest: SHA-256 of its file; file: where it lies, None when it is only listed."""

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


def pieces_of(matter: Matter, reader: Any) -> Sequence[Piece]:
    """Everything in the file that this reader may see of evidence, and every document; placed."""
    found = [_document(each) for each in documents_of(matter)]
    found += [_evidence(each) for each in visible(reader, matter).order_by("number")]
    return [replace(piece, place=place) for place, piece in enumerate(found, start=1)]


def _document(document: MatterDocument) -> Piece:
    number = document.number
    void = number is not None and number.is_void
    return Piece(
        kind=DOCUMENT,
        key=document.pk,
        title=document.title,
        day=beijing_day(document.made_at),
        digest=document.digest,
        number=number.text if number else "",
        file=path_of(document.digest),
        note=_("已作废：%(reason)s") % {"reason": number.void_reason} if number and void else "",
    )


def _evidence(evidence: Evidence) -> Piece:
    pages = evidence.file.content.facts.get("pages")
    return Piece(
        kind=EVIDENCE,
        key=evidence.pk,
        title=evidence.title,
        day=beijing_day(evidence.taken_at or evidence.added_at),
        digest=evidence.file.content.sha256,
        number=str(evidence.number),
        pages=pages if isinstance(pages, int) else None,
        note=_("已撤回") if evidence.withdrawn_at else "",
    )
