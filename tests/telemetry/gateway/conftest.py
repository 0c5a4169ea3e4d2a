"""A running gateway and peers to talk to it, on a real embedded store."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import uvloop

from zhihuan.hj212 import Decoder, Message, crc16, frame
from zhihuan.telemetry.gateway import Gateway, GatewayPorts, GatewaySettings
from zhihuan.telemetry.ports import (
    ExchangeStep,
    JournalEntry,
    OrderedCommand,
    QuarantinedTraffic,
    RegisteredDevice,
)
from zhihuan.telemetry.rows import Batch
from zhihuan.telemetry.store import StoreUnavailable, TelemetryStore, open_store

PASSWORD = "123456"
_SERIAL = itertools.count(1)


BEIJING = timezone(timedelta(hours=8))


def wire_time(at: datetime | None = None) -> str:
    return f"{(at or datetime.now(UTC)).astimezone(BEIJING):%Y%m%d%H%M%S}"


def qn() -> str:
    """A QN of now that no other frame of this run has."""
    return f"{wire_time()}{next(_SERIAL) % 1000:03d}"


def upload(mn: str, cp: str = "", **fields: Any) -> bytes:
    """A data frame of a 2017 device that wants an answer, unless told otherwise."""
    head = {"QN": qn(), "ST": "32", "CN": "2011", "PW": PASSWORD, "MN": mn, "Flag": "5"} | fields
    parts = ";".join(f"{key}={value}" for key, value in head.items() if value is not None)
    cp = cp or f"DataTime={wire_time()};w01018-Rtd=21.5,w01018-Flag=N"
    return frame(f"{parts};CP=&&{cp}&&".encode())


def with_wrong_crc(good: bytes) -> bytes:
    segment = good[6:-6]
    return b"##%04d%b%04X\r\n" % (len(segment), segment, crc16(segment) ^ 0x0100)


class Directory:
    """Devices a test changes while the gateway runs."""

    def __init__(self) -> None:
        self.devices: dict[str, RegisteredDevice] = {}
        self._version = 0

    def register(self, mn: str, **fields: Any) -> RegisteredDevice:
        device = RegisteredDevice(mn, **{"password": PASSWORD, **fields})
        self.devices[mn] = device
        self._version += 1
        return device

    def version(self) -> int:
        return self._version

    def snapshot(self) -> Mapping[str, RegisteredDevice]:
        return dict(self.devices)


class Kept:
    """Quarantine and journal in a list; may be told to fail."""

    def __init__(self) -> None:
        self.items: list[Any] = []
        self.fail = 0

    def _keep(self, items: Sequence[Any]) -> None:
        if self.fail:
            self.fail -= 1
            raise OSError("disk full")
        self.items += items

    def put(self, items: Sequence[QuarantinedTraffic]) -> None:
        self._keep(items)

    def record(self, entries: Sequence[JournalEntry]) -> None:
        self._keep(entries)


class Outbox:
    """Commands in memory."""

    def __init__(self) -> None:
        self.waiting: list[OrderedCommand] = []
        self.steps: dict[str, list[ExchangeStep]] = {}
        self.finished: dict[str, ExchangeStep] = {}

    def due(self, mns: Collection[str]) -> list[OrderedCommand]:
        first: dict[str, OrderedCommand] = {}
        for command in self.waiting:
            if command.mn in mns:
                first.setdefault(command.mn, command)
        return list(first.values())

    def claim(self, command_id: str, gateway: str) -> bool:
        before = len(self.waiting)
        self.waiting = [command for command in self.waiting if command.id != command_id]
        return len(self.waiting) < before

    def record(self, command_id: str, step: ExchangeStep) -> None:
        self.steps.setdefault(command_id, []).append(step)

    def finish(self, command_id: str, result: ExchangeStep) -> None:
        self.finished[command_id] = result


class Valve:
    """The real store behind a valve: shut it, or take it down."""

    def __init__(self, store: TelemetryStore) -> None:
        self._store = store
        self.open = threading.Event()
        self.open.set()
        self.down = False
        self.batches = 0

    def write(self, batch: Batch) -> None:
        self.open.wait(20)
        if self.down:
            raise StoreUnavailable("taken down by the test")
        self._store.write(batch)
        self.batches += 1

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


class Peer:
    """A device's end of a connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        self._decoder = Decoder()
        self._messages: list[Message] = []

    def send(self, *frames: bytes) -> None:
        self.writer.write(b"".join(frames))

    async def answer(self, seconds: float = 10.0) -> Message:
        """The next message from the gateway."""
        async with asyncio.timeout(seconds):
            while not self._messages:
                chunk = await self.reader.read(65536)
                assert chunk, "the gateway closed the connection"
                events = self._decoder.feed(chunk)
                assert all(isinstance(event, Message) for event in events), events
                self._messages += events  # type: ignore[arg-type]
        return self._messages.pop(0)

    async def answers(self, count: int) -> list[Message]:
        return [await self.answer() for _ in range(count)]

    async def silence(self, seconds: float = 0.3) -> None:
        """Nothing comes for a while."""
        try:
            message = await self.answer(seconds)
        except TimeoutError:
            return
        raise AssertionError(f"unexpected answer {message!r}")

    async def closed(self, seconds: float = 10.0) -> None:
        """The gateway ends the connection."""
        async with asyncio.timeout(seconds):
            try:
                while await self.reader.read(65536):
                    pass
            except ConnectionError:
                pass

    async def close(self) -> None:
        self.writer.close()
        with suppress(ConnectionError):
            await self.writer.wait_closed()


class Rig:
    """A gateway and all it is connected to."""

    def __init__(self, store: TelemetryStore, settings: GatewaySettings) -> None:
        self.directory, self.quarantine, self.journal = Directory(), Kept(), Kept()
        self.outbox, self.store = Outbox(), Valve(store)
        ports = GatewayPorts(self.store, self.directory, self.quarantine, self.outbox, self.journal)  # type: ignore[arg-type]
        self.gateway = Gateway(ports, settings)

    def device(self, **fields: Any) -> str:
        """Register a device of its own for this test; its MN."""
        mn = f"{next(_SERIAL):024X}"
        self.directory.register(mn, **fields)
        return mn

    async def known(self) -> None:
        """Let the gateway see the registry as it is now."""
        await self.gateway._watch.refresh()

    async def connect(self, **options: Any) -> Peer:
        return Peer(*await asyncio.open_connection("127.0.0.1", self.gateway.port, **options))

    async def reasons(self, count: int = 1) -> list[str]:
        """The reasons in quarantine, once there are ``count``."""
        await self.until(lambda: len(self.quarantine.items) >= count)
        return [item.reason for item in self.quarantine.items]

    async def until(self, true: Any, seconds: float = 10.0) -> None:
        async with asyncio.timeout(seconds):
            while not true():  # noqa: ASYNC110 - what is waited for happens in threads and sockets
                await asyncio.sleep(0.01)

    upload = staticmethod(upload)
    qn = staticmethod(qn)
    wire_time = staticmethod(wire_time)
    with_wrong_crc = staticmethod(with_wrong_crc)

    def frames(self, mn: str) -> list[bytes]:
        """Raw frames of a device in the store."""
        table = self.store.frames(mn, 0, 2**50, limit=100_000)
        return [bytes(raw) for raw in table.raw]


@asynccontextmanager
async def running(store: TelemetryStore, **settings: Any) -> AsyncIterator[Rig]:
    quick = GatewaySettings(
        host="127.0.0.1",
        port=0,
        report_seconds=0.01,
        sweep_seconds=0.05,
        directory_seconds=0.05,
        outbox_seconds=0.05,
        retry_first_seconds=0.01,
        retry_most_seconds=0.05,
        stop_seconds=5.0,
    )
    rig = Rig(store, replace(quick, **settings))
    await rig.gateway.start()
    try:
        yield rig
    finally:
        rig.store.open.set()
        rig.store.down = False
        await rig.gateway.stop()


def pytest_asyncio_loop_factories(config: pytest.Config, item: pytest.Item) -> dict[str, Any]:
    """The loop the gateway runs on in earnest."""
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture(scope="module")
def gateway_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TelemetryStore]:
    """One embedded store for a module; its tests use devices of their own."""
    folder: Path = tmp_path_factory.mktemp("gateway")
    store = open_store(f"chdb://{folder}/telemetry")
    store.migrate()
    yield store
    store.close()


@pytest.fixture
def gateway_with(gateway_store: TelemetryStore) -> Any:
    """``async with gateway_with(batch_rows=10) as rig``: a gateway with other settings."""
    return partial(running, gateway_store)


@pytest.fixture
async def rig(gateway_store: TelemetryStore) -> AsyncIterator[Rig]:
    async with running(gateway_store) as made:
        yield made
