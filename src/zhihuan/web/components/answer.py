"""One answer to be checked before a form is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """``url`` leads back to the question."""

    question: Any
    answer: Any
    url: str
