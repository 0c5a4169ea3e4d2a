"""The gateway's options out of the platform's settings.

Checks what can be checked without listening: files of TLS that are missing, unreadable, or do not
belong together are told by the name of their variable. Decides nothing about limits; they are
``GatewaySettings``.
"""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

from zhihuan.telemetry.gateway.settings import GatewaySettings, TlsFiles
from zhihuan.telemetry.gateway.tls import server_context
from zhihuan.web.environment import BadSettingError
from zhihuan.web.platform.addresses import read_address

CERTIFICATE = "ZHIHUAN_GATEWAY_TLS_CERTIFICATE"
KEY = "ZHIHUAN_GATEWAY_TLS_KEY"
CLIENT_CA = "ZHIHUAN_GATEWAY_TLS_CLIENT_CA"


def gateway_settings(settings: Any, name: str) -> GatewaySettings:
    """``settings``: Django's settings object; ``name``: of this gateway. Raises BadSettingError."""
    host, port = read_address("ZHIHUAN_GATEWAY_ADDRESS", settings.ZHIHUAN_GATEWAY_ADDRESS)
    return GatewaySettings(
        host=host,
        port=port,
        name=name,
        tls=tls_files(settings),
        trusted_proxies=tuple(settings.ZHIHUAN_GATEWAY_TRUSTED_PROXIES),
        connections=settings.ZHIHUAN_GATEWAY_CONNECTIONS,
        connections_per_address=settings.ZHIHUAN_GATEWAY_CONNECTIONS_PER_ADDRESS,
    )


def tls_files(settings: Any) -> TlsFiles | None:
    """The files of TLS, proven to load; None without TLS. Raises BadSettingError."""
    certificate, key, client_ca = (
        getattr(settings, name) for name in (CERTIFICATE, KEY, CLIENT_CA)
    )
    if certificate is None and key is None:
        if client_ca is not None:
            raise BadSettingError(
                f"{CLIENT_CA} asks devices for a certificate; give {CERTIFICATE} too"
            )
        return None
    if certificate is None or key is None:
        missing = CERTIFICATE if certificate is None else KEY
        raise BadSettingError(f"{CERTIFICATE} and {KEY} belong together: {missing} is not set")
    for name, file in ((CERTIFICATE, certificate), (KEY, key), (CLIENT_CA, client_ca)):
        _readable(name, file)
    return _loaded(TlsFiles(certificate, key, client_ca))


def _readable(name: str, file: Path | None) -> None:
    try:
        if file is not None:
            file.open("rb").close()
    except OSError as error:
        raise BadSettingError(f"{name}='{file}': {error.strerror}") from error


def _loaded(files: TlsFiles) -> TlsFiles:
    try:
        server_context(TlsFiles(files.certificate, files.key))
    except ssl.SSLError as error:
        raise BadSettingError(
            f"{CERTIFICATE}='{files.certificate}' with {KEY}='{files.key}': not a PEM certificate with "
            f"its own private key without a pass phrase ({error.reason or 'unreadable'})"
        ) from error
    try:
        server_context(files)
    except ssl.SSLError as error:
        raise BadSettingError(
            f"{CLIENT_CA}='{files.client_ca}': PEM certificates wanted ({error.reason or 'unreadable'})"
        ) from error
    return files
