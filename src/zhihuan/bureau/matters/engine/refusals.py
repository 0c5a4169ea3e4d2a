"""Why a step was not taken. Each says what, and what would mend it; nothing was changed."""

from __future__ import annotations

from typing import Any

__all__ = [
    "AlreadyOpenedError",
    "FormRefusedError",
    "MatterMovedError",
    "StepRefusedError",
]


class StepRefusedError(Exception):
    """Not in this state, not by this person, or not yet. words: for people, translated."""

    def __init__(self, words: Any) -> None:
        super().__init__(str(words))
        self.words = words


class MatterMovedError(StepRefusedError):
    """Somebody acted meanwhile; look again and decide anew."""


class AlreadyOpenedError(StepRefusedError):
    """The same sheet was handed in before. matter: what it opened then."""

    def __init__(self, words: Any, matter: Any) -> None:
        super().__init__(words)
        self.matter = matter


class FormRefusedError(StepRefusedError):
    """What was said is not complete or not right. errors: field → words."""

    def __init__(self, words: Any, errors: dict[str, list[str]]) -> None:
        super().__init__(words)
        self.errors = errors
