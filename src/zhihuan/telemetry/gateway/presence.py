"""Who is connected, since when, and whose clock is off; told to the journal and to the store."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import structlog

from zhihuan.hj212.message import Message, epoch_of
from zhihuan.telemetry.gateway.device_links import DeviceLink
from zhihuan.telemetry.gateway.quarantine_desk import QuarantineDesk
from zhihuan.telemetry.ports import JournalEvent

if TYPE_CHECKING:
    from zhihuan.telemetry.gateway.connection import DeviceConnection

__all__ = ["Presence"]

_log = structlog.get_logger(__name__)
_MOST_DEVICES = 1_000  # on one connection
_USUAL = {JournalEvent.ONLINE, JournalEvent.OFFLINE}
_CLOCK_EVERY_MS = 1_000
# A QN further off than this is not a clock but a wrong QN.
_CLOCK_MOST_SECONDS = 40 * 365 * 86_400.0


class Presence:
    """Keeps the links' connections; ``event(mn, time_ms, event, detail)`` writes to the store."""

    def __init__(
        self, desk: QuarantineDesk, event: Callable[[str, int, JournalEvent, str], None]
    ) -> None:
        self._desk = desk
        self._event = event

    def seen(self, connection: DeviceConnection, link: DeviceLink) -> None:
        """A device proved itself on this connection. Idempotent."""
        mn = link.device.mn
        if connection.links.get(mn) is link:
            return
        if len(connection.links) >= _MOST_DEVICES:
            connection.close("too_many_devices")
            return
        connection.links[mn] = link
        link.connections.append(connection)
        if len(link.connections) == 1:
            self._tell(JournalEvent.ONLINE, mn, connection.peer)

    def gone(self, connection: DeviceConnection) -> None:
        """The connection ended."""
        for mn, link in connection.links.items():
            link.connections.remove(connection)
            if not link.connections:
                self._tell(JournalEvent.OFFLINE, mn, connection.peer, connection.cause)
        connection.links.clear()

    def expelled(self, link: DeviceLink) -> None:
        """The registry took the device out: it has to prove itself again on every connection."""
        for connection in link.connections:
            connection.links.pop(link.device.mn, None)
        if link.connections:
            self._tell(JournalEvent.OFFLINE, link.device.mn, "", "left the registry")
        link.connections.clear()

    def clock(self, link: DeviceLink, message: Message, received_ms: int) -> None:
        """Compare the QN of an upload with the moment of receipt, now and then for each device."""
        link.clock_due_ms = received_ms + _CLOCK_EVERY_MS
        if message.rf or not message.cn.startswith("20"):
            return  # QN of an answer is ours; a back-filled frame may have waited for days
        qn = message.qn
        sent = epoch_of(qn) if len(qn) == 17 and qn.isdigit() else None
        if sent is None:
            return
        ahead = sent + int(qn[14:]) / 1000 - received_ms / 1000
        if abs(ahead) < _CLOCK_MOST_SECONDS and link.drift.observe(ahead):
            event = JournalEvent.CLOCK_DRIFT if link.drift.beyond else JournalEvent.CLOCK_STEADY
            self._tell(event, link.device.mn, "", f"{link.drift.seconds:+.1f} s")

    def password_failed(self, connection: DeviceConnection, mn: str) -> None:
        """A registered device came with another password."""
        self._tell(JournalEvent.AUTH_FAILED, mn, connection.peer)

    def asked_number(self, connection: DeviceConnection, link: DeviceLink) -> None:
        """A logger without an MN was known by its hardware."""
        detail = f"i23005={link.device.logger_id}"
        self._tell(JournalEvent.NUMBER_ASKED, link.device.mn, connection.peer, detail)

    def put_out(self, connection: DeviceConnection) -> None:
        """A peer was disconnected because it held most of the memory for unfinished frames."""
        for mn in list(connection.links) or [""]:
            self._tell(JournalEvent.EVICTED, mn, connection.peer)

    def too_many_errors(self, connection: DeviceConnection) -> None:
        """A peer's error rate passed the limit; it is being disconnected."""
        for mn in list(connection.links) or [""]:
            self._tell(JournalEvent.ERROR_RATE, mn, connection.peer)

    def _tell(self, event: JournalEvent, mn: str, peer: str, detail: str = "") -> None:
        # comings and goings are in the journal and the store; after an outage thousands come at
        # once, and a line each would hold up their answers
        tell = _log.debug if event in _USUAL else _log.info
        tell(event.value, mn=mn, peer=peer, detail=detail)
        self._desk.note(event, mn, peer, detail)
        if mn:
            self._event(mn, time.time_ns() // 1_000_000, event, f"{peer} {detail}".strip())
