"""Reads the PROXY header of a connection from a trusted balancer, then hands the socket on.

A BufferedProtocol, because it can ask for exactly the header's bytes: what follows (data, or a
TLS handshake) stays in the kernel for the protocol that takes over.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import cast

import structlog

from zhihuan.telemetry.gateway.proxy_protocol import (
    PREAMBLE_BYTES,
    ProxyHeader,
    ProxyProtocolError,
    body_length,
    read_header,
)

__all__ = ["ProxiedConnection"]

_log = structlog.get_logger(__name__)


class ProxiedConnection(asyncio.BufferedProtocol):
    """Lives until the header is complete; ``hand_on(transport, header)`` takes the transport."""

    def __init__(
        self, hand_on: Callable[[asyncio.Transport, ProxyHeader], None], seconds: float
    ) -> None:
        self._hand_on = hand_on
        self._seconds = seconds
        self._transport: asyncio.Transport | None = None
        self._deadline: asyncio.TimerHandle | None = None
        self._buffer = bytearray(PREAMBLE_BYTES)
        self._filled = 0
        self._preamble = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start the deadline: the header comes at once or not at all."""
        self._transport = cast("asyncio.Transport", transport)
        loop = asyncio.get_running_loop()
        self._deadline = loop.call_later(self._seconds, self._transport.abort)

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002 - asyncio's signature
        """Room for exactly what is still missing."""
        return memoryview(self._buffer)[self._filled :]

    def buffer_updated(self, nbytes: int) -> None:
        """Some of it came."""
        self._filled += nbytes
        if self._filled < len(self._buffer):
            return
        try:
            self._part_complete()
        except ProxyProtocolError as error:
            _log.warning("proxy_header_refused", error=str(error))
            self._end()

    def eof_received(self) -> bool:
        """The balancer gave up."""
        return False

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """Nothing to give back but the timer."""
        if self._deadline is not None:
            self._deadline.cancel()

    def _part_complete(self) -> None:
        if not self._preamble:
            self._preamble = bytes(self._buffer)
            self._buffer = bytearray(body_length(self._preamble))
            self._filled = 0
            if self._buffer:
                return
        header = read_header(self._preamble, bytes(self._buffer))
        if self._deadline is not None:
            self._deadline.cancel()
        if self._transport is not None:
            self._hand_on(self._transport, header)

    def _end(self) -> None:
        if self._transport is not None:
            self._transport.abort()
