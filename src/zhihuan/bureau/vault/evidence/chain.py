"""The digest of a custody entry: over the entry before, the file's own digest and everything in this one. Pure.

    SM3(digest before | length ":" field, for each field in order, as UTF-8)

A stranger can reckon it again from a bundle (``bundle/verify.py``). Source of the hash: GB/T 32905-2016.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from zhihuan.bureau.audit.block import NOTHING, micros
from zhihuan.telemetry.digest import sm3

__all__ = ["broken_at", "chained_fields", "digest_of_entry"]


def chained_fields(
    sha256: str, entry: Any, number: int | None = None, at: int | None = None
) -> tuple[str, ...]:
    """What is hashed, in order. sha256: of the evidence's file. number: as if it were that one; None: its own.
    at: its time where it was read by itself [µs since 1970 UTC]."""
    return (
        str(entry.evidence_id),
        sha256,
        str(entry.number if number is None else number),
        str(micros(entry.at) if at is None else at),
        entry.act,
        "" if entry.actor_id is None else str(entry.actor_id),
        entry.actor_name,
        entry.holder,
        entry.place,
        entry.words,
    )


def digest_of_entry(
    before: bytes, sha256: str, entry: Any, number: int | None = None, at: int | None = None
) -> bytes:
    """Of an entry whose other fields are set; ``before``: the digest of the one before it. number, at: as of
    ``chained_fields``."""
    fields = chained_fields(sha256, entry, number, at)
    return sm3(before + "".join([f"{len(field)}:{field}" for field in fields]).encode())


def broken_at(sha256: str, entries: Iterable[Any]) -> Iterator[int]:
    """Numbers at which the chain of one piece of evidence breaks, given its entries in order."""
    before, expected = NOTHING, 1
    for entry in entries:
        digest = bytes(entry.digest)
        if entry.number != expected or digest != digest_of_entry(before, sha256, entry):
            yield entry.number
        before, expected = digest, entry.number + 1
