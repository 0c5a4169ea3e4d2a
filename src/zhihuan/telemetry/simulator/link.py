"""One TCP connection of one or several simulated devices: bytes out, messages in.

Pours what it reads into the decoder and hands each message to the device it concerns. Refuses to
know about reports; faults of the connection itself (slow reading, idling, tearing down) are carried
out here because only the connection can.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import cast

from zhihuan.hj212.decoder import Decoder
from zhihuan.hj212.errors import DecodeError
from zhihuan.hj212.message import Message

__all__ = ["Link", "open_link"]

Receiver = Callable[[Message], None]


class Link(asyncio.Protocol):
    """A connection to the host. Acknowledgements go to whoever waits for their QN, everything else
    to the device with the message's MN, or to the only one there is."""

    def __init__(self) -> None:
        self.closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._decoder = Decoder()
        self._receivers: dict[str, Receiver] = {}
        self._waiting: dict[tuple[str, str], asyncio.Future[Message | None]] = {}
        self._held = b""
        self._transport: asyncio.Transport | None = None
        self._lost: Callable[[Link], None] | None = None
        self.unreadable = 0

    # --- what asyncio calls ---------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        for event in self._decoder.feed(data):
            if isinstance(event, DecodeError):
                self.unreadable += 1
            else:
                self._received(event)

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        if not self.closed.done():
            self.closed.set_result(None)
        for waiter in self._waiting.values():
            if not waiter.done():
                waiter.set_result(None)
        self._waiting.clear()
        if self._lost is not None:
            self._lost(self)

    # --- what devices call ----------------------------------------------------------------------

    @property
    def usable(self) -> bool:
        """Whether frames can still be sent."""
        return self._transport is not None and not self._transport.is_closing()

    def when_lost(self, tell: Callable[[Link], None]) -> None:
        """Tell when the connection has really ended."""
        self._lost = tell

    def serve(self, mn: str, receiver: Receiver) -> None:
        """Hand this device's messages to ``receiver``."""
        self._receivers[mn] = receiver

    def forget(self, mn: str) -> None:
        """The device uses the connection no longer."""
        self._receivers.pop(mn, None)

    def expect(self, mn: str, qn: str) -> asyncio.Future[Message | None]:
        """A future of the answer (9013 or 9014) to the frame with this QN; None when the
        connection ended before it came."""
        waiter: asyncio.Future[Message | None] = asyncio.get_running_loop().create_future()
        self._waiting[mn, qn] = waiter
        return waiter

    def give_up(self, mn: str, qn: str) -> None:
        """Wait for this answer no longer."""
        self._waiting.pop((mn, qn), None)

    def write(self, data: bytes) -> None:
        """Send; whatever was held back goes in front, in the same write."""
        if self._transport is not None and self.usable:
            self._transport.write(self._held + data)
            self._held = b""

    def hold(self, data: bytes) -> None:
        """Keep bytes back until the next write."""
        self._held += data

    def stop_reading(self, seconds: float) -> None:
        """Leave answers unread for a while (real seconds): the host's send buffer fills."""
        if self._transport is None or not self.usable:
            return
        self._transport.pause_reading()
        asyncio.get_running_loop().call_later(seconds, self._read_again)

    def fall_silent(self) -> None:
        """Leave the connection open and use it no longer: the peer never sees an end."""
        if not self.closed.done():
            self.closed.set_result(None)

    def close(self) -> None:
        """End the connection in good order."""
        if self._transport is not None:
            self._transport.close()

    def tear_down(self) -> None:
        """End the connection at once; what was not yet sent is lost."""
        if self._transport is not None:
            self._transport.abort()

    # --- inside ---------------------------------------------------------------------------------

    def _read_again(self) -> None:
        if self._transport is not None and self.usable:
            with suppress(RuntimeError):  # already reading
                self._transport.resume_reading()

    def _received(self, message: Message) -> None:
        if message.cn in ("9013", "9014") and self._answered(message):
            return
        receiver = self._receivers.get(message.mn)
        if receiver is None and len(self._receivers) == 1:
            receiver = next(iter(self._receivers.values()))
        if receiver is not None:
            receiver(message)

    def _answered(self, message: Message) -> bool:
        # 2005 answers carry the QN inside CP, and often no MN (HJ/T 212-2005, C.6)
        qn = message.qn or message.get("QN") or ""
        key = (message.mn, qn)
        if key not in self._waiting:
            key = next((known for known in self._waiting if known[1] == qn), key)
        waiter = self._waiting.pop(key, None)
        if waiter is not None and not waiter.done():
            waiter.set_result(message)
        return waiter is not None


async def open_link(host: str, port: int) -> Link:
    """Connect; OSError when the host does not answer."""
    _transport, link = await asyncio.get_running_loop().create_connection(Link, host, port)
    return link
