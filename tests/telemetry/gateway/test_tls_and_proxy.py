"""TLS and the PROXY header: who may come in that way, and who is believed."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from zhihuan.telemetry.gateway.settings import TlsFiles

LOCAL = (ipaddress.ip_network("127.0.0.0/8"),)
ELSEWHERE = (ipaddress.ip_network("10.0.0.0/8"),)


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> TlsFiles:
    """A self-signed certificate for localhost; also its own CA."""
    folder: Path = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "cert.pem").write_bytes(certificate.public_bytes(pem))
    (folder / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return TlsFiles(folder / "cert.pem", folder / "key.pem")


def client(tls: TlsFiles) -> dict[str, Any]:
    context = ssl.create_default_context(cafile=str(tls.certificate))
    return {"ssl": context, "server_hostname": "localhost"}


def proxy_header(host: str = "203.0.113.7", command: int = 0x21) -> bytes:
    body = socket.inet_aton(host) + socket.inet_aton("10.0.0.1") + struct.pack("!HH", 40001, 9212)
    start = b"\r\n\r\n\x00\r\nQUIT\n"
    return start + bytes([command, 0x11]) + struct.pack("!H", len(body)) + body


async def works(rig: Any, peer: Any) -> str:
    mn = rig.device()
    await rig.known()
    peer.send(rig.upload(mn))
    assert (await peer.answer()).mn == mn
    (connection,) = rig.gateway.links.get(mn).connections
    return str(connection.peer)


async def test_a_device_may_connect_by_tls(gateway_with: Any, tls: TlsFiles) -> None:
    async with gateway_with(tls=tls) as rig:
        await works(rig, await rig.connect(**client(tls)))


async def test_plain_bytes_on_a_tls_port_get_nowhere(gateway_with: Any, tls: TlsFiles) -> None:
    async with gateway_with(tls=tls) as rig:
        peer = await rig.connect()
        peer.send(rig.upload("X"))
        await peer.closed()
        assert rig.quarantine.items == []


async def test_a_client_certificate_can_be_asked_for(gateway_with: Any, tls: TlsFiles) -> None:
    asking = TlsFiles(tls.certificate, tls.key, client_ca=tls.certificate)
    async with gateway_with(tls=asking) as rig:
        with pytest.raises((ssl.SSLError, ConnectionError, AssertionError)):
            await works(rig, await rig.connect(**client(tls)))
        options = client(tls)
        options["ssl"].load_cert_chain(tls.certificate, tls.key)
        await works(rig, await rig.connect(**options))


async def test_a_trusted_balancer_names_the_client(gateway_with: Any) -> None:
    async with gateway_with(trusted_proxies=LOCAL) as rig:
        peer = await rig.connect()
        peer.send(proxy_header())
        assert await works(rig, peer) == "203.0.113.7:40001"


async def test_the_header_may_come_in_pieces_and_with_data(gateway_with: Any) -> None:
    async with gateway_with(trusted_proxies=LOCAL) as rig:
        mn = rig.device()
        await rig.known()
        peer = await rig.connect()
        everything = proxy_header() + rig.upload(mn)
        for start in range(0, len(everything), 9):
            peer.send(everything[start : start + 9])
            await peer.writer.drain()
            await asyncio.sleep(0.001)
        assert (await peer.answer()).mn == mn


async def test_a_health_check_keeps_the_balancers_own_address(gateway_with: Any) -> None:
    async with gateway_with(trusted_proxies=LOCAL) as rig:
        peer = await rig.connect()
        peer.send(proxy_header(command=0x20))
        assert (await works(rig, peer)).startswith("127.0.0.1:")


async def test_limits_count_the_true_client(gateway_with: Any) -> None:
    async with gateway_with(trusted_proxies=LOCAL, connections_per_address=1) as rig:
        peers = [await rig.connect() for _ in range(3)]
        for peer, host in zip(peers, ("203.0.113.1", "203.0.113.2", "203.0.113.1"), strict=True):
            peer.send(proxy_header(host))
        await peers[2].closed()
        await works(rig, peers[0])
        await works(rig, peers[1])


async def test_a_trusted_balancer_must_send_the_header(gateway_with: Any) -> None:
    async with gateway_with(trusted_proxies=LOCAL) as rig:
        peer = await rig.connect()
        peer.send(rig.upload("X"))
        await peer.closed()


async def test_a_balancer_that_says_nothing_is_not_waited_for(gateway_with: Any) -> None:
    async with gateway_with(trusted_proxies=LOCAL, half_frame_seconds=0.2) as rig:
        await (await rig.connect()).closed()


async def test_a_header_from_elsewhere_is_not_believed(gateway_with: Any) -> None:
    async with gateway_with(trusted_proxies=ELSEWHERE) as rig:
        peer = await rig.connect()
        peer.send(proxy_header())
        assert (await works(rig, peer)).startswith("127.0.0.1:")
        assert (await rig.reasons())[0] == "junk"


async def test_the_header_may_stand_before_tls(gateway_with: Any, tls: TlsFiles) -> None:
    async with gateway_with(trusted_proxies=LOCAL, tls=tls) as rig:
        peer = await rig.connect()
        peer.send(proxy_header())
        await peer.writer.drain()
        options = client(tls)
        await peer.writer.start_tls(options["ssl"], server_hostname=options["server_hostname"])
        assert await works(rig, peer) == "203.0.113.7:40001"
