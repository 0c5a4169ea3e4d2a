"""The digest of an event: over the event before and everything in this one. Pure.

    SM3(digest before | length ":" field, for each field, as UTF-8)

Source of the hash: GB/T 32905-2016 (SM3).
"""

from __future__ import annotations

from collections.abc import Sequence
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
            event.actor_id,
            event.actor_name,
            exact_text(event.officers),
            event.step,
            event.source,
            event.target,
            exact_text(event.said),
        ),
    )


def digest_of(before: bytes, fields: Sequence[Any]) -> bytes:
    """The digest of an event's fields: matter, number, time [µs since 1970 UTC], actor (None: ""), the
    actor's name, officers (text), step, source, target, what was said (text)."""
    matter_id, place, moment, actor_id, name, officers, step, source, target, said = fields
    matter, number, at = str(matter_id), str(place), str(moment)
    actor = "" if actor_id is None else str(actor_id)
    return sm3(  # written out: ten million times a loop over the fields is half a minute
        before
        + f"{len(matter)}:{matter}{len(number)}:{number}{len(at)}:{at}{len(actor)}:{actor}"
        f"{len(name)}:{name}{len(officers)}:{officers}{len(step)}:{step}{len(source)}:{source}"
        f"{len(target)}:{target}{len(said)}:{said}".encode()
    )
