"""The certificate that browsers are shown. (The gateway's own, ``settings`` tells.)"""

from __future__ import annotations

import datetime as dt
import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

from cryptography import x509

from zhihuan.web.doctor.diagnosis import Diagnosis, error, fine, warning
from zhihuan.web.doctor.patient import Patient

_SECONDS = 5
_SOON = dt.timedelta(days=21)
_PORT = 443


def look(patient: Patient) -> Iterator[Diagnosis]:
    if not patient.settings.HTTPS:
        return  # told by `settings`
    host, port = _where(patient.settings)
    try:
        ends = _not_after(host, port)
    except (OSError, ValueError) as trouble:
        yield warning(
            f"no certificate could be had from {host}:{port} ({trouble})",
            "Browsers may not reach the platform either.",
            "Start the proxy; is the name right in ZHIHUAN_ALLOWED_HOSTS?",
        )
        return
    yield judge(f"{host}:{port}", ends - patient.now)


def _where(settings: object) -> tuple[str, int]:
    """A trusted origin names host and port; else the first name the platform answers to."""
    for origin in settings.CSRF_TRUSTED_ORIGINS:  # type: ignore[attr-defined]
        parts = urlsplit(origin)
        if parts.scheme == "https" and parts.hostname and "*" not in parts.hostname:
            return parts.hostname, parts.port or _PORT
    names: list[str] = settings.ALLOWED_HOSTS  # type: ignore[attr-defined]
    return (names[0].lstrip(".*") if names else "localhost"), _PORT


def _not_after(host: str, port: int) -> dt.datetime:
    context = ssl.create_default_context()
    # whether browsers trust it is theirs to say; here its end is wanted, also of one that has ended
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection((host, port), _SECONDS) as plain,
        context.wrap_socket(plain, server_hostname=host) as secure,
    ):
        shown = secure.getpeercert(binary_form=True)
    return x509.load_der_x509_certificate(shown or b"").not_valid_after_utc


def judge(where: str, left: dt.timedelta) -> Diagnosis:
    """left: until its validity ends; negative when it has."""
    if left < dt.timedelta(0):
        return error(f"the certificate of {where} ended {-left.days} days ago", _WHY, _RENEW)
    if left < _SOON:
        return warning(f"the certificate of {where} ends in {left.days} days", _WHY, _RENEW)
    return fine(f"the certificate of {where} is good for {left.days} days")


_WHY = "Browsers warn people away, and with HSTS they cannot go on."
_RENEW = "Renew it and reload nginx; let that be automatic (certbot, acme.sh)."
