"""Ask the platform that runs on this machine, as Prometheus would."""

from __future__ import annotations

import http.client
from typing import Any

from zhihuan.web.environment import host_and_port

_SECONDS = 5


class Unreachable(Exception):  # noqa: N818 - named for what happened
    """Nobody answers at the web address, or not with figures."""


def metrics_text(settings: Any) -> str:
    """``/metrics`` of ZHIHUAN_WEB_ADDRESS. Raises Unreachable."""
    token = settings.ZHIHUAN_METRICS_TOKEN
    # the first name the platform answers to; behind HTTPS this address is exempt from redirection
    names = [name for name in settings.ALLOWED_HOSTS if name.strip("*.")]
    headers = {"Host": names[0].lstrip(".") if names else "localhost"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    return _get(settings.ZHIHUAN_WEB_ADDRESS, "/metrics", headers)


def _get(address: str, path: str, headers: dict[str, str]) -> str:
    host, port = host_and_port(address)
    everywhere = host in {"0.0.0.0", "::", ""}  # noqa: S104 - compared, not bound
    connection = http.client.HTTPConnection(
        "127.0.0.1" if everywhere else host, port, timeout=_SECONDS
    )
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        text = answer.read().decode()
    except (OSError, http.client.HTTPException, UnicodeDecodeError) as error:
        raise Unreachable(str(error)) from error
    finally:
        connection.close()
    if answer.status != http.client.OK:
        raise Unreachable(f"HTTP {answer.status}")
    return text
