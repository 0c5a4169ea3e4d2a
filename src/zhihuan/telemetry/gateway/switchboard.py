"""All connections together: who may come in, what they may hold, when reading stops.

Memory in all is bounded here: unfinished frames of all connections share ``partial_bytes`` (the
largest holder is put out when it runs over), and while more than ``queued_bytes`` wait for the
store no socket is read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import structlog

from zhihuan.hj212.errors import DecodeError
from zhihuan.hj212.message import Message
from zhihuan.telemetry.gateway.connection import QUEUE_FULL, DeviceConnection
from zhihuan.telemetry.gateway.limits import AddressCount, ByteBudget
from zhihuan.telemetry.gateway.metrics import GatewayMetrics
from zhihuan.telemetry.gateway.presence import Presence
from zhihuan.telemetry.gateway.reception import Reception
from zhihuan.telemetry.gateway.settings import GatewaySettings

__all__ = ["Switchboard"]

_log = structlog.get_logger(__name__)


class Switchboard:
    """Every connection tells it that it opened, what it received, that it closed."""

    def __init__(
        self,
        reception: Reception,
        presence: Presence,
        metrics: GatewayMetrics,
        settings: GatewaySettings,
    ) -> None:
        self._reception = reception
        self._presence = presence
        self._metrics = metrics
        self._settings = settings
        self._addresses = AddressCount(settings.connections_per_address)
        self.connections: set[DeviceConnection] = set()
        self.partial = ByteBudget(settings.partial_bytes)
        self.accepting = True
        self.empty = asyncio.Event()
        self.empty.set()
        reception.queue_changed = self._queue_changed

    def opened(self, connection: DeviceConnection) -> None:
        """A peer called; it is turned away when there are too many, of all or of its address."""
        self._metrics.connections_accepted += 1
        full = len(self.connections) >= self._settings.connections or not self.accepting
        if full or not self._addresses.enter(connection.host):
            connection.abort("full" if full else "address_limit")
            return
        self.connections.add(connection)
        self.empty.clear()
        if self._reception.queue.stopped:
            connection.pause(QUEUE_FULL)

    def received(
        self,
        connection: DeviceConnection,
        count: int,
        events: Iterable[Message | DecodeError],
        now: float,
    ) -> int:
        """``count`` bytes arrived and the decoder makes ``events`` of them; returns how many."""
        self._metrics.bytes_received += count
        take, taken = self._reception.take, 0
        for event in events:
            take(connection, event, now)
            taken += 1
        held = connection.decoder.buffered
        change, connection.held = held - connection.held, held
        if change and self.partial.take(change) and self.partial.stopped:
            self._put_out_largest()
        return taken

    def closed(self, connection: DeviceConnection) -> None:
        """The connection is gone; what it had begun is refused and its memory given back."""
        self._metrics.disconnects[connection.cause] += 1
        if connection not in self.connections:
            return
        self.connections.discard(connection)
        if not self.connections:
            self.empty.set()
        self._addresses.leave(connection.host)
        self.partial.take(-connection.held)
        connection.held = 0
        now = asyncio.get_running_loop().time()
        for event in connection.decoder.close():
            self._reception.take(connection, event, now)
        self._presence.gone(connection)

    async def sweep(self) -> None:
        """Check all deadlines every ``sweep_seconds``, until cancelled."""
        while True:
            await asyncio.sleep(self._settings.sweep_seconds)
            now = asyncio.get_running_loop().time()
            for connection in list(self.connections):
                connection.check_deadlines(now)

    def close_all(self, cause: str) -> None:
        """End every connection in good order."""
        for connection in list(self.connections):
            connection.close(cause)

    def abort_all(self, cause: str) -> None:
        """End every connection now."""
        for connection in list(self.connections):
            connection.abort(cause)

    def pause_all(self) -> None:
        """Read nothing more from anybody."""
        for connection in self.connections:
            connection.pause(QUEUE_FULL)

    def _queue_changed(self) -> None:
        if self._reception.queue.stopped:
            _log.warning("reading_stopped", queued_bytes=self._reception.queue.held)
            self.pause_all()
        elif self.accepting:
            _log.info("reading_resumed", queued_bytes=self._reception.queue.held)
            for connection in list(self.connections):
                connection.resume(QUEUE_FULL)

    def _put_out_largest(self) -> None:
        """Repeatedly, until the unfinished frames fit again."""
        while self.partial.stopped and self.connections:
            largest = max(self.connections, key=lambda connection: connection.held)
            if not largest.held:
                return
            self.partial.take(-largest.held)
            largest.held = 0
            largest.abort("partial_memory")
            self._presence.put_out(largest)
