"""Entries reach a port that fails now and then; a port that always fails costs bounded memory."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from zhihuan.telemetry.gateway.background_writer import BackgroundWriter


class Port:
    def __init__(self, fail: int = 0) -> None:
        self.fail = fail
        self.got: list[int] = []

    def write(self, entries: Sequence[int]) -> None:
        if self.fail:
            self.fail -= 1
            raise OSError("not now")
        self.got += entries


async def test_entries_arrive_in_order_though_the_port_failed_at_first() -> None:
    port = Port(fail=2)
    with ThreadPoolExecutor(1) as thread:
        writer = BackgroundWriter("port", port.write, thread, every_seconds=0.001, most=5_000)
        task = asyncio.create_task(writer.run())
        for entry in range(2_500):
            assert writer.add(entry)
        async with asyncio.timeout(5):
            while len(writer):  # noqa: ASYNC110 - the port writes in a thread
                await asyncio.sleep(0.001)
        task.cancel()
    assert port.got == list(range(2_500))


async def test_a_port_that_never_works_costs_no_more_than_its_bound() -> None:
    port = Port(fail=10**9)
    with ThreadPoolExecutor(1) as thread:
        writer = BackgroundWriter("port", port.write, thread, every_seconds=0.001, most=10)
        assert [writer.add(entry) for entry in range(12)] == [True] * 10 + [False] * 2
        await writer.flush()
    assert (len(writer), writer.lost) == (10, 2)
