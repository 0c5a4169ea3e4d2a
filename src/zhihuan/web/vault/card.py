"""A piece of evidence as the gallery shows it, and the plan of where pieces were made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhihuan.bureau.vault.evidence.claims import claims_of
from zhihuan.bureau.vault.evidence.differences import differences
from zhihuan.bureau.vault.kinds.recognising import KINDS
from zhihuan.bureau.vault.models import Evidence
from zhihuan.web.components.status import Status, StatusKind
from zhihuan.web.vault.plan import Plan, plan_of
from zhihuan.web.vault.words import difference_words

__all__ = ["Card", "cards", "plan_of_pieces", "status_of"]


@dataclass(frozen=True, slots=True)
class Card:
    """piece; kind of its file in words; picture: address of its thumbnail, "" for none; doubts: differences
    in words."""

    piece: Evidence
    kind: Any
    url: str
    picture: str
    status: Status | None
    doubts: list[str]


def cards(pieces: Iterable[Evidence]) -> list[Card]:
    """One a piece; asks the database nothing."""
    return [_card(piece) for piece in pieces]


def _card(piece: Evidence) -> Card:
    content = piece.file.content
    return Card(
        piece=piece,
        kind=KINDS[content.kind].title,
        url=reverse("evidence", args=[piece.pk]),
        picture=reverse("evidence-thumbnail", args=[piece.pk]) if content.thumbnail_id else "",
        status=status_of(piece),
        doubts=difference_words(differences(*claims_of(piece))),
    )


def status_of(piece: Evidence) -> Status | None:
    """None for a piece that counts."""
    return Status(StatusKind.VOID, _("已撤回")) if piece.withdrawn_at else None


def plan_of_pieces(pieces: Sequence[Evidence]) -> Plan | None:
    """Where they were made, as all that speak of it say; None where nobody names a place."""
    return plan_of(list(_places(pieces)))


def _places(pieces: Sequence[Evidence]) -> Iterator[tuple[str, str, float, float]]:
    for piece in pieces:
        for claim in claims_of(piece):
            if claim.lon is not None and claim.lat is not None:
                yield str(piece.number), claim.who, claim.lon, claim.lat
