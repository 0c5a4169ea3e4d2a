"""A gateway that can be killed, and a fleet of devices that forget nothing it acknowledged."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import json
import os
import random
import signal
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from zhihuan.hj212 import frame
from zhihuan.hj212.message import epoch_of
from zhihuan.telemetry.digest import frame_id, sm3
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store import TelemetryStore

WINDOW = 16
_CLUSTER_SCRIPT = Path(__file__).parents[2] / "scripts" / "clickhouse_cluster.py"
_START_SECONDS = 90


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
        segment = f"QN={qn};ST=32;CN=2011;PW=123456;MN={self.mn};Flag=5;CP=&&{cp}&&"
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
        self.devices = [Device(f"{index:024X}", started) for index in range(devices)]
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


class Process:
    """``zhihuan gateway`` as a process that can be started, killed and stopped."""

    def __init__(self, folder: Path, store_url: str, devices: int) -> None:
        self._folder = folder
        self._store_url = store_url
        self.port = free_port()
        self._process: asyncio.subprocess.Process | None = None
        lines = [f"{index:024X},123456" for index in range(devices)]
        (folder / "devices.csv").write_text("\n".join(["mn,password", *lines]) + "\n")

    async def start(self) -> float:
        """Start and wait until it listens; how long that took, seconds."""
        started = time.monotonic()
        folder = self._folder
        command = [sys.executable, "-c", "from zhihuan.cli import main; main()", "gateway"]
        command += ["--devices", str(folder / "devices.csv"), "--store", self._store_url]
        command += ["--listen", f"127.0.0.1:{self.port}", "--spool", str(folder / "spool")]
        self._process = await asyncio.create_subprocess_exec(
            *command, stderr=asyncio.subprocess.PIPE, stdin=asyncio.subprocess.DEVNULL
        )
        async with asyncio.timeout(_START_SECONDS):
            await self._until_listening()
        return time.monotonic() - started

    async def _until_listening(self) -> None:
        assert self._process is not None
        assert self._process.stderr is not None
        seen = []
        while line := await self._process.stderr.readline():
            seen.append(line.decode(errors="replace"))
            if '"gateway_started"' in seen[-1]:
                self._drain = asyncio.create_task(self._process.stderr.read())
                return
        raise AssertionError("the gateway did not start:\n" + "".join(seen))

    async def end(self, number: signal.Signals) -> int:
        """Send a signal and wait; the exit code."""
        assert self._process is not None
        self._process.send_signal(number)
        async with asyncio.timeout(60):
            return await self._process.wait()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


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


class Harness:
    """What a crash test needs by name (test folders are no packages)."""

    Fleet = Fleet
    Process = Process
    missing = staticmethod(missing)

    @staticmethod
    def rounds(small_dose: int) -> int:
        """How often to kill: a small dose by default, ZHIHUAN_CRASH_ROUNDS for the full one."""
        return int(os.environ.get("ZHIHUAN_CRASH_ROUNDS", small_dose))

    @staticmethod
    def tell(**facts: Any) -> None:
        """A line of the round's log."""
        print(json.dumps(facts), flush=True)


def _cluster_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("clickhouse_cluster", _CLUSTER_SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["clickhouse_cluster"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def cluster() -> Iterator[Any]:
    """A cluster of this test's own, for it is not returned whole. Where CI=true a missing program
    is a failure, elsewhere a skip."""
    script = _cluster_script()
    if lacking := script.missing_programs():
        reason = "no ClickHouse cluster here: missing " + "; ".join(lacking)
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    with script.running_cluster() as started:
        yield started


@pytest.fixture
def harness() -> Harness:
    """Fleet, Process and what belongs to them."""
    return Harness()
