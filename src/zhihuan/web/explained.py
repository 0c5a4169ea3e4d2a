"""A frame told field by field, for people, with passwords and keys masked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from zhihuan.bureau.acquisition.masking import MASK, is_secret, masked
from zhihuan.hj212.decoder import Decoder
from zhihuan.hj212.explain import Explanation, Line, explain
from zhihuan.hj212.profile import FIELD, DeviceProfile

#: Bytes of a broken stream may hold many frames; the first ones are told.
_MOST_FRAMES = 5


@dataclass(frozen=True, slots=True)
class Told:
    """One frame: its title, and its lines."""

    title: str
    lines: list[Line]


def explained(raw: bytes, profile: DeviceProfile = FIELD) -> list[Told]:
    """What the frames in ``raw`` say, read under ``profile``; at least one entry for any bytes."""
    decoder = Decoder(profile)
    events = [*decoder.feed(raw), *decoder.close()]
    return [_told(explain(event)) for event in islice(events, _MOST_FRAMES)]


def _told(explanation: Explanation) -> Told:
    return Told(_masked(explanation.title), list(_lines(explanation)))


def _lines(explanation: Explanation) -> Iterator[Line]:
    for line in explanation.lines:
        key = line.sent.partition("=")[0].strip().rpartition("-")[2]
        meaning = MASK if is_secret(key) else _masked(line.meaning)
        yield replace(line, sent=_masked(line.sent), meaning=meaning)


def _masked(text: str) -> str:
    return masked(text.encode("utf-8", "backslashreplace")).decode("utf-8")
