"""Why an act on an episode or a mark is refused, in words that say how to mend it."""

from __future__ import annotations

__all__ = ["RefusedError"]


class RefusedError(ValueError):
    """words: for the page."""

    def __init__(self, words: object) -> None:
        super().__init__(str(words))
        self.words = words
