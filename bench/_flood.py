"""A lean flood client: many connections, unique frames, every acknowledgement matched by QN.

Frames are rendered while sending (template, QN, DataTime, CRC), so each is unique and the gateway
cannot answer from its memory of re-sends. One process; ``bench.gateway`` starts several.

    python -m bench._flood --port 9212 --devices 5000 --connections 200 --seconds 10

Prints one JSON object: frames sent and acknowledged, seconds, ack latency in milliseconds.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import itertools
import json
import random
import time
from collections import deque
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import uvloop

from zhihuan.hj212.crc import crc_text

PASSWORD = "123456"
_FACTORS = (
    "w01018",
    "w21003",
    "w21011",
    "w21001",
    "w01001",
    "w00000",
    "w01010",
    "w01012",
    "w20122",
    "w20123",
)


def mn_of(index: int) -> str:
    """The MN of a bench device."""
    return f"{index:024X}"


@lru_cache(maxsize=64)
def values(seed: int) -> bytes:
    """A CP tail of ten factors, Min Avg Max Flag each: frames of about 600 bytes."""
    chance = random.Random(seed)
    groups = []
    for factor in _FACTORS:
        low, middle, high = sorted(f"{chance.uniform(1, 99):.1f}" for _ in range(3))
        groups.append(f"{factor}-Min={low},{factor}-Avg={middle},{factor}-Max={high}")
    return ";".join(groups).encode()


@lru_cache(maxsize=4)
def wire_second(second: int) -> bytes:
    """YYYYMMDDhhmmss of an epoch second that is Beijing time already."""
    return time.strftime("%Y%m%d%H%M%S", time.gmtime(second)).encode()


def frames(first: int, devices: int) -> Iterator[tuple[bytes, bytes]]:
    """(QN, frame) for ever: devices in turn, each a second later than its frame before."""
    tails = [values(seed) for seed in range(64)]
    heads = [
        f";ST=32;CN=2051;PW={PASSWORD};MN={mn_of(first + index)};Flag=5;CP=&&DataTime=".encode()
        for index in range(devices)
    ]
    turn, started, counter = 0, time.time() + 8 * 3600, itertools.count()
    while True:
        data_time = time.strftime("%Y%m%d%H%M%S", time.gmtime(started + turn)).encode()
        for index, head in enumerate(heads):
            now = time.time() + 8 * 3600
            qn = b"%b%03d" % (wire_second(int(now)), next(counter) % 1000)
            tail = tails[(index + turn) % 64]
            segment = b"QN=%b%b%b;%b&&" % (qn, head, data_time, tail)
            yield qn, b"##%04d%b%b\r\n" % (len(segment), segment, crc_text(segment))
        turn += 1


class Flood(asyncio.Protocol):
    """One connection that keeps ``window`` frames unanswered, or follows a pace."""

    def __init__(self, source: Iterator[tuple[bytes, bytes]], window: int, record: bool) -> None:
        self._source = source
        self._window = window
        self._record = record
        self._sent: dict[bytes, deque[float]] = {}
        self._rest = b""
        self._transport: Any = None
        self.sent = self.acked = 0
        self.latencies: list[tuple[float, float]] = []  # when sent, how long it took

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def send(self, count: int) -> None:
        """Send ``count`` frames in one write."""
        now, parts = time.perf_counter(), []
        for _ in range(count):
            qn, frame = next(self._source)
            if self._record:
                self._sent.setdefault(qn, deque()).append(now)
            parts.append(frame)
        self.sent += count
        self._transport.write(b"".join(parts))

    def data_received(self, data: bytes) -> None:
        *answers, self._rest = (self._rest + data).split(b"\r\n")
        self.acked += len(answers)
        if self._record:
            now = time.perf_counter()
            for answer in answers:
                waiting = self._sent[answer[9:26]]
                sent = waiting.popleft()
                if not waiting:
                    del self._sent[answer[9:26]]
                self.latencies.append((sent, now - sent))
        if self._window:
            self.send(len(answers))

    def stop(self) -> None:
        """Send nothing more."""
        self._window = 0

    @property
    def unanswered(self) -> int:
        """Frames still waiting."""
        return self.sent - self.acked


async def run(options: argparse.Namespace) -> dict[str, Any]:
    """The whole flood."""
    loop = asyncio.get_running_loop()
    share = options.devices // options.connections
    window = 0 if options.rate else options.window
    floods = []
    for index in range(options.connections):
        source = frames(options.first + index * share, share)
        flood = Flood(source, window, record=bool(options.rate) or index % 8 == 0)
        await loop.create_connection(lambda it=flood: it, options.host, options.port)  # type: ignore[misc]
        floods.append(flood)
    if options.ready:
        tell_ready(options.ready)
    started = time.perf_counter()
    warm = {"acked": 0, "at": started}
    loop.call_later(
        options.warm_up, lambda: warm.update(acked=acked(floods), at=time.perf_counter())
    )
    if options.rate:
        await pace(floods, options.rate, options.seconds)
    else:
        for flood in floods:
            flood.send(window)
        await asyncio.sleep(options.seconds)
    measured = acked(floods) - warm["acked"], time.perf_counter() - warm["at"]
    await drain(floods)
    return summary(floods, measured, warm["at"])


def tell_ready(path: str) -> None:
    """All are connected."""
    Path(path).touch()


def acked(floods: list[Flood]) -> int:
    """Answers so far."""
    return sum(flood.acked for flood in floods)


async def pace(floods: list[Flood], rate: float, seconds: float) -> None:
    """Spread ``rate`` frames a second evenly over the connections, whether answered or not."""
    started, due, turn = time.perf_counter(), 0, 0
    while (now := time.perf_counter()) < started + seconds:
        owed = int((now - started) * rate) - due
        for _ in range(owed):
            floods[turn % len(floods)].send(1)
            turn += 1
        due += owed
        await asyncio.sleep(0.002)


async def drain(floods: list[Flood]) -> None:
    """Wait until all is answered, at most 30 s."""
    for flood in floods:
        flood.stop()
    for _ in range(3000):
        if not any(flood.unanswered for flood in floods):
            return
        await asyncio.sleep(0.01)


def summary(floods: list[Flood], measured: tuple[int, float], warm: float) -> dict[str, Any]:
    """What happened. latencies_ms: median, p90, p99, longest of the frames sent after the warm-up;
    storm_ms: the same of those sent before, while all devices come at once."""
    pairs = [pair for flood in floods for pair in flood.latencies]
    return {
        "sent": sum(flood.sent for flood in floods),
        "acked": acked(floods),
        "frames_per_second": measured[0] / measured[1],
        "latencies_ms": percentiles([took for sent, took in pairs if sent >= warm]),
        "storm_ms": percentiles([took for sent, took in pairs if sent < warm]),
        "unanswered": sum(flood.unanswered for flood in floods),
    }


def percentiles(seconds: list[float]) -> list[float]:
    """Median, p90, p99 and longest, in ms."""
    return np.percentile(np.array(seconds) * 1000, [50, 90, 99, 100]).tolist() if seconds else []


def main() -> None:
    """Parse and run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--first", type=int, default=0, help="number of the first device")
    parser.add_argument("--devices", type=int, default=5000)
    parser.add_argument("--connections", type=int, default=200)
    parser.add_argument("--window", type=int, default=32, help="unanswered frames a connection")
    parser.add_argument("--rate", type=float, default=0, help="frames/s; 0: as fast as answered")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--warm-up", type=float, default=1)
    parser.add_argument("--ready", default="", help="file to touch when all are connected")
    gc.disable()  # nothing here is cyclic, and a collection's pause would be told as the gateway's
    print(json.dumps(uvloop.run(run(parser.parse_args()))))


if __name__ == "__main__":
    main()
