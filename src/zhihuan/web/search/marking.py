"""What was typed, marked in what is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text; ``is_hit``: it was typed."""

    text: str
    is_hit: bool


def marked(text: str, typed: str) -> list[Stretch]:
    """``text`` in stretches. Only what stands there as it was typed is marked: for a name found by its
    initials nothing is."""
    words = sorted((re.escape(word) for word in typed.split()), key=len, reverse=True)
    if not words:
        return [Stretch(text, is_hit=False)]
    return list(_stretches(text, re.compile("|".join(words), re.IGNORECASE)))


def _stretches(text: str, words: re.Pattern[str]) -> Iterator[Stretch]:
    at = 0
    for match in words.finditer(text):
        if match.start() > at:
            yield Stretch(text[at : match.start()], is_hit=False)
        yield Stretch(match.group(), is_hit=True)
        at = match.end()
    if at < len(text):
        yield Stretch(text[at:], is_hit=False)
