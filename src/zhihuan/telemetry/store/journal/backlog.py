"""What is in the journal and not yet in the engine, and who waits for it.

One condition variable: writers add (and wait when there is too much), readers wait until all that
was there before them is applied, the applier takes groups and says when they are done.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from zhihuan.telemetry.store.errors import StoreError, StoreUnavailable
from zhihuan.telemetry.store.journal.record import TableRows

__all__ = ["Backlog", "Pending"]


@dataclass(frozen=True, slots=True)
class Pending:
    """One journalled write: its place in the order, its file, its rows, its size."""

    sequence: int
    segment: int
    tables: Sequence[TableRows]
    bytes: int

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(each.rows.num_rows for each in self.tables)


class Backlog:
    """Thread-safe. linger_seconds: how long the applier lets rows gather when nobody waits."""

    def __init__(self, *, linger_seconds: float, most_rows: int, most_bytes: int) -> None:
        self._linger = linger_seconds
        self._most_rows = most_rows
        self._most_bytes = most_bytes
        self._changed = threading.Condition()
        self._pending: deque[Pending] = deque()
        self._bytes = self._rows = 0
        self._added = self._applied = self._wanted = 0
        self._first_at = 0.0
        self._closing = False
        self.trouble: StoreError | None = None

    # ---- writers ----

    def wait_for_room(self, seconds: float) -> None:
        """Raises StoreUnavailable when the engine does not keep up for so long."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._bytes < self._most_bytes, seconds):
                raise StoreUnavailable(
                    f"{self._bytes} bytes wait in the journal and the engine does not take them"
                    + (f": {self.trouble}" if self.trouble else "")
                ) from self.trouble

    def add(self, segment: int, tables: Sequence[TableRows], size: int) -> None:
        """A durable record that the engine shall get."""
        with self._changed:
            self._added += 1
            if not self._pending:
                self._first_at = time.monotonic()
            pending = Pending(self._added, segment, tables, size)
            self._pending.append(pending)
            self._bytes += size
            self._rows += pending.rows
            if len(self._pending) == 1 or self._rows >= self._most_rows:
                self._changed.notify_all()

    # ---- readers ----

    def wait_until_applied(self, seconds: float) -> None:
        """Return when everything added before this call is in the engine.

        Raises StoreUnavailable when the engine does not take it in time.
        """
        with self._changed:
            target = self._added
            if self._applied >= target:
                return
            self._wanted = max(self._wanted, target)
            self._changed.notify_all()
            if not self._changed.wait_for(lambda: self._applied >= target, seconds):
                raise StoreUnavailable(
                    "rows wait in the journal and the engine does not take them"
                    + (f": {self.trouble}" if self.trouble else f" within {seconds:.0f} s")
                ) from self.trouble

    # ---- the applier ----

    def take(self) -> list[Pending]:
        """The next group, once it is due; empty when closing and nothing is left."""
        with self._changed:
            self._changed.wait_for(lambda: self._pending or self._closing)
            while self._pending and not self._due():
                self._changed.wait(max(0.0, self._first_at + self._linger - time.monotonic()))
            return self._group()

    def done(self, group: Sequence[Pending]) -> int:
        """The engine has the group; returns the oldest file still needed (the newest known when
        none is)."""
        with self._changed:
            for _ in group:
                self._pending.popleft()
            self._bytes -= sum(each.bytes for each in group)
            self._rows -= sum(each.rows for each in group)
            self._applied = group[-1].sequence
            self._first_at = time.monotonic()
            self.trouble = None
            self._changed.notify_all()
            return self._pending[0].segment if self._pending else group[-1].segment

    def close(self) -> None:
        """Let the applier finish what is there."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()

    @property
    def closing(self) -> bool:
        """Whether nothing more will come."""
        return self._closing

    @property
    def is_empty(self) -> bool:
        """Whether the engine has everything."""
        return not self._pending

    def _due(self) -> bool:
        return (
            self._closing
            or self._wanted > self._applied
            or self._rows >= self._most_rows
            or time.monotonic() >= self._first_at + self._linger
        )

    def _group(self) -> list[Pending]:
        """From the front, up to the most rows, one at least. They stay until ``done``."""
        group: list[Pending] = []
        rows = 0
        for pending in self._pending:
            if group and rows + pending.rows > self._most_rows:
                break
            group.append(pending)
            rows += pending.rows
        return group
