"""A directory of devices that is read once for everybody who asks, and again only when it changed.

    directory = KeptDirectory(RegistryDirectory())   # one for the gateway and the periodic work

A city's hundred thousand devices take seconds to read. It refuses to guess whether they changed: the
directory's own version says so, asked with every question.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping

from zhihuan.telemetry.aggregation.devices import MonitoredDevice, monitored
from zhihuan.telemetry.ports import DeviceDirectory, RegisteredDevice

__all__ = ["KeptDirectory"]


class KeptDirectory:
    """Implements ``ports.DeviceDirectory`` over another one. Any thread; who comes while it reads waits. What
    the other raises reaches the caller, and nothing is kept of it."""

    def __init__(self, directory: DeviceDirectory) -> None:
        self._directory = directory
        self._guard = threading.Lock()
        self._version: int | None = None
        self._registered: Mapping[str, RegisteredDevice] = {}
        self._monitored: Mapping[str, MonitoredDevice] = {}

    def version(self) -> int:
        """The directory's own."""
        return self._directory.version()

    def snapshot(self) -> Mapping[str, RegisteredDevice]:
        """All devices by MN: the same mapping as long as none changed. Not to be written to."""
        with self._guard:
            self._read()
            return self._registered

    def monitored(self) -> Mapping[str, MonitoredDevice]:
        """The enabled ones, as the arithmetic sees them."""
        with self._guard:
            self._read()
            return self._monitored

    def _read(self) -> None:
        # before the devices: what changes while they are read is read the next time
        version = self._directory.version()
        if version == self._version:
            return
        self._registered = self._directory.snapshot()
        self._monitored = monitored(self._registered)
        self._version = version
