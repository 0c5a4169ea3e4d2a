"""What is hashed: an entry's content, and a block's link to the one before. Pure.

    digest = SM3(length ":" field, for the fields of CONTENT in order, as UTF-8)
    link   = SM3("ZHAB1" | link before | number | sealed at [µs] | count | ids | digests), numbers 8 bytes big-endian

An entry's id is not in its digest but beside it in the block, so that two entries that changed
places are told apart from two that were altered.

Source of the hash: GB/T 32905-2016 (SM3).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihuan.telemetry.digest import sm3

__all__ = [
    "CONTENT",
    "DIGEST_BYTES",
    "NOTHING",
    "Block",
    "Content",
    "digest_of",
    "linked",
    "micros",
]

CONTENT = ("at", "actor_id", "actor_name", "action", "subject", "address", "detail")
DIGEST_BYTES = 32
NOTHING = bytes(DIGEST_BYTES)  # the link before the first block

# the values of CONTENT: at in µs since 1970 UTC, detail the exact text that is stored
Content = tuple[int, int | None, str, str, str, str, str]
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Block:
    """number: from 1, without a hole. sealed: µs since 1970 UTC. ids: int64 [n]. digests: n × 32 bytes."""

    number: int
    sealed: int
    ids: NDArray[np.int64]
    digests: bytes
    link: bytes

    def digest(self, place: int) -> bytes:
        """Of the entry at this place of the block."""
        return self.digests[place * DIGEST_BYTES : (place + 1) * DIGEST_BYTES]


def micros(moment: dt.datetime) -> int:
    """Microseconds since 1970 UTC; exact."""
    return (moment - _EPOCH) // _MICROSECOND


def digest_of(content: Content) -> bytes:
    """The digest of one entry."""
    moment, actor_id, name, action, subject, address, detail = content
    at, actor = str(moment), "" if actor_id is None else str(actor_id)
    return sm3(  # written out: ten million times a loop over the fields is half a minute
        f"{len(at)}:{at}{len(actor)}:{actor}{len(name)}:{name}{len(action)}:{action}"
        f"{len(subject)}:{subject}{len(address)}:{address}{len(detail)}:{detail}".encode()
    )


def linked(
    before: bytes, number: int, sealed: int, ids: Sequence[int] | NDArray[np.int64], digests: bytes
) -> Block:
    """The block that follows the one whose link is ``before``."""
    packed = np.asarray(ids, dtype=">i8")
    head = np.array([number, sealed, len(packed)], dtype=">i8").tobytes()
    link = sm3(b"ZHAB1" + before + head + packed.tobytes() + digests)
    return Block(number, sealed, packed.astype(np.int64), digests, link)
