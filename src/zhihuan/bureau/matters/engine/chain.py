"""The digest of an event: over the event before and everything in this one. Pure.

    SM3(digest before | length ":" field, for each field, as UTF-8)

Source of the hash: GB/T 32905-2016 (SM3).
"""

from __future__ import annotations

from typing import Any

from zhihuan.bureau.audit.block import NOTHING, micros
from zhihuan.bureau.audit.exact_json import exact_text
from zhihuan.telemetry.digest import sm3

__all__ = ["NOTHING", "digest_of", "digest_of_event"]


def digest_of_event(before: bytes, event: Any) -> bytes:
    """Of an event whose other fields are set; ``before``: the digest of the one before it."""
    return digest_of(
        before,
        (
            event.matter_id,
            event.number,
            micros(event.at),
            "" if event.actor_id is None else event.actor_id,
            event.actor_name,
            exact_text(event.officers),
            event.step,
            event.source,
            event.target,
            exact_text(event.said),
        ),
    )


def digest_of(before: bytes, fields: tuple[int | str, ...]) -> bytes:
    """The digest of an event's fields, in the order of ``digest_of_event``."""
    texts = [str(field) for field in fields]
    return sm3(before + "".join([f"{len(text)}:{text}" for text in texts]).encode())
