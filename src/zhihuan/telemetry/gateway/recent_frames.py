"""Frames that became durable lately, by digest: a re-send is answered without a second write.

A short memory to spare the store work; it decides nothing alone, for the store is idempotent.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["RecentFrames"]


class RecentFrames:
    """Remembers at least ``most / 2`` and at most ``most`` digests, the oldest go first."""

    __slots__ = ("_half", "_old", "_young")

    def __init__(self, most: int) -> None:
        self._half = max(1, most // 2)
        self._young: set[bytes] = set()
        self._old: set[bytes] = set()

    def __contains__(self, digest: bytes) -> bool:
        return digest in self._young or digest in self._old

    def remember(self, digests: Iterable[bytes]) -> None:
        """These are durable now."""
        self._young.update(digests)
        if len(self._young) >= self._half:
            self._old, self._young = self._young, set()
