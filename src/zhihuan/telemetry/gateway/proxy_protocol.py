"""PROXY protocol version 2: who is really calling, as told by a load balancer in front of us.

Pure: bytes in, a header or a refusal out. It refuses to guess: version 1 (text), unknown
commands and truncated addresses are errors. Whether the peer may be believed at all is the
server's decision (``GatewaySettings.trusted_proxies``).

Source: "The PROXY protocol, versions 1 & 2", section 2.2 (Willy Tarreau, HAProxy), from general
knowledge.
"""

from __future__ import annotations

import ipaddress
import struct
from dataclasses import dataclass

__all__ = ["PREAMBLE_BYTES", "ProxyHeader", "ProxyProtocolError", "body_length", "read_header"]

SIGNATURE = b"\r\n\r\n\x00\r\nQUIT\n"
PREAMBLE_BYTES = 16  # signature, version and command, family and transport, length of the rest

_LOCAL, _PROXY = 0x20, 0x21
_TCP4, _TCP6 = 0x11, 0x21
# A balancer may append TLVs; ours need none, and a header never has reason to be longer.
_MAX_BODY_BYTES = 2048


class ProxyProtocolError(ValueError):
    """The bytes before the data are not a PROXY v2 header we can take."""


@dataclass(frozen=True, slots=True)
class ProxyHeader:
    """host and port of the true client; host "" when the balancer speaks for itself (LOCAL, a
    health check) or over a transport without addresses."""

    host: str
    port: int


def body_length(preamble: bytes) -> int:
    """How many bytes follow the 16-byte preamble. Raises ProxyProtocolError."""
    if preamble[:12] != SIGNATURE:
        raise ProxyProtocolError(
            f"expected the PROXY v2 signature, got {preamble[:12]!r}; "
            "switch 'send-proxy-v2' on in the balancer or take it off the trusted networks"
        )
    length = int.from_bytes(preamble[14:16], "big")
    if length > _MAX_BODY_BYTES:
        raise ProxyProtocolError(f"header of {length} bytes, at most {_MAX_BODY_BYTES} are taken")
    return length


def read_header(preamble: bytes, body: bytes) -> ProxyHeader:
    """The true client of a complete header. Raises ProxyProtocolError."""
    command, family = preamble[12], preamble[13]
    if command == _LOCAL:
        return ProxyHeader("", 0)
    if command != _PROXY:
        raise ProxyProtocolError(f"version and command byte 0x{command:02x}, known: 0x20, 0x21")
    if family == _TCP4:
        return _addresses(body, 4)
    if family == _TCP6:
        return _addresses(body, 16)
    return ProxyHeader("", 0)


def _addresses(body: bytes, width: int) -> ProxyHeader:
    if len(body) < 2 * width + 4:
        raise ProxyProtocolError(f"address block of {len(body)} bytes, need {2 * width + 4}")
    host = ipaddress.ip_address(body[:width])
    (port,) = struct.unpack_from("!H", body, 2 * width)
    return ProxyHeader(str(host), port)
