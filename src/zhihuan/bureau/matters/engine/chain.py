"""The digest of an event: over the event before and everything in this one. Pure.

    SM3(digest before | length ":" field, for each field, as UTF-8)

Source of the hash: GB/T 32905-2016 (SM3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from zhihuan.bureau.audit.block import NOTHING, micros
from zhihuan.bureau.audit.exact_json import exact_text
from zhihuan.telemetry.digest import sm3

__all__ = ["broken_at", "digest_of_event"]


def digest_of_event(before: bytes, event: Any) -> bytes:
    """Of an event whose other fields are set; ``before``: the digest of the one before it."""
    fields = (
        str(event.matter_id),
        str(event.number),
        str(micros(event.at)),
        "" if event.actor_id is None else str(event.actor_id),
        event.actor_name,
        event.step,
        event.source,
        event.target,
        exact_text(event.said),
    )
    return sm3(before + "".join([f"{len(field)}:{field}" for field in fields]).encode())


def broken_at(events: Iterable[Any]) -> Iterator[int]:
    """Numbers at which the chain of one matter breaks, given its events in order."""
    before, expected = NOTHING, 1
    for event in events:
        digest = bytes(event.digest)
        if event.number != expected or digest != digest_of_event(before, event):
            yield event.number
        before, expected = digest, event.number + 1
