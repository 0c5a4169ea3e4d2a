"""Send one message: one connection to a checked address, one answer, so many seconds altogether.

Redirects are not followed. Of the answer its status and ``Retry-After`` are read, nothing else: what a
receiver says is not ours to keep. It never raises: what went wrong is the outcome.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from zhihuan.bureau.webhooks.destination import (
    BadDestinationError,
    Destination,
    addresses_of,
    read_destination,
)

#: All of an attempt, from looking the name up to the last header of the answer [s].
TOTAL_SECONDS = 15.0
_CONNECT_SECONDS = 5.0
_AGENT = "zhihuan-webhook/1"


@dataclass(frozen=True, slots=True)
class Outcome:
    """``status``: of the answer, None without one. ``retry_after``: seconds the receiver asks for, 0 none.
    ``words``: how it went; "" for well."""

    status: int | None
    words: str = ""
    retry_after: int = 0
    milliseconds: int = 0

    @property
    def is_delivered(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class _Pinned(http.client.HTTPConnection):
    """Connects to an address that was checked, speaking to the host by its name."""

    def __init__(self, to: Destination, address: str) -> None:
        super().__init__(to.host, to.port, timeout=_CONNECT_SECONDS)
        self._to, self._address = to, address

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self._to.port), self.timeout)
        if self._to.scheme == "https":
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self._to.host)
        self.sock.settimeout(TOTAL_SECONDS)


def send(url: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
    """POST ``body``; how it went."""
    begun = time.monotonic()
    try:
        destination = read_destination(url)
        addresses = addresses_of(destination)
        outcome = _posted(destination, addresses[0], body, headers)
    except BadDestinationError as error:
        outcome = Outcome(None, str(error))
    except (OSError, http.client.HTTPException, ValueError) as error:
        outcome = Outcome(None, _words_of(error))
    took = int((time.monotonic() - begun) * 1000)
    return Outcome(outcome.status, outcome.words, outcome.retry_after, took)


def _posted(to: Destination, address: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
    connection = _Pinned(to, address)
    cut = threading.Event()
    # a socket's own timeout begins anew with every byte: whoever drips would hold us for ever
    watch = threading.Timer(TOTAL_SECONDS, _cut, (connection, cut))
    watch.daemon = True
    watch.start()
    try:
        connection.putrequest("POST", to.target, skip_host=True, skip_accept_encoding=True)
        for name, value in _all(to, body, headers).items():
            connection.putheader(name, value)
        connection.endheaders(body)
        outcome = _read(connection.getresponse())
    except (OSError, http.client.HTTPException) as error:
        if cut.is_set():
            raise TimeoutError from error
        raise
    finally:
        watch.cancel()
        connection.close()
    if cut.is_set():  # headers that end because we cut the line look whole to the parser
        raise TimeoutError
    return outcome


def _all(to: Destination, body: bytes, headers: Mapping[str, str]) -> dict[str, str]:
    return {
        "Host": to.authority,
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "User-Agent": _AGENT,
        "Connection": "close",
        **headers,
    }


def _cut(connection: http.client.HTTPConnection, cut: threading.Event) -> None:
    cut.set()
    sock = connection.sock
    if sock is not None:
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)


def _read(response: http.client.HTTPResponse) -> Outcome:
    status = response.status
    if 300 <= status < 400:
        return Outcome(status, _("接收方要求转到别处，不跟随"))
    words = "" if 200 <= status < 300 else _("接收方应答 %(status)s") % {"status": status}
    asked = response.getheader("Retry-After", "") or ""
    return Outcome(status, words, int(asked) if asked.isascii() and asked.isdecimal() else 0)


def _words_of(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return _("接收方没有在规定时间内应答")
    if isinstance(error, ssl.SSLError):
        return _("证书或加密连接有误：%(why)s") % {"why": str(error.reason or error)[:80]}
    if isinstance(error, ConnectionRefusedError):
        return _("接收方拒绝连接")
    if isinstance(error, ConnectionError | http.client.RemoteDisconnected):
        return _("连接被接收方中断")
    if isinstance(error, http.client.HTTPException):
        return _("接收方的应答不是 HTTP")
    return _("无法连接：%(why)s") % {"why": str(error)[:80]}
