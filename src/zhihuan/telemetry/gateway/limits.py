"""How much one peer, and all peers together, may cost.

Three small instruments: a leaky bucket for rates, a byte budget with two water marks for what
waits in memory, and a count of connections by address. They count and answer; what happens when
a limit is passed is the caller's business.
"""

from __future__ import annotations

from collections import Counter

__all__ = ["AddressCount", "ByteBudget", "LeakyBucket"]


class LeakyBucket:
    """Tells whether events come faster than allowed: ``capacity`` at once, then ``per_second``."""

    __slots__ = ("_at", "_capacity", "_level", "_per_second")

    def __init__(self, capacity: float, per_second: float) -> None:
        self._capacity = capacity
        self._per_second = per_second
        self._level = 0.0
        self._at = 0.0

    def pour(self, now: float, amount: float = 1.0) -> bool:
        """Count one event at ``now`` (monotonic seconds); False when the bucket runs over.

        What runs over is not kept, so a peer that slows down is within its limit again.
        """
        leaked = (now - self._at) * self._per_second
        self._at = now
        level = max(0.0, self._level - leaked) + amount
        if level > self._capacity:
            self._level = self._capacity
            return False
        self._level = level
        return True


class ByteBudget:
    """Bytes held for a purpose, with a high mark (stop taking) and a low mark (take again)."""

    __slots__ = ("_high", "_low", "held", "peak", "stopped")

    def __init__(self, high: int, low: int | None = None) -> None:
        self._high = high
        self._low = high // 2 if low is None else low
        self.held = 0
        self.peak = 0
        self.stopped = False

    def take(self, count: int) -> bool:
        """Hold ``count`` more bytes (negative gives back). True when ``stopped`` changed."""
        self.held += count
        self.peak = max(self.peak, self.held)
        if self.stopped:
            self.stopped = self.held > self._low
            return not self.stopped
        self.stopped = self.held > self._high
        return self.stopped


class AddressCount:
    """Connections by peer address, with a limit each."""

    __slots__ = ("_counts", "_limit")

    def __init__(self, limit: int) -> None:
        self._counts: Counter[str] = Counter()
        self._limit = limit

    def enter(self, address: str) -> bool:
        """Count one more connection; False (and not counted) when the address has its fill."""
        if self._counts[address] >= self._limit:
            return False
        self._counts[address] += 1
        return True

    def leave(self, address: str) -> None:
        """One connection of the address ended."""
        self._counts[address] -= 1
        if self._counts[address] <= 0:
            del self._counts[address]
