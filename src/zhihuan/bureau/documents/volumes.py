"""The sheets that make papers a volume: cover, catalogue, note of checking. Counts come from what lies in it.

A matter's line tells by ``cover_facts()`` of its model what a cover says beside the matter: case_type, number, begun, ended,
outcome, handlers, archived.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.documents.catalogue import VOLUMES, Piece
from zhihuan.bureau.documents.filling import filled
from zhihuan.bureau.documents.template import packaged_template
from zhihuan.bureau.matters.engine.taking import of_its_line
from zhihuan.bureau.matters.models import Matter

__all__ = ["Volume", "sheets_of", "volumes_of"]

_TOLD = ("case_type", "number", "begun", "ended", "outcome", "handlers", "archived")


@dataclass(frozen=True, slots=True)
class Volume:
    """code: of ``catalogue.VOLUMES``. pieces: placed."""

    code: str
    pieces: tuple[Piece, ...]

    @property
    def title(self) -> str:
        return VOLUMES[self.code]

    @property
    def pages(self) -> int:
        """Of all pieces whose pages are known."""
        return sum(each.pages or 0 for each in self.pieces)


def volumes_of(pieces: Sequence[Piece]) -> list[Volume]:
    """Those that hold something."""
    parted = [(code, tuple(each for each in pieces if each.volume == code)) for code in VOLUMES]
    return [Volume(code, inside) for code, inside in parted if inside]


def sheets_of(matter: Matter, volume: Volume, findings: int) -> dict[str, bytes]:
    """Name → .docx: what lies before the papers and behind them. findings: of the self-check."""
    facts = _facts(matter, volume) | {"findings": findings}
    return {
        "000-案卷封面.docx": filled(packaged_template("cover.docx"), facts),
        "000-卷内目录.docx": filled(packaged_template("catalogue.docx"), facts),
        "999-卷内备考表.docx": filled(packaged_template("checking_note.docx"), facts),
    }


def _facts(matter: Matter, volume: Volume) -> dict[str, Any]:
    pieces = volume.pieces
    return {
        **_cover(matter),
        "organ": settings.ZHIHUAN_ORGANISATION,
        "title": matter.title,
        "party": matter.party.name if matter.party else "",
        "credit_code": matter.party.credit_code if matter.party else "",
        "volume": volume.title,
        "day": timezone.localdate().isoformat(),
        "count": len(pieces),
        "pages": volume.pages,
        "uncounted": sum(each.pages is None for each in pieces),
        "void": sum(bool(each.note) for each in pieces),
        "pieces": [_row(each) for each in pieces],
    }


def _cover(matter: Matter) -> dict[str, str]:
    tell = getattr(of_its_line(matter), "cover_facts", None)
    ended = beijing_day(matter.ended_at).isoformat() if matter.ended_at else ""
    known = {"begun": beijing_day(matter.opened_at).isoformat(), "ended": ended}
    return dict.fromkeys(_TOLD, "") | known | (tell() if tell is not None else {})


def _row(piece: Piece) -> dict[str, str]:
    return {
        "place": str(piece.place),
        "number": piece.number,
        "author": piece.author,
        "title": piece.title,
        "day": piece.day.isoformat(),
        "pages": "" if piece.pages is None else str(piece.pages),
        "note": piece.note,
    }
