"""The listening socket: plain or TLS, with or without a balancer's PROXY header in front."""

from __future__ import annotations

import asyncio
import ipaddress

import structlog

from zhihuan.telemetry.gateway.connection import DeviceConnection
from zhihuan.telemetry.gateway.proxied import ProxiedConnection
from zhihuan.telemetry.gateway.proxy_protocol import ProxyHeader
from zhihuan.telemetry.gateway.settings import GatewaySettings
from zhihuan.telemetry.gateway.switchboard import Switchboard
from zhihuan.telemetry.gateway.tls import server_context

__all__ = ["Listener"]

_log = structlog.get_logger(__name__)
_BACKLOG = 4096
_HANDSHAKE_SECONDS = 10.0


class Listener:
    """Accepts peers and gives each its protocol.

    With trusted networks configured, a peer from one of them must begin with a PROXY v2 header;
    a peer from elsewhere is taken at its own address, and a header of its would be junk.
    """

    def __init__(self, switchboard: Switchboard, settings: GatewaySettings) -> None:
        self._switchboard = switchboard
        self._settings = settings
        self._tls = server_context(settings.tls) if settings.tls else None
        self._server: asyncio.Server | None = None
        self._upgrades: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Bind and listen. Raises OSError when the address cannot be had."""
        loop, settings = asyncio.get_running_loop(), self._settings
        direct = not settings.trusted_proxies
        self._server = await loop.create_server(
            self._device_protocol if direct else self._first_protocol,
            settings.host,
            settings.port,
            backlog=_BACKLOG,
            ssl=self._tls if direct else None,
            ssl_handshake_timeout=_HANDSHAKE_SECONDS if direct and self._tls else None,
        )

    async def stop(self) -> None:
        """Accept nobody any more."""
        if self._server is not None:
            self._server.close()
        for task in list(self._upgrades):
            task.cancel()

    @property
    def port(self) -> int:
        """The TCP port bound; useful when port 0 was asked for."""
        if self._server is None:
            raise RuntimeError("the gateway is not listening; call start() first")
        return int(self._server.sockets[0].getsockname()[1])

    def _device_protocol(self) -> DeviceConnection:
        return DeviceConnection(self._switchboard, self._settings)

    def _first_protocol(self) -> _Doorman:
        return _Doorman(self)

    def is_trusted(self, host: str) -> bool:
        """Whether a PROXY header of this peer is believed."""
        address = ipaddress.ip_address(host.partition("%")[0])
        mapped = getattr(address, "ipv4_mapped", None) or address
        return any(mapped in network for network in self._settings.trusted_proxies)

    def proxied(self) -> ProxiedConnection:
        """The protocol for a trusted balancer."""
        return ProxiedConnection(self.hand_on, self._settings.half_frame_seconds)

    def hand_on(self, transport: asyncio.Transport, header: ProxyHeader | None) -> None:
        """Give a transport its device protocol, through a TLS handshake where configured."""
        connection = self._device_protocol()
        if header is not None and header.host:
            connection.name_peer(header.host, header.port)
        if self._tls is None:
            transport.set_protocol(connection)
            connection.connection_made(transport)
            return
        transport.pause_reading()  # what comes next is the handshake's
        task = asyncio.get_running_loop().create_task(self._upgrade(transport, connection))
        self._upgrades.add(task)
        task.add_done_callback(self._upgrades.discard)

    async def _upgrade(self, transport: asyncio.Transport, connection: DeviceConnection) -> None:
        assert self._tls is not None  # noqa: S101 - only called then; tells the type checker
        loop = asyncio.get_running_loop()
        try:
            upgraded = await loop.start_tls(
                transport, connection, self._tls,
                server_side=True, ssl_handshake_timeout=_HANDSHAKE_SECONDS,
            )  # fmt: skip
        except (OSError, asyncio.CancelledError) as error:
            _log.warning("tls_handshake_failed", peer=connection.peer, error=repr(error))
            transport.abort()
            return
        if upgraded is not None:
            connection.connection_made(upgraded)


class _Doorman(asyncio.Protocol):
    """Looks who calls and passes the socket to the right protocol before a byte is read."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        host = (transport.get_extra_info("peername") or ("0.0.0.0",))[0]  # noqa: S104 - means unknown
        socket_transport: asyncio.Transport = transport  # type: ignore[assignment]
        if not self._listener.is_trusted(host):
            self._listener.hand_on(socket_transport, None)
            return
        protocol = self._listener.proxied()
        socket_transport.set_protocol(protocol)
        protocol.connection_made(transport)
