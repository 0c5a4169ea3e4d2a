"""A host that is just enough for devices to talk to: it decodes, records, acknowledges, orders."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from zhihuan.hj212.decoder import Decoder
from zhihuan.hj212.encoder import encode
from zhihuan.hj212.errors import DecodeError
from zhihuan.hj212.message import Message
from zhihuan.hj212.profile import DeviceProfile, Version


@dataclass
class Host:
    """Everything it heard, in order. deaf: it records but does not acknowledge."""

    profile: DeviceProfile = field(default_factory=DeviceProfile)
    messages: list[Message] = field(default_factory=list)
    errors: list[DecodeError] = field(default_factory=list)
    connections: int = 0
    open: set[asyncio.StreamWriter] = field(default_factory=set)
    deaf: bool = False
    port: int = 0

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open.add(writer)
        decoder = Decoder(self.profile)
        with suppress(ConnectionError):
            while chunk := await reader.read(65536):
                for event in decoder.feed(chunk):
                    self._heard(event, writer)
        self.errors.extend(item for item in decoder.close() if isinstance(item, DecodeError))
        self.open.discard(writer)

    def _heard(self, event: Message | DecodeError, writer: asyncio.StreamWriter) -> None:
        if isinstance(event, DecodeError):
            self.errors.append(event)
            return
        self.messages.append(event)
        if event.needs_ack and not self.deaf:
            writer.write(_answer(event))

    def order(
        self,
        device: str,
        cn: str,
        cp: str = "",
        *,
        st: str = "32",
        qn: str,
        flag: int = 5,
        pw: str = "123456",
    ) -> None:
        """Send a command on every open connection."""
        frame = encode(qn=qn, st=st, cn=cn, mn=device, pw=pw, flag=flag, cp=cp)
        for writer in self.open:
            writer.write(frame)

    def heard(self, cn: str) -> list[Message]:
        return [message for message in self.messages if message.cn == cn]

    async def until(self, condition, seconds: float = 10.0) -> None:
        """Wait until the condition holds; fail when it does not come true."""
        async with asyncio.timeout(seconds):
            while not condition():  # noqa: ASYNC110 - any condition, not one event
                await asyncio.sleep(0.01)


def _answer(message: Message) -> bytes:
    cn = "9013" if message.cn in ("9015", "1013") else "9014"
    if message.version is Version.V2005:
        cp = f"QN={message.qn};CN={message.cn}"
        return encode(qn=None, st="91", cn=cn, mn=message.mn, flag=None, cp=cp)
    flag = message.version << 2
    return encode(qn=message.qn, st="91", cn=cn, mn=message.mn, flag=flag, cp="")


@pytest.fixture
async def host() -> AsyncIterator[Host]:
    it = Host()
    server = await asyncio.start_server(it.connected, "127.0.0.1", 0)
    it.port = server.sockets[0].getsockname()[1]
    yield it
    server.close()
    for writer in list(it.open):
        writer.close()
    await it.until(lambda: not it.open)
