"""The TLS side of the listener: TLS 1.2 or newer, a client certificate when a CA is named.

It refuses older versions; devices that cannot do 1.2 belong behind a VPN, not behind bad TLS.
"""

from __future__ import annotations

import ssl

from zhihuan.telemetry.gateway.settings import TlsFiles

__all__ = ["server_context"]


def server_context(files: TlsFiles) -> ssl.SSLContext:
    """An SSL context for devices. Raises OSError, or ssl.SSLError for what is no usable PEM file.

    A key with a pass phrase is refused: nobody is there to type it when a machine starts.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(files.certificate, files.key, password="")
    if files.client_ca is not None:
        context.load_verify_locations(files.client_ca)
        context.verify_mode = ssl.CERT_REQUIRED
    return context
