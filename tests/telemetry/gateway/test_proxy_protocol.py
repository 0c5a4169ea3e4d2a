"""PROXY protocol v2: what a balancer says is believed only when it is said exactly."""

from __future__ import annotations

import socket
import struct

import pytest

from zhihuan.telemetry.gateway.proxy_protocol import (
    PREAMBLE_BYTES,
    ProxyHeader,
    ProxyProtocolError,
    body_length,
    read_header,
)

SIGNATURE = bytes.fromhex("0d0a0d0a000d0a515549540a")


def header(command: int, family: int, body: bytes) -> tuple[bytes, bytes]:
    return SIGNATURE + bytes([command, family]) + struct.pack("!H", len(body)), body


def test_a_tcp4_header_names_the_true_client() -> None:
    addresses = socket.inet_aton("203.0.113.7") + socket.inet_aton("10.0.0.1")
    preamble, body = header(0x21, 0x11, addresses + struct.pack("!HH", 40001, 9212))
    assert len(preamble) == PREAMBLE_BYTES
    assert body_length(preamble) == 12
    assert read_header(preamble, body) == ProxyHeader("203.0.113.7", 40001)


def test_a_tcp6_header_with_extensions_behind_the_addresses() -> None:
    addresses = socket.inet_pton(socket.AF_INET6, "2001:db8::7") + bytes(16)
    body = addresses + struct.pack("!HH", 40001, 9212) + b"\x03\x00\x04abcd"
    assert read_header(*header(0x21, 0x21, body)) == ProxyHeader("2001:db8::7", 40001)


def test_a_health_check_of_the_balancer_itself_has_no_client() -> None:
    assert read_header(*header(0x20, 0x00, b"")) == ProxyHeader("", 0)


@pytest.mark.parametrize(
    "preamble",
    [b"##0087QN=2024060", b"PROXY TCP4 1.2.3", SIGNATURE + bytes([0x21, 0x11, 0xFF, 0xFF])],
    ids=["a frame", "version 1", "far too long"],
)
def test_anything_else_is_refused(preamble: bytes) -> None:
    with pytest.raises(ProxyProtocolError):
        body_length(preamble)


def test_unknown_commands_and_short_addresses_are_refused() -> None:
    with pytest.raises(ProxyProtocolError, match="0x22"):
        read_header(*header(0x22, 0x11, bytes(12)))
    with pytest.raises(ProxyProtocolError, match="need 12"):
        read_header(*header(0x21, 0x11, bytes(8)))
