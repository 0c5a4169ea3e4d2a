"""A line to the platform that carries so many bits a second each way, with a delay; plain TCP, so nobody gets round it.

with NarrowLine("127.0.0.1", 8000) as line:
    …  # wide
    line.narrow(bits_per_second=100_000, delay_seconds=0.075)
    …
    line.carried()  # bytes up and down since then, seconds since the first of them to the last
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from dataclasses import dataclass, field
from typing import Any

_CHUNK = 1024


@dataclass
class Way:
    """One direction: all connections share it."""

    free_at: float = 0.0
    bytes: int = 0
    first: float = 0.0
    last: float = 0.0

    def due(self, size: int, bits_per_second: float) -> float:
        """When these bytes have gone through, one after another with all the others."""
        self.free_at = max(time.monotonic(), self.free_at) + 8 * size / bits_per_second
        return self.free_at

    def delivered(self, size: int) -> None:
        """They are through: by the clock on the wall, not by the plan."""
        now = time.monotonic()
        self.first, self.last = self.first or now, now
        self.bytes += size


@dataclass(frozen=True)
class Carried:
    """bits_per_second: of the busier direction, over the time in which anything was on the line."""

    up_bytes: int
    down_bytes: int
    seconds: float

    @property
    def bits_per_second(self) -> float:
        return 8 * max(self.up_bytes, self.down_bytes) / self.seconds


@dataclass
class NarrowLine:
    """To that host and port; ``address`` is where its near end listens."""

    host: str
    port: int
    address: str = ""
    _bits: float = float("inf")
    _delay: float = 0.0
    _up: Way = field(default_factory=Way)
    _down: Way = field(default_factory=Way)
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _thread: threading.Thread | None = None

    def __enter__(self) -> NarrowLine:
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        server = self._in_loop(asyncio.start_server(self._connected, "127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        return self

    def __exit__(self, *_error: object) -> None:
        self._in_loop(self._ended())
        self._loop.call_soon_threadsafe(self._loop.stop)
        assert self._thread is not None
        self._thread.join()

    def narrow(self, *, bits_per_second: float, delay_seconds: float) -> None:
        """From now on, each way. delay_seconds: one way."""
        self._up, self._down = Way(), Way()
        self._bits, self._delay = bits_per_second, delay_seconds

    def carried(self) -> Carried:
        """Since it was made narrow."""
        ways = [each for each in (self._up, self._down) if each.bytes]
        seconds = max(each.last for each in ways) - min(each.first for each in ways)
        return Carried(self._up.bytes, self._down.bytes, seconds)

    def _in_loop(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _ended(self) -> None:
        """Nobody is left who waits for a piece."""
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _connected(self, near: Any, near_out: Any) -> None:
        far, far_out = await asyncio.open_connection(self.host, self.port)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._carry(near, far_out, up=True))
            group.create_task(self._carry(far, near_out, up=False))

    async def _carry(self, source: Any, target: Any, *, up: bool) -> None:
        """In order, each piece when it is due."""
        queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        sender = asyncio.create_task(self._deliver(queue, target, up=up))
        with contextlib.suppress(ConnectionError):
            while piece := await source.read(_CHUNK):
                due = (self._up if up else self._down).due(len(piece), self._bits)
                await queue.put((due + self._delay, piece))
                await asyncio.sleep(
                    max(0.0, due - time.monotonic())
                )  # reads no faster than it sends
        await queue.put((0.0, b""))
        await sender

    async def _deliver(self, queue: Any, target: Any, *, up: bool) -> None:
        with contextlib.suppress(ConnectionError):
            while True:
                due, piece = await queue.get()
                if not piece:
                    break
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                target.write(piece)
                await target.drain()
                (self._up if up else self._down).delivered(len(piece))
        target.close()
