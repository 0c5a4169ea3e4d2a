"""What does not agree in the chain of one matter. Pure: its row, its events and the trail in, findings out.

A chain tells that it is broken, and where. What the audit trail noted of every event when it happened
tells which event it was: one rewritten with its digest breaks the chain only at the next, and a chain
rewritten as a whole not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from zhihuan.bureau.audit.findings import Fault, Finding
from zhihuan.bureau.matters.engine.chain import NOTHING, digest_of

__all__ = ["Kept", "Link", "Noted", "is_sound", "named"]

#: The digest of each event as the trail noted it, by its number.
Noted = Mapping[int, bytes]
_NUMBER = 1  # the place of an event's number among its fields


@dataclass(frozen=True, slots=True)
class Link:
    """An event as it is stored. fields: as ``chain.digest_of`` takes them."""

    number: int
    target: str
    digest: bytes
    fields: tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """What a matter's row says: the number of its newest event, the digest of it, its state."""

    matter: int
    version: int
    head: bytes
    state: str


def is_sound(kept: Kept, links: Sequence[Link], newest: tuple[int, bytes] | None) -> bool:
    """Whether everything agrees: the events with each other, the row and the trail with the newest.

    newest: number and digest of the event the trail noted last; None: it knows nothing."""
    before = NOTHING
    for number, link in enumerate(links, start=1):
        if link.number != number or digest_of(before, link.fields) != link.digest:
            return False
        before = link.digest
    if not links:
        return False
    last = (len(links), before)
    return (kept.version, kept.head) == last == newest and kept.state == links[-1].target


def named(kept: Kept, links: Sequence[Link], trail: Noted) -> Iterator[Finding]:
    """What is wrong with a matter that is not sound, in the order of its events."""
    found = [*_events(kept, links, trail), *_end(kept, links, trail)]
    yield from found
    if not found:
        words = "its events are as they were written, their digests or its row are not"
        yield _finding(Fault.ALTERED, kept, words)


def _events(kept: Kept, links: Sequence[Link], trail: Noted) -> Iterator[Finding]:
    before, expected = NOTHING, 1
    for link in links:
        if link.number > expected:
            yield _gone(kept, expected, link.number - 1)
            before = b""
        if not _is_intact(link, before, trail):
            yield _wrong(kept, link, trail)
        before, expected = link.digest, link.number + 1


def _is_intact(link: Link, before: bytes, trail: Noted) -> bool:
    """By what the trail noted of it and the one before; else by the one before as it is stored, and
    where that is gone there is nothing to judge by."""
    earlier = NOTHING if link.number == 1 else trail.get(link.number - 1)
    if earlier is not None and link.number in trail:
        return digest_of(earlier, link.fields) == trail[link.number]
    return not before or digest_of(before, link.fields) == link.digest


def _wrong(kept: Kept, link: Link, trail: Noted) -> Finding:
    for place, digest in trail.items():
        earlier = NOTHING if place == 1 else trail.get(place - 1, b"")
        moved = (*link.fields[:_NUMBER], place, *link.fields[_NUMBER + 1 :])
        if place != link.number and digest_of(earlier, moved) == digest:
            words = f"event {place} stands where event {link.number} stood"
            return _finding(Fault.MOVED, kept, words)
    return _finding(Fault.ALTERED, kept, f"event {link.number} is not as it was written")


def _end(kept: Kept, links: Sequence[Link], trail: Noted) -> Iterator[Finding]:
    last = links[-1].number if links else 0
    newest = max(trail, default=kept.version)
    if last < newest:
        yield _gone(kept, last + 1, newest)
    elif last > newest:
        words = f"the trail knows nothing of event {newest + 1} and what follows"
        yield _finding(Fault.UNSEALED, kept, words)
    elif not trail:
        yield _finding(Fault.UNSEALED, kept, "the trail knows nothing of it")
    elif links[-1].target != kept.state:
        yield _finding(Fault.ALTERED, kept, "it does not stand where its newest event led")


def _gone(kept: Kept, first: int, last: int) -> Finding:
    events = f"event {first} is" if first == last else f"events {first} to {last} are"
    return _finding(Fault.REMOVED, kept, f"{events} gone")


def _finding(fault: Fault, kept: Kept, words: str) -> Finding:
    return Finding(fault, kept.matter, f"matter {kept.matter}: {words}")
