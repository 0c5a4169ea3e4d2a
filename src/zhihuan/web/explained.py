"""A frame told field by field, for people, with passwords and keys masked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from zhihuan.bureau.acquisition.masking import MASK, is_secret, masked, secrets_in
from zhihuan.hj212.decoder import Decoder
from zhihuan.hj212.explain import Explanation, Line, explain
from zhihuan.hj212.profile import FIELD, DeviceProfile

#: Bytes of a broken stream may hold many frames; the first ones are told.
_MOST_FRAMES = 5


_Hide = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Told:
    """One frame: its title, and its lines."""

    title: str
    lines: list[Line]


def explained(raw: bytes, profile: DeviceProfile = FIELD) -> list[Told]:
    """What the frames in ``raw`` say, read under ``profile``; at least one entry for any bytes."""
    decoder = Decoder(profile)
    events = [*decoder.feed(raw), *decoder.close()]
    hide = _hider(raw)
    return [_told(explain(event), hide) for event in islice(events, _MOST_FRAMES)]


def _told(explanation: Explanation, hide: _Hide) -> Told:
    return Told(hide(explanation.title), list(_lines(explanation, hide)))


def _lines(explanation: Explanation, hide: _Hide) -> Iterator[Line]:
    for line in explanation.lines:
        key = line.sent.partition("=")[0].strip()
        meaning = MASK if is_secret(key) else hide(line.meaning)
        yield replace(line, sent=hide(line.sent), meaning=meaning)


def _hider(raw: bytes) -> _Hide:
    """Masks text told of ``raw``: its secrets are found in the bytes, where no escape hides them,
    and taken out wherever the text repeats them, under a damaged name or under none."""
    found = [secret.decode("utf-8", "backslashreplace") for secret in secrets_in(raw)]

    def hide(text: str) -> str:
        told = text.encode("utf-8", "backslashreplace").decode("utf-8")
        for secret in found:
            told = told.replace(secret, MASK)
        return masked(told.encode("utf-8")).decode("utf-8", "replace")

    return hide
