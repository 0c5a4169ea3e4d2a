"""A list that may be long, told by its first."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["named"]

_NAMED = 5


def named(lines: Sequence[str]) -> str:
    """The first five, and how many more there are."""
    more = f" and {len(lines) - _NAMED} more" if len(lines) > _NAMED else ""
    return "; ".join(lines[:_NAMED]) + more
