"""Judge the settings of the gateway: what is unsafe about its TLS, its balancers and its limits.

Pure like ``safety``, which asks it. Plain TCP is not judged: HJ 212 is spoken so, and few data
loggers can do otherwise; docs/gateway.md says what that means.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509

from zhihuan.telemetry.gateway.open_files import BESIDE_DEVICES, files_allowed
from zhihuan.web.environment import BadSettingError
from zhihuan.web.finding import Finding
from zhihuan.web.platform.gateway_settings import CERTIFICATE, KEY, tls_files

PROXIES = "ZHIHUAN_GATEWAY_TRUSTED_PROXIES"
CONNECTIONS = "ZHIHUAN_GATEWAY_CONNECTIONS"
PER_ADDRESS = "ZHIHUAN_GATEWAY_CONNECTIONS_PER_ADDRESS"
_SOON = timedelta(days=30)
_MANY_ADDRESSES = 65_536


def gateway_findings(settings: Any) -> Iterator[Finding]:
    """Everything unsafe about the gateway in ``settings`` (Django's settings object)."""
    yield from _tls(settings)
    yield from _proxies(settings)
    yield from _limits(settings)


def _tls(settings: Any) -> Iterator[Finding]:
    try:
        files = tls_files(settings)
    except BadSettingError as error:
        name, _, why = str(error).partition("=")
        setting = name if why else CERTIFICATE
        remedy = "Correct the files, or unset all three settings to take devices over plain TCP."
        yield Finding(setting, f"The gateway cannot start: {error}.", remedy, is_error=True)
        return
    if files is None:
        return
    yield from _validity(files.certificate)
    if files.key.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield Finding(
            KEY,
            f"{files.key} can be read by other accounts of this machine: whoever has it can pass for "
            "this platform before devices.",
            f"chmod 600 {files.key}, owned by the account that runs the platform.",
            is_error=True,
        )


def _validity(file: Path) -> Iterator[Finding]:
    ends = x509.load_pem_x509_certificates(file.read_bytes())[0].not_valid_after_utc
    left = ends - datetime.now(UTC)
    if left < _SOON:
        word = "has ended" if left < timedelta(0) else "ends soon"
        yield Finding(
            CERTIFICATE,
            f"The validity of {file} {word} ({ends:%Y-%m-%d}): devices that check it do not connect "
            "after that day.",
            "Renew the certificate and start again; the gateway reads it when it starts.",
            is_error=left < timedelta(0),
        )


def _proxies(settings: Any) -> Iterator[Finding]:
    for network in settings.ZHIHUAN_GATEWAY_TRUSTED_PROXIES:
        if network.prefixlen == 0:
            yield Finding(
                PROXIES,
                f"{network} is everybody: any peer may claim any address in its PROXY header, so limits "
                "and logs mean nothing, and devices that come without a balancer are refused.",
                "Name the balancers' own addresses only, e.g. 10.0.0.5/32.",
                is_error=True,
            )
        elif not network.is_private and network.num_addresses > 1:
            yield _wide(network, "lies on the public internet")
        elif network.num_addresses > _MANY_ADDRESSES:
            yield _wide(network, f"has {network.num_addresses} addresses")


def _wide(network: Any, why: str) -> Finding:
    return Finding(
        PROXIES,
        f"{network} {why}: every machine in it may claim any address in its PROXY header.",
        "Name the balancers' own addresses only, e.g. 10.0.0.5/32.",
    )


def _limits(settings: Any) -> Iterator[Finding]:
    connections = settings.ZHIHUAN_GATEWAY_CONNECTIONS
    if connections <= settings.ZHIHUAN_GATEWAY_CONNECTIONS_PER_ADDRESS:
        yield Finding(
            PER_ADDRESS,
            f"One address may take all {connections} connections and shut out every other device.",
            f"Set it well below {CONNECTIONS}.",
        )
    allowed = files_allowed()
    if connections + BESIDE_DEVICES > allowed:
        yield Finding(
            CONNECTIONS,
            f"{connections} connections are allowed, but the system lets this process open {allowed} "
            "files: beyond that nobody can connect, and the databases may not either.",
            f"Raise the bound to {connections + BESIDE_DEVICES} or more (systemd: LimitNOFILE=, shell: "
            f"ulimit -Hn), or lower {CONNECTIONS}.",
        )
