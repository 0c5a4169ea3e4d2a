"""The side that uses the store of another process."""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from multiprocessing.connection import Client, Connection
from pathlib import Path
from typing import Any, cast

from zhihuan.telemetry.store.engine import DEFAULT_BOUNDS, Bounds, Capabilities, Columns, Insert
from zhihuan.telemetry.store.errors import StoreUnavailable

__all__ = ["DoorEngine"]


class DoorEngine:
    """See ``Engine``. path: of the ``StoreDoor``. As many connections as threads ask at once, each kept for the
    next. Raises ``StoreUnavailable`` when the process behind the door is gone."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        self._idle: queue.LifoQueue[Connection] = queue.LifoQueue()
        self._closed = threading.Event()
        self.database, self.capabilities = cast("tuple[str, Capabilities]", self.ask("about"))

    def read(
        self,
        sql: str,
        *,
        mn: str | None = None,
        bounds: Bounds = DEFAULT_BOUNDS,
        binary: bool = False,
    ) -> Columns:
        """See ``Engine.read``."""
        return cast("Columns", self.ask("read", sql, mn=mn, bounds=bounds, binary=binary))

    def read_each(self, sql: str, *, bounds: Bounds = DEFAULT_BOUNDS) -> list[Columns]:
        """See ``Engine.read_each``."""
        return cast("list[Columns]", self.ask("read_each", sql, bounds=bounds))

    def insert(self, inserts: Sequence[Insert]) -> None:
        """See ``Engine.insert``. When the other process goes before it answers, the rows may have been
        written: write the same again, as after any ``StoreUnavailable``."""
        self.ask("insert", list(inserts))

    def command(
        self,
        sql: str,
        *,
        seconds: float = 60.0,
        once_per_shard: bool = False,
        done_before: tuple[int, ...] = (),
    ) -> None:
        """See ``Engine.command``."""
        self.ask(
            "command",
            sql,
            seconds=seconds,
            once_per_shard=once_per_shard,
            done_before=done_before,
        )

    def ask(self, question: str, *arguments: Any, **named: Any) -> Any:
        """The answer of the other process; what it raised is raised here."""
        if self._closed.is_set():
            raise StoreUnavailable("the store is closed")
        try:
            connection = self._connection()
            connection.send((question, arguments, named))
            good, answer = connection.recv()
        except (EOFError, OSError) as error:
            # what was being asked is given up with its connection: a late answer must reach nobody else
            raise StoreUnavailable("the process that has the store does not answer") from error
        self._idle.put(connection)
        if not good:
            raise answer
        return answer

    def wait_for_end(self) -> None:
        """Returns when the process behind the door has ended or closed it."""
        try:
            with Client(self._path, family="AF_UNIX") as connection:
                connection.recv()
        except (EOFError, OSError):
            return

    def close(self) -> None:
        """See ``Engine.close``. The store itself stays open."""
        self._closed.set()
        while not self._idle.empty():
            self._idle.get_nowait().close()

    def _connection(self) -> Connection:
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            return Client(self._path, family="AF_UNIX")
