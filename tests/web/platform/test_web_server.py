"""What the web server listens on."""

from __future__ import annotations

import asyncio
import socket

import pytest

from zhihuan.web.platform import web_server
from zhihuan.web.platform.addresses import Address
from zhihuan.web.platform.web_server import WebServer, listen


async def test_what_is_written_to_a_reader_leaves_at_once() -> None:
    told: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        accepted = writer.get_extra_info("socket")
        told.set_result(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    listening = listen(Address("127.0.0.1", 0))
    async with await asyncio.start_server(answer, sock=listening):
        _reader, writer = await asyncio.open_connection(*listening.getsockname())
        assert await told
        writer.close()


def test_a_taken_port_is_told_with_its_setting() -> None:
    with listen(Address("127.0.0.1", 0)) as listening:
        taken = Address("127.0.0.1", listening.getsockname()[1])
        with pytest.raises(OSError, match="ZHIHUAN_WEB_ADDRESS"):
            listen(taken)


@pytest.mark.parametrize(("after", "made"), [(0.0, ["zhihuan.web.api.urls"]), (60.0, [])])
def test_what_programs_ask_for_is_made_once_pages_are_served(
    monkeypatch: pytest.MonkeyPatch, after: float, made: list[str]
) -> None:
    """And not by a server that stopped before."""
    asked: list[str] = []
    monkeypatch.setattr(web_server, "_INTERFACE_SECONDS", after)
    monkeypatch.setattr(web_server, "import_module", asked.append)
    monkeypatch.setattr(WebServer, "_run", lambda _self: None)
    server = WebServer(listen(Address("127.0.0.1", 0)))
    server.start()
    if made:
        server._later.join(30)
    server.stop()
    server._later.join(30)
    assert asked == made
