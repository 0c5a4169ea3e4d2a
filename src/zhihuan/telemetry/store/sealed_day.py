"""What a seal covers and how a day differs from its seal: pure, no engine in sight.

A leaf list is the concatenation of 40-byte entries, received (8 bytes, big-endian, epoch ms) and
SM3 (32 bytes), by rising (received, SM3). It is what lets a broken seal say *which* frame: the
root alone only says that something changed. The list lies with the frames, the root in the
ledger; the list counts only as far as it gives that root.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from zhihuan.telemetry.digest import frame_id
from zhihuan.telemetry.store.merkle import frame_leaf, merkle_root

__all__ = [
    "Finding",
    "KeptFrame",
    "Leaf",
    "What",
    "compare",
    "pack_leaves",
    "root_of",
    "unpack_leaves",
]

_LEAF_BYTES = 40


class What(StrEnum):
    """What is wrong with a device's day."""

    ALTERED = "altered"  # a frame's bytes are not those that were sealed
    MISSING = "missing"  # a sealed frame is not there
    ADDED = "added"  # a frame is there that was not sealed
    LIST_ALTERED = "list_altered"  # the leaf list does not give the ledger's root
    LIST_MISSING = "list_missing"  # the ledger has a root, the store has no list
    NOT_IN_LEDGER = "not_in_ledger"  # the store says sealed, the ledger does not know
    UNSEALED = "unsealed"  # frames, but no seal at all


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong. frame_id, received: of the frame concerned, 0 when it is about the day."""

    mn: str
    day: int
    what: What
    detail: str
    frame_id: int = 0
    received: int = 0


class Leaf(NamedTuple):
    """One frame as sealed."""

    received: int
    digest: bytes


class KeptFrame(NamedTuple):
    """One frame as it lies in the store. claimed: its digest column; actual: SM3 of its bytes."""

    received: int
    claimed: bytes
    actual: bytes


def pack_leaves(leaves: Sequence[Leaf]) -> bytes:
    """The leaf list of these frames, in the seal's order."""
    return b"".join(each.received.to_bytes(8, "big") + each.digest for each in sorted(leaves))


def unpack_leaves(packed: bytes) -> list[Leaf]:
    """The frames of a leaf list; what is left over at the end is dropped (the root will differ)."""
    whole = len(packed) - len(packed) % _LEAF_BYTES
    entries = (packed[at : at + _LEAF_BYTES] for at in range(0, whole, _LEAF_BYTES))
    return [Leaf(int.from_bytes(entry[:8], "big"), entry[8:]) for entry in entries]


def root_of(mn: str, leaves: Sequence[Leaf]) -> bytes:
    """The Merkle root of a device's day."""
    return merkle_root([frame_leaf(mn, each.received, each.digest) for each in leaves])


def compare(
    mn: str, day: int, sealed: Sequence[Leaf], kept: Sequence[KeptFrame]
) -> Iterator[Finding]:
    """Every difference between what was sealed and what is kept."""
    still = {Leaf(frame.received, frame.actual) for frame in kept}
    gone = sorted(set(sealed) - still)
    new = [frame for frame in kept if Leaf(frame.received, frame.actual) not in set(sealed)]
    for leaf in gone:
        changed = _changed_into(leaf, new)
        if changed is None:
            yield Finding(mn, day, What.MISSING, "sealed, but not in the store", *_named(leaf))
        else:
            new.remove(changed)
            detail = f"sealed as {leaf.digest.hex()}, its bytes now give {changed.actual.hex()}"
            yield Finding(mn, day, What.ALTERED, detail, *_named(leaf))
    for frame in new:
        leaf = Leaf(frame.received, frame.actual)
        yield Finding(mn, day, What.ADDED, "in the store, but not sealed", *_named(leaf))


def _changed_into(leaf: Leaf, new: Sequence[KeptFrame]) -> KeptFrame | None:
    """The kept frame that this sealed one has become: it still claims the digest, or took its
    moment."""
    for frame in new:
        if frame.claimed == leaf.digest:
            return frame
    return next((frame for frame in new if frame.received == leaf.received), None)


def _named(leaf: Leaf) -> tuple[int, int]:
    return frame_id(leaf.digest), leaf.received
