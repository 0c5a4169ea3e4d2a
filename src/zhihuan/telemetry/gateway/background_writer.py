"""Hands entries to a port that may block (quarantine, journal), off the event loop, in groups.

Bounded: beyond ``most`` waiting entries new ones are counted as lost and said so in the log;
that can only happen while the port is failing. Frames that were acknowledged never depend on it:
they are in the store before anything is written here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import Generic, TypeVar

import structlog

__all__ = ["BackgroundWriter"]

_log = structlog.get_logger(__name__)
_Entry = TypeVar("_Entry")
_GROUP = 1_000


class BackgroundWriter(Generic[_Entry]):
    """Entries wait in memory until ``write`` took them; a failing ``write`` is tried again."""

    def __init__(
        self,
        name: str,
        write: Callable[[Sequence[_Entry]], None],
        thread: Executor,
        *,
        every_seconds: float,
        most: int,
    ) -> None:
        self._name = name
        self._write = write
        self._thread = thread
        self._every_seconds = every_seconds
        self._most = most
        self._waiting: list[_Entry] = []
        self._wake = asyncio.Event()
        self.lost = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, entry: _Entry) -> bool:
        """Take one entry; False when there is no room (it is counted in ``lost``)."""
        if len(self._waiting) >= self._most:
            self.lost += 1
            return False
        self._waiting.append(entry)
        self._wake.set()
        return True

    async def run(self) -> None:
        """Write until cancelled."""
        while True:
            await self._wake.wait()
            await asyncio.sleep(self._every_seconds)
            self._wake.clear()
            await self.flush()

    async def flush(self) -> None:
        """Write all that waits now; on failure it stays for the next time."""
        while self._waiting:
            group = self._waiting[:_GROUP]
            try:
                await asyncio.get_running_loop().run_in_executor(self._thread, self._write, group)
            except Exception as error:  # noqa: BLE001 - any failure of a port must leave the gateway up
                _log.error("port_failed", port=self._name, waiting=len(self), error=repr(error))
                self._wake.set()
                return
            del self._waiting[: len(group)]
