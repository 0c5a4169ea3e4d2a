"""A fleet of synthetic devices that forget nothing that was acknowledged to them.

Real sockets, HJ 212-2017 frames, re-sending as HJ 212-2017, 6.2 asks: what was not answered is sent again.
``missing`` compares their memory with a store.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from dataclasses import dataclass, field

import numpy as np

from zhihuan.hj212 import frame
from zhihuan.hj212.message import epoch_of
from zhihuan.telemetry.digest import frame_id, sm3
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store import TelemetryStore

#: How many frames a device leaves unanswered before it waits.
WINDOW = 16
PASSWORD = "123456"


def mn_of(index: int) -> str:
    """The number of the fleet's device ``index``."""
    return f"{index:024X}"


@dataclass(frozen=True, slots=True)
class Sent:
    """A frame as its device remembers it."""

    mn: str
    qn: str
    time: int
    value: float
    raw: bytes


@dataclass
class Device:
    """Numbers its frames, keeps each until it is acknowledged, and what was acknowledged."""

    mn: str
    started: float
    serial: int = 0
    waiting: dict[str, Sent] = field(default_factory=dict)
    acknowledged: dict[str, Sent] = field(default_factory=dict)

    def make(self) -> Sent:
        """The next frame: one second of data time after the one before, its own value."""
        self.serial += 1
        moment = time.gmtime(self.started + 8 * 3600 + self.serial)
        wire = time.strftime("%Y%m%d%H%M%S", moment)
        qn, value = f"{wire}{self.serial % 1000:03d}", self.serial / 10
        cp = f"DataTime={wire};w01018-Rtd={value},w01018-Flag=N;w21003-Rtd=0.5,w21003-Flag=N"
        segment = f"QN={qn};ST=32;CN=2011;PW={PASSWORD};MN={self.mn};Flag=5;CP=&&{cp}&&"
        sent = Sent(self.mn, qn, epoch_of(wire) or 0, value, frame(segment.encode()))
        self.waiting[qn] = sent
        return sent

    def answered(self, qn: str) -> bool:
        """Note an acknowledgement; False when it was known already."""
        sent = self.waiting.pop(qn, None)
        if sent is None:
            return False
        self.acknowledged[qn] = sent
        return True


class Fleet:
    """Devices on real sockets: they reconnect, send again what was not answered, and go on."""

    def __init__(self, ports: list[int], devices: int) -> None:
        started = time.time() - 3600
        self.devices = [Device(mn_of(index), started) for index in range(devices)]
        self.ports = ports
        self.sending = True
        self.sent_again = self.answered_again = 0
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def acknowledged(self) -> int:
        return sum(len(device.acknowledged) for device in self.devices)

    @property
    def waiting(self) -> int:
        return sum(len(device.waiting) for device in self.devices)

    def start(self) -> None:
        self._tasks = [asyncio.create_task(self._live(device)) for device in self.devices]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def settle(self, seconds: float = 120) -> None:
        """Make nothing new; wait until all that was sent is answered."""
        self.sending = False
        async with asyncio.timeout(seconds):
            while self.waiting:  # noqa: ASYNC110 - answers come from another process
                await asyncio.sleep(0.05)

    async def until_acknowledged(self, count: int, seconds: float = 90) -> None:
        async with asyncio.timeout(seconds):
            while self.acknowledged < count:  # noqa: ASYNC110 - see above
                await asyncio.sleep(0.01)

    async def _live(self, device: Device) -> None:
        turn = random.randrange(len(self.ports))
        while True:
            turn += 1
            port = self.ports[turn % len(self.ports)]
            with contextlib.suppress(ConnectionError, TimeoutError):
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                try:
                    await self._talk(device, reader, writer)
                finally:
                    writer.close()
            await asyncio.sleep(0.05)

    async def _talk(
        self, device: Device, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        again = [sent.raw for sent in device.waiting.values()]
        self.sent_again += len(again)
        writer.write(b"".join(again))
        while True:
            while self.sending and len(device.waiting) < WINDOW:
                writer.write(device.make().raw)
            try:
                async with asyncio.timeout(10 if device.waiting else None):
                    answer = await reader.readuntil(b"\r\n")
            except asyncio.IncompleteReadError:
                return
            assert b";CN=9014;" in answer, answer
            self.answered_again += not device.answered(answer[9:26].decode())


def missing(store: TelemetryStore, device: Device) -> list[str]:
    """What is wrong in the store with the frames acknowledged to a device; [] when each is there
    exactly once, bytes and values alike."""
    frames = store.frames(device.mn, 0, 2**50, limit=5_000_000)
    counted = dict(zip(*np.unique(frames.frame_id, return_counts=True), strict=True))
    raw = {bytes(one) for one in frames.raw}
    wrong = []
    for sent in device.acknowledged.values():
        name = frame_id(sm3(sent.raw[:-2]))
        if counted.get(np.uint64(name), 0) != 1 or sent.raw[:-2] not in raw:
            wrong.append(f"{sent.mn} QN={sent.qn}: {counted.get(np.uint64(name), 0)} frames")
    series = store.series(device.mn, "w01018", Kind.REALTIME, 0, 2**32 - 1)
    values = dict(zip(series.time.tolist(), series.value.tolist(), strict=True))
    if len(values) != len(series.time):
        wrong.append(f"{device.mn}: {len(series.time) - len(values)} rows twice")
    wrong += [
        f"{sent.mn} QN={sent.qn}: value {values.get(sent.time)} instead of {sent.value}"
        for sent in device.acknowledged.values()
        if values.get(sent.time) != sent.value
    ]
    return wrong
