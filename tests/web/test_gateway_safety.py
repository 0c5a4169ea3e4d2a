"""Unsafe settings of the gateway are told with their variable, the danger and the remedy."""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from zhihuan.web.environment import BadSettingError
from zhihuan.web.gateway_safety import gateway_findings
from zhihuan.web.platform.gateway_settings import gateway_settings

SAFE = {
    "ZHIHUAN_GATEWAY_ADDRESS": "127.0.0.1:0",
    "ZHIHUAN_GATEWAY_TLS_CERTIFICATE": None,
    "ZHIHUAN_GATEWAY_TLS_KEY": None,
    "ZHIHUAN_GATEWAY_TLS_CLIENT_CA": None,
    "ZHIHUAN_GATEWAY_TRUSTED_PROXIES": [],
    "ZHIHUAN_GATEWAY_CONNECTIONS": 300,
    "ZHIHUAN_GATEWAY_CONNECTIONS_PER_ADDRESS": 50,
}


def settings(**given) -> SimpleNamespace:
    return SimpleNamespace(**SAFE | {f"ZHIHUAN_GATEWAY_{name}": it for name, it in given.items()})


def told(**given) -> list[tuple[str, bool]]:
    found = list(gateway_findings(settings(**given)))
    assert all(finding.problem.endswith(".") and finding.remedy for finding in found)
    return [
        (finding.setting.removeprefix("ZHIHUAN_GATEWAY_"), finding.is_error) for finding in found
    ]


def certificate(folder: Path, days: float = 365, passphrase: bytes = b"") -> dict[str, Path]:
    """A self-signed certificate that ends in so many days."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "gateway")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=400))
        .not_valid_after(now + timedelta(days=days))
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    sealed = serialization.BestAvailableEncryption(passphrase) if passphrase else plain
    (folder / "cert.pem").write_bytes(signed.public_bytes(pem))
    (folder / "key.pem").touch(0o600)
    (folder / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, sealed)
    )
    return {"TLS_CERTIFICATE": folder / "cert.pem", "TLS_KEY": folder / "key.pem"}


def networks(*texts: str) -> dict[str, list]:
    return {"TRUSTED_PROXIES": [ipaddress.ip_network(text) for text in texts]}


def test_safe_settings_have_no_findings_with_and_without_tls(tmp_path):
    assert told() == []
    assert told(**certificate(tmp_path), **networks("10.0.0.5/32", "10.1.0.0/24")) == []


def test_a_certificate_that_has_ended_or_ends_soon_is_told(tmp_path):
    assert told(**certificate(tmp_path, days=-1)) == [("TLS_CERTIFICATE", True)]
    assert told(**certificate(tmp_path, days=10)) == [("TLS_CERTIFICATE", False)]


def test_a_key_that_others_can_read_is_an_error(tmp_path):
    files = certificate(tmp_path)
    files["TLS_KEY"].chmod(0o640)
    assert told(**files) == [("TLS_KEY", True)]


@pytest.mark.parametrize(
    ("drop", "names"),
    [
        ("TLS_KEY", "TLS_KEY is not set"),
        ("TLS_CERTIFICATE", "TLS_CERTIFICATE is not set"),
    ],
)
def test_a_certificate_without_its_key_stops_the_start(tmp_path, drop, names):
    files = certificate(tmp_path) | {drop: None}
    assert told(**files) == [("TLS_CERTIFICATE", True)]
    with pytest.raises(BadSettingError, match=names):
        gateway_settings(settings(**files), "gw")


def test_asking_for_client_certificates_without_tls_stops_the_start(tmp_path):
    files = {"TLS_CLIENT_CA": certificate(tmp_path)["TLS_CERTIFICATE"]}
    with pytest.raises(BadSettingError, match="give ZHIHUAN_GATEWAY_TLS_CERTIFICATE too"):
        gateway_settings(settings(**files), "gw")


@pytest.mark.parametrize("name", ["TLS_CERTIFICATE", "TLS_KEY", "TLS_CLIENT_CA"])
def test_a_missing_file_is_told_by_its_variable(tmp_path, name):
    files = certificate(tmp_path) | {name: tmp_path / "nowhere.pem"}
    assert told(**files) == [(name, True)]
    with pytest.raises(BadSettingError, match=f"ZHIHUAN_GATEWAY_{name}=.*nowhere.pem'"):
        gateway_settings(settings(**files), "gw")


def test_files_that_are_no_usable_certificate_are_told(tmp_path):
    files = certificate(tmp_path, passphrase=b"secret")  # nobody types it at a start
    with pytest.raises(BadSettingError, match="without a pass phrase"):
        gateway_settings(settings(**files), "gw")
    other = tmp_path / "other"
    other.mkdir()
    mixed = certificate(tmp_path) | {"TLS_KEY": certificate(other)["TLS_KEY"]}
    with pytest.raises(BadSettingError, match="its own private key"):
        gateway_settings(settings(**mixed), "gw")
    (tmp_path / "ca.pem").write_text("no certificate")
    files = certificate(tmp_path) | {"TLS_CLIENT_CA": tmp_path / "ca.pem"}
    with pytest.raises(BadSettingError, match="ZHIHUAN_GATEWAY_TLS_CLIENT_CA="):
        gateway_settings(settings(**files), "gw")


@pytest.mark.parametrize(
    ("network", "is_error"),
    [("0.0.0.0/0", True), ("::/0", True), ("203.1.2.0/24", False), ("10.0.0.0/8", False)],
)
def test_balancers_trusted_too_widely_are_told(network, is_error):
    assert told(**networks(network)) == [("TRUSTED_PROXIES", is_error)]


def test_one_address_that_may_take_every_connection_is_told():
    assert told(CONNECTIONS=100, CONNECTIONS_PER_ADDRESS=100) == [
        ("CONNECTIONS_PER_ADDRESS", False)
    ]


def test_more_connections_than_the_system_allows_files_are_told(monkeypatch):
    monkeypatch.setattr("zhihuan.web.gateway_safety.files_allowed", lambda: 4096)
    assert told(CONNECTIONS=5000) == [("CONNECTIONS", False)]
    assert told(CONNECTIONS=3000) == []


def test_the_gateway_is_given_what_the_settings_say(tmp_path):
    files = certificate(tmp_path)
    made = gateway_settings(settings(**files, **networks("10.0.0.0/24")), "gw")
    assert (made.host, made.port, made.name) == ("127.0.0.1", 0, "gw")
    assert (made.tls.certificate, made.tls.key) == tuple(files.values())
    assert made.trusted_proxies == (ipaddress.ip_network("10.0.0.0/24"),)
    assert (made.connections, made.connections_per_address) == (300, 50)
