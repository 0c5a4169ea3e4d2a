"""The digest of an event: over the event before and everything in this one. Pure.

    SM3(digest before | length ":" field, for each field, as UTF-8)

Source of the hash: GB/T 32905-2016 (SM3).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import count
from typing import Any

from zhihuan.bureau.audit.block import NOTHING, micros
from zhihuan.bureau.audit.exact_json import exact_text
from zhihuan.telemetry.digest import sm3

__all__ = ["NOTHING", "chained", "digest_of", "digest_of_event"]


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


def chained(matter: int, moments: Iterable[int], columns: Sequence[Sequence[str]]) -> list[bytes]:
    """The digests of a matter's events numbered from 1, each over the one before. moments: of each [µs since
    1970 UTC]; columns: the actors ("" for none), names, officers, steps, sources, targets and what was said, a
    value an event. As ``digest_of``, in less time."""
    *shared, said = columns
    place = _measured(str(matter))
    before, digests = NOTHING, []
    for number, at, middle, text in zip(
        map(str, count(1)), map(str, moments), map(_all_measured, *shared), said, strict=False
    ):
        before = sm3(
            before
            + f"{place}{len(number)}:{number}{len(at)}:{at}{middle}{len(text)}:{text}".encode()
        )
        digests.append(before)
    return digests


@lru_cache(maxsize=20_000)
def _all_measured(*texts: str) -> str:
    """Who did what: the same again and again."""
    return "".join(map(_measured, texts))


def _measured(text: str) -> str:
    return f"{len(text)}:{text}"
