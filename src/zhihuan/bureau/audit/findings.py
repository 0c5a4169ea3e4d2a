"""What does not agree, one by one. Pure: blocks and entries in, findings out.

A finding names the entry or block and says what is wrong with it: altered, removed, changed places,
slipped in, dated back. It cannot say who did it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from zhihuan.bureau.audit.block import NOTHING, Block, linked

__all__ = ["Fault", "Finding", "check_block", "check_links"]

_HOUR = 3_600 * 10**6
_SKEW = 60 * 10**6
# An entry is written before its transaction ends and sealed after; longer than this none takes.
_LONGEST_TRANSACTION = 6 * _HOUR


class Fault(StrEnum):
    """What is wrong."""

    ALTERED = "altered"
    REMOVED = "removed"
    MOVED = "changed places"
    BACKDATED = "dated back"
    UNSEALED = "in no block"
    TWICE = "in two blocks"
    BLOCK_ALTERED = "block altered"
    BLOCK_REMOVED = "block removed"
    CUT_OFF = "cut off"
    ANCHORS = "anchors broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """fault, the number of the entry or block, and words."""

    fault: Fault
    number: int
    words: str


def check_links(chain: Iterable[Block]) -> Iterator[Finding]:
    """Whether the blocks follow each other."""
    before, expected = NOTHING, 1
    for block in chain:
        if block.number != expected:
            yield Finding(
                Fault.BLOCK_REMOVED,
                expected,
                f"blocks {expected} to {block.number - 1} are gone; block {block.number} follows",
            )
        elif (
            linked(before, block.number, block.sealed, block.ids, block.digests).link != block.link
        ):
            words = (
                f"block {block.number} does not follow block {block.number - 1}: one was altered"
            )
            yield Finding(Fault.BLOCK_ALTERED, block.number, words)
        before, expected = block.link, block.number + 1


def check_block(
    block: Block, digests: Mapping[int, bytes], times: Mapping[int, int], sealed_before: int
) -> Iterator[Finding]:
    """Whether the entries of a block are as they were sealed.

    digests: of the entries there are now, by id; times: when each says it was written [µs].
    sealed_before: when the block before was sealed [µs].
    """
    ids = block.ids.tolist()
    if _as_sealed(block, ids, digests, times, sealed_before):
        return
    sealed = {block.digest(place): entry for place, entry in enumerate(ids)}
    for place, entry in enumerate(ids):
        now = digests.get(entry)
        if now is None:
            yield Finding(Fault.REMOVED, entry, f"entry {entry} is gone (block {block.number})")
        elif now != block.digest(place):
            yield _changed(entry, sealed.get(now))
        elif not _could_be(times[entry], sealed_before, block.sealed):
            yield Finding(
                Fault.BACKDATED, entry, f"entry {entry} bears a time at which it was not there yet"
            )


def _as_sealed(
    block: Block,
    ids: list[int],
    digests: Mapping[int, bytes],
    times: Mapping[int, int],
    sealed_before: int,
) -> bool:
    """Whether nothing at all is wrong, which is nearly always so and quickly said."""
    if b"".join([digests.get(entry, b"") for entry in ids]) != block.digests:
        return False
    moments = [times[entry] for entry in ids]
    return all(
        _could_be(each, sealed_before, block.sealed)
        for each in (min(moments, default=0), max(moments, default=0))
        if moments
    )


def _changed(entry: int, other: int | None) -> Finding:
    if other is not None:
        return Finding(Fault.MOVED, entry, f"entry {entry} stands where entry {other} stood")
    return Finding(Fault.ALTERED, entry, f"entry {entry} is not as it was written")


def _could_be(time: int, sealed_before: int, sealed: int) -> bool:
    return sealed_before - _LONGEST_TRANSACTION <= time <= sealed + _SKEW
