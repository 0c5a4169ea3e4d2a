"""What the self-check found: what, where, and how to mend it."""

from __future__ import annotations

import enum
from dataclasses import dataclass

__all__ = ["Finding", "Weight", "excerpt"]


class Weight(enum.StrEnum):
    """WRONG: it cannot be right as it stands. LOOK: it may be right, and somebody should look."""

    WRONG = "wrong"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class Finding:
    """rule: its code. what, where, mend: in plain words, translated."""

    rule: str
    what: str
    where: str
    mend: str
    weight: Weight = Weight.WRONG


def excerpt(text: str, at: int, words: str, around: int = 10) -> str:
    """The words with a little of what stands around them, on one line."""
    start, end = max(at - around, 0), at + len(words) + around
    cut = " ".join(text[start:end].split())
    return f"{'…' * (start > 0)}{cut}{'…' * (end < len(text))}"
