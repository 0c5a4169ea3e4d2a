"""Keeps the gateway's copy of the registry fresh, without a restart and off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import Executor

import structlog

from zhihuan.telemetry.gateway.device_links import DeviceLinks
from zhihuan.telemetry.gateway.presence import Presence
from zhihuan.telemetry.ports import DeviceDirectory, RegisteredDevice

__all__ = ["DirectoryWatch"]

_log = structlog.get_logger(__name__)


class DirectoryWatch:
    """Asks for the directory's version; takes a new snapshot when it changed. A directory that
    cannot be read keeps the last good copy in force."""

    def __init__(
        self,
        directory: DeviceDirectory,
        links: DeviceLinks,
        presence: Presence,
        thread: Executor,
        every_seconds: float,
    ) -> None:
        self._directory = directory
        self._links = links
        self._presence = presence
        self._thread = thread
        self._every_seconds = every_seconds
        self._version: int | None = None
        self._failed = False

    async def refresh(self) -> None:
        """Look once; raises what the directory raises."""
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._thread, self._look)
        if found is None:
            return
        for link in self._links.renew(found):
            self._presence.expelled(link)
        _log.info("devices_read", devices=len(found))

    async def run(self) -> None:
        """Look every ``every_seconds`` until cancelled."""
        while True:
            await asyncio.sleep(self._every_seconds)
            try:
                await self.refresh()
            except Exception as error:  # noqa: BLE001 - a broken directory must not stop reception
                self._note_failure(error)
            else:
                self._failed = False

    def _look(self) -> Mapping[str, RegisteredDevice] | None:
        version = self._directory.version()
        if version == self._version:
            return None
        snapshot = self._directory.snapshot()
        self._version = version
        return snapshot

    def _note_failure(self, error: Exception) -> None:
        if not self._failed:
            _log.error("devices_unreadable", error=str(error), consequence="the last copy stays")
        self._failed = True
