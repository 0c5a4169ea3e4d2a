"""A receiver on this machine that does as it is told, and a subscription that sends to it."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from zhihuan.bureau.webhooks import sending
from zhihuan.bureau.webhooks.holding import set_up

OK = b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n"


def answer(status: int, *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status} X", "Content-Length: 0", *headers, "", ""]
    return "\r\n".join(lines).encode()


@dataclass
class Receiver:
    """``faults``: what to do with the next connections, in turn: bytes to answer, "reset", "silent", "drip";
    after that ``OK``. ``got``: (headers, body) of every request."""

    port: int
    faults: list = field(default_factory=list)
    got: list = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?from=zhihuan"

    def serve(self, listening: socket.socket) -> None:
        while not self.stopped.is_set():
            try:
                connection, _peer = listening.accept()
            except OSError:
                return
            fault = self.faults.pop(0) if self.faults else OK
            threading.Thread(target=self._talk, args=(connection, fault), daemon=True).start()

    def _talk(self, connection: socket.socket, fault) -> None:
        with connection:
            if fault == "reset":
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
            self.got.append(_request(connection))
            if fault == "silent":
                self.stopped.wait(30)
            elif fault == "drip":
                self._drip(connection)
            else:
                connection.sendall(fault)

    def _drip(self, connection: socket.socket) -> None:
        for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 10_000:
            if self.stopped.is_set():
                return
            try:
                connection.sendall(bytes([byte]))
            except OSError:
                return
            time.sleep(0.05)


def _request(connection: socket.socket) -> tuple[dict[str, str], bytes]:
    read = connection.makefile("rb")
    first = read.readline().decode()
    headers = {"": first.strip()}
    while (line := read.readline().decode().strip()) != "":
        name, _colon, value = line.partition(": ")
        headers[name.lower()] = value
    return headers, read.read(int(headers.get("content-length", 0)))


@pytest.fixture
def receiver(settings, monkeypatch) -> Iterator[Receiver]:
    monkeypatch.setattr(sending, "TOTAL_SECONDS", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        made = Receiver(listening.getsockname()[1])
        settings.ZHIHUAN_WEBHOOK_HOSTS = [f"127.0.0.1:{made.port}"]
        thread = threading.Thread(target=made.serve, args=(listening,), daemon=True)
        thread.start()
        yield made
        made.stopped.set()


@pytest.fixture
def subscribe(person, receiver) -> Callable:
    """``subscribe("record.changed", role="档案管理员")``: a subscription of somebody, to the receiver."""

    def make(*kinds: str, role: str = "档案管理员", at=None, name: str = "keeper"):
        owner = person(role, name=name, at=at)
        return set_up(owner, name="交换平台", url=receiver.url, kinds=kinds)

    return make
