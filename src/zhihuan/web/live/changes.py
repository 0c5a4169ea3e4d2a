"""Which points changed since when: the memory behind the stream.

Every point carries the number of the tick at which it last changed, so a reader that knows the tick
it saw last gets exactly what it missed, once, however slow it is. Nothing is queued per reader.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhihuan.web.live.board import Snapshot


class Changes:
    """Compares each snapshot with the one before."""

    def __init__(self) -> None:
        self.tick = 0
        self.snapshot: Snapshot | None = None
        self._changed_at: NDArray[np.int64] = np.zeros(0, dtype=np.int64)

    def advance(self, snapshot: Snapshot) -> bool:
        """Take the next snapshot; True when any point changed."""
        before, self.snapshot = self.snapshot, snapshot
        if before is snapshot:
            return False
        self.tick += 1
        if before is None or before.catalogue is not snapshot.catalogue:
            # Another registry: every point counts as changed, names and places included.
            self._changed_at = np.full(len(snapshot.state), self.tick, dtype=np.int64)
            return True
        changed = _changed(before, snapshot)
        self._changed_at[changed] = self.tick
        return bool(changed.any())

    def since(self, tick: int) -> NDArray[np.int64]:
        """Indices of the points that changed after ``tick``."""
        return np.flatnonzero(self._changed_at > tick)


def _changed(before: Snapshot, after: Snapshot) -> NDArray[np.bool_]:
    same_seen = (before.last_seen == after.last_seen) | (
        np.isnan(before.last_seen) & np.isnan(after.last_seen)
    )
    same_headline = np.fromiter(
        map(str.__eq__, before.headline, after.headline), dtype=np.bool_, count=len(after.state)
    )
    return (before.state != after.state) | ~same_seen | ~same_headline
