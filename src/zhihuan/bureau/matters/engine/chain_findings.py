"""What does not agree in the chain of one matter. Pure: its row, its events and the trail in, findings out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from zhihuan.bureau.audit.findings import Fault, Finding
from zhihuan.bureau.audit.noted_chain import Link, Noted, link_faults
from zhihuan.bureau.matters.engine.chain import NOTHING, digest_of

__all__ = ["Kept", "Row", "is_sound", "named"]

#: An event as it is stored: what ``chain.digest_of`` takes, and its digest.
Row = Sequence[Any]
_NUMBER, _TARGET, _DIGEST = 1, 8, -1  # the places of what is asked for by itself


@dataclass(frozen=True, slots=True)
class Kept:
    """What a matter's row says: the number of its newest event, the digest of it, its state."""

    matter: int
    version: int
    head: bytes
    state: str


def is_sound(kept: Kept, rows: Sequence[Row], newest: tuple[int, bytes] | None) -> bool:
    """Whether everything agrees: the events with each other, the matter and the trail with the newest.

    newest: number and digest of the event the trail noted last; None: it knows nothing."""
    before, number = NOTHING, 0
    for *fields, digest in rows:
        number += 1
        if fields[_NUMBER] != number or digest_of(before, fields) != digest:
            return False
        before = digest
    if not rows:
        return False
    return (kept.version, kept.head) == (number, before) == newest and (
        kept.state == rows[-1][_TARGET]
    )


def named(kept: Kept, rows: Sequence[Row], trail: Noted) -> Iterator[Finding]:
    """What is wrong with a matter that is not sound, in the order of its events."""
    found = list(link_faults([_link(row) for row in rows], trail, "event", kept.version))
    if _stands_elsewhere(kept, rows, trail):
        found.append((Fault.ALTERED, "it does not stand where its newest event led"))
    if not found:
        words = "its events are as they were written, their digests or its row are not"
        found.append((Fault.ALTERED, words))
    for fault, words in found:
        yield Finding(fault, kept.matter, f"matter {kept.matter}: {words}")


def _link(row: Row) -> Link:
    def reckoned(before: bytes, number: int) -> bytes:
        return digest_of(before, (*row[:_NUMBER], number, *row[_NUMBER + 1 : _DIGEST]))

    return Link(row[_NUMBER], row[_DIGEST], reckoned)


def _stands_elsewhere(kept: Kept, rows: Sequence[Row], trail: Noted) -> bool:
    """Asked only where the newest event is the one that the trail noted last."""
    is_newest = bool(rows) and rows[-1][_NUMBER] == max(trail, default=0)
    return is_newest and rows[-1][_TARGET] != kept.state
