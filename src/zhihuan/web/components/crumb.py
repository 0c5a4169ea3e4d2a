"""Where a page lies: the entries of its breadcrumb."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step on the way to a page; the last one, the page itself, has no address."""

    text: Any
    url: str = ""
