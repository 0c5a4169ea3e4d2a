"""What does not agree in a chain of numbered entries, by what the audit trail noted of each. Pure.

A chain tells that it is broken, and where. What the trail noted of every entry when it was appended tells
which one it was: one rewritten with its digest breaks the chain only at the next, and a chain rewritten as
a whole not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from zhihuan.bureau.audit.block import NOTHING
from zhihuan.bureau.audit.findings import Fault

__all__ = ["Link", "Noted", "link_faults"]

#: The digest of each entry as the trail noted it, by its number.
Noted = Mapping[int, bytes]


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as it is stored, with its digest. reckoned(before, number): the digest that its content
    gives behind another's, under a number."""

    number: int
    digest: bytes
    reckoned: Callable[[bytes, int], bytes]


def link_faults(
    links: Sequence[Link], trail: Noted, noun: str, newest: int
) -> Iterator[tuple[Fault, str]]:
    """What is wrong, in the order of the entries. noun: what people call one. newest: the last number there
    should be where the trail knows nothing."""
    before, expected = NOTHING, 1
    for link in links:
        if link.number > expected:
            yield _gone(noun, expected, link.number - 1)
            before = b""
        if not _is_intact(link, before, trail):
            yield _wrong(link, trail, noun)
        before, expected = link.digest, link.number + 1
    yield from _end(links[-1].number if links else 0, trail, noun, newest)


def _is_intact(link: Link, before: bytes, trail: Noted) -> bool:
    """By what the trail noted of it and the one before; else by the one before as it is stored, and
    where that is gone there is nothing to judge by."""
    earlier = NOTHING if link.number == 1 else trail.get(link.number - 1)
    if earlier is not None and link.number in trail:
        return link.reckoned(earlier, link.number) == trail[link.number]
    return not before or link.reckoned(before, link.number) == link.digest


def _wrong(link: Link, trail: Noted, noun: str) -> tuple[Fault, str]:
    for place, digest in trail.items():
        earlier = NOTHING if place == 1 else trail.get(place - 1, b"")
        if place != link.number and link.reckoned(earlier, place) == digest:
            return Fault.MOVED, f"{noun} {place} stands where {noun} {link.number} stood"
    return Fault.ALTERED, f"{noun} {link.number} is not as it was written"


def _end(last: int, trail: Noted, noun: str, newest: int) -> Iterator[tuple[Fault, str]]:
    known = max(trail, default=newest)
    if last < known:
        yield _gone(noun, last + 1, known)
    elif last > known:
        words = f"the trail knows nothing of {noun} {known + 1} and what follows"
        yield Fault.UNSEALED, words
    elif not trail:
        yield Fault.UNSEALED, "the trail knows nothing of it"


def _gone(noun: str, first: int, last: int) -> tuple[Fault, str]:
    what = f"{noun} {first} is" if first == last else f"{_many(noun)} {first} to {last} are"
    return Fault.REMOVED, f"{what} gone"


def _many(noun: str) -> str:
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
