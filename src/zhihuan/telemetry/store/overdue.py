"""An end to every statement: a connection whose statement is overdue is cut.

A socket's own time-out counts silence only, and a server that is stuck may go on saying that it is
still there. One thread looks once a second; refuses to decide what the cut means for the rows.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

__all__ = ["Overdue"]

_LOOK_SECONDS = 1.0


class Overdue:
    """Watches sockets while they are in use. Thread-safe."""

    def __init__(self) -> None:
        self._due: dict[socket.socket, float] = {}
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None

    @contextlib.contextmanager
    def cut_after(self, connection: socket.socket, seconds: float) -> Iterator[None]:
        """Shut the connection down when the block takes longer; its reader then sees the end."""
        with self._lock:
            self._due[connection] = time.monotonic() + seconds
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, name="overdue", daemon=True)
                self._thread.start()
        try:
            yield
        finally:
            with self._lock:
                self._due.pop(connection, None)

    def close(self) -> None:
        """Stop watching."""
        self._closed.set()

    def _watch(self) -> None:
        while not self._closed.wait(_LOOK_SECONDS):
            now = time.monotonic()
            with self._lock:
                overdue = [each for each, due in self._due.items() if now > due]
                self._due = {each: due for each, due in self._due.items() if now <= due}
                _cut(overdue)


def _cut(connections: list[socket.socket]) -> None:
    for each in connections:
        with contextlib.suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
