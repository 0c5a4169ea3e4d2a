"""One tab: a link to one page of a thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Tab:
    """``count`` stands behind the words, None = no figure."""

    text: Any
    url: str
    is_current: bool = False
    count: int | None = None
