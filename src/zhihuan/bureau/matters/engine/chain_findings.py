"""What does not agree in the chain of one matter. Pure: its row, its events and the trail in, findings out.

A chain tells that it is broken, and where. What the audit trail noted of every event when it happened
tells which event it was: one rewritten with its digest breaks the chain only at the next, and a chain
rewritten as a whole not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhihuan.bureau.audit.findings import Fault, Finding
from zhihuan.bureau.matters.engine.chain import NOTHING, digest_of

__all__ = ["Kept", "Noted", "Row", "is_sound", "named"]

#: The digest of each event as the trail noted it, by its number.
Noted = Mapping[int, bytes]


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
    found = [*_events(kept, rows, trail), *_end(kept, rows, trail)]
    yield from found
    if not found:
        words = "its events are as they were written, their digests or its row are not"
        yield _finding(Fault.ALTERED, kept, words)


def _events(kept: Kept, rows: Sequence[Row], trail: Noted) -> Iterator[Finding]:
    before, expected = NOTHING, 1
    for row in rows:
        number = row[_NUMBER]
        if number > expected:
            yield _gone(kept, expected, number - 1)
            before = b""
        if not _is_intact(row, before, trail):
            yield _wrong(kept, row, trail)
        before, expected = row[_DIGEST], number + 1


def _is_intact(row: Row, before: bytes, trail: Noted) -> bool:
    """By what the trail noted of it and the one before; else by the one before as it is stored, and
    where that is gone there is nothing to judge by."""
    number, fields = row[_NUMBER], row[:_DIGEST]
    earlier = NOTHING if number == 1 else trail.get(number - 1)
    if earlier is not None and number in trail:
        return digest_of(earlier, fields) == trail[number]
    return not before or digest_of(before, fields) == row[_DIGEST]


def _wrong(kept: Kept, row: Row, trail: Noted) -> Finding:
    number, fields = row[_NUMBER], row[:_DIGEST]
    for place, digest in trail.items():
        earlier = NOTHING if place == 1 else trail.get(place - 1, b"")
        moved = (*fields[:_NUMBER], place, *fields[_NUMBER + 1 :])
        if place != number and digest_of(earlier, moved) == digest:
            return _finding(Fault.MOVED, kept, f"event {place} stands where event {number} stood")
    return _finding(Fault.ALTERED, kept, f"event {number} is not as it was written")


def _end(kept: Kept, rows: Sequence[Row], trail: Noted) -> Iterator[Finding]:
    last = rows[-1][_NUMBER] if rows else 0
    newest = max(trail, default=kept.version)
    if last < newest:
        yield _gone(kept, last + 1, newest)
    elif last > newest:
        words = f"the trail knows nothing of event {newest + 1} and what follows"
        yield _finding(Fault.UNSEALED, kept, words)
    elif not trail:
        yield _finding(Fault.UNSEALED, kept, "the trail knows nothing of it")
    elif rows[-1][_TARGET] != kept.state:
        yield _finding(Fault.ALTERED, kept, "it does not stand where its newest event led")


def _gone(kept: Kept, first: int, last: int) -> Finding:
    events = f"event {first} is" if first == last else f"events {first} to {last} are"
    return _finding(Fault.REMOVED, kept, f"{events} gone")


def _finding(fault: Fault, kept: Kept, words: str) -> Finding:
    return Finding(fault, kept.matter, f"matter {kept.matter}: {words}")
