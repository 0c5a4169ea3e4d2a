"""Group commit against a store that obeys the test: what is durable when, and what is answered."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from zhihuan.hj212 import Version
from zhihuan.telemetry.gateway.commit_group import CommitGroup, PendingFrame
from zhihuan.telemetry.gateway.group_commit import GroupCommit, due_at
from zhihuan.telemetry.gateway.metrics import GatewayMetrics
from zhihuan.telemetry.gateway.settings import GatewaySettings
from zhihuan.telemetry.rows import Batch
from zhihuan.telemetry.store.errors import RowsRefused, StoreError, StoreUnavailable

SETTINGS = GatewaySettings(
    batch_seconds=0.02, batch_rows=10, retry_first_seconds=0.001, commits_at_once=1
)


class ObedientStore:
    """Fails as often as told; refuses batches that hold a poisoned device."""

    def __init__(self) -> None:
        self.fail: list[Exception] = []
        self.poison = ""
        self.gate = threading.Event()
        self.gate.set()
        self.written: list[list[str]] = []

    def write(self, batch: Batch) -> None:
        self.gate.wait(10)
        if self.fail:
            raise self.fail.pop(0)
        if self.poison and self.poison in batch.frames.mn:
            raise RowsRefused(f"no place for {self.poison}")
        batch.measurements.check()
        assert set(batch.measurements.mn) <= set(batch.frames.mn)
        self.written.append(list(batch.frames.mn))


class Told:
    def __init__(self) -> None:
        self.durable_mns: list[str] = []
        self.refused_mns: list[str] = []
        self.news = asyncio.Event()

    def durable(self, group: CommitGroup) -> None:
        self.durable_mns += group.batch.frames.mn
        self.news.set()

    def refused(self, group: CommitGroup, error: Exception) -> None:
        self.refused_mns += group.batch.frames.mn


class Rig:
    def __init__(self, **settings: int) -> None:
        self.store, self.told = ObedientStore(), Told()
        self.metrics = GatewayMetrics()
        self.commit = GroupCommit(self.told, self.metrics, replace(SETTINGS, **settings))
        self.task: asyncio.Task[None] | None = None

    def put(self, mn: str, rows: int = 1) -> None:
        batch = self.commit.collecting.batch
        for column, value in (("mn", mn), ("cn", "2011"), ("st", "32"), ("qn", ""), ("raw", b"#")):
            getattr(batch.frames, column).append(value)
        for column in ("received", "frame_id", "data_time"):
            getattr(batch.frames, column).append(0)
        batch.frames.sm3.append(bytes(32))
        measurements = batch.measurements
        for name in measurements.__dataclass_fields__:
            value = (
                mn
                if name == "mn"
                else "w01018"
                if name == "factor"
                else ""
                if name == "flag"
                else 0
            )
            getattr(measurements, name).extend([value] * rows)
        frame = PendingFrame(None, None, "", 0.0, rows, 100, bytes(32), Version.V2017)  # type: ignore[arg-type]
        self.commit.collecting.pending.append(frame)
        self.commit.added(asyncio.get_running_loop().time())

    async def until_durable(self, count: int) -> None:
        async with asyncio.timeout(5):
            while len(self.told.durable_mns) < count:
                self.told.news.clear()
                await self.told.news.wait()


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    async with running() as it:
        yield it


@asynccontextmanager
async def running(**settings: int) -> AsyncIterator[Rig]:
    rig = Rig(**settings)
    with ThreadPoolExecutor(4) as thread:
        rig.task = asyncio.create_task(rig.commit.run(rig.store, thread))  # type: ignore[arg-type]
        yield rig
        rig.store.gate.set()
        rig.commit.stop()
        await asyncio.wait_for(rig.task, 5)


async def test_frames_that_come_together_are_one_commit(rig: Rig) -> None:
    for mn in "abc":
        rig.put(mn)
    await rig.until_durable(3)
    assert rig.store.written == [["a", "b", "c"]]


async def test_a_full_group_does_not_wait_for_its_time(rig: Rig) -> None:
    rig.put("a", rows=10)
    await asyncio.sleep(0)  # the commit task sees it
    await asyncio.sleep(0)
    assert rig.commit.collecting.frames == 0


async def test_the_next_group_collects_while_one_commits(rig: Rig) -> None:
    rig.store.gate.clear()
    rig.put("a", rows=10)
    await asyncio.sleep(0.05)
    rig.put("b")
    rig.put("c")
    assert rig.told.durable_mns == []
    assert rig.commit.collecting.frames == 2
    rig.store.gate.set()
    await rig.until_durable(3)
    assert rig.store.written == [["a"], ["b", "c"]]


async def test_nothing_is_durable_while_the_store_is_down_and_all_when_it_is_back(rig: Rig) -> None:
    rig.store.fail = [StoreUnavailable("down")] * 5
    rig.put("a")
    await rig.until_durable(1)
    assert rig.store.written == [["a"]]
    assert rig.metrics.commits["unavailable"] == 5
    assert rig.commit.store_up


async def test_one_frame_the_store_cannot_take_does_not_hold_up_the_others(rig: Rig) -> None:
    rig.store.poison = "bad"
    for mn in ("a", "b", "bad", "c", "d"):
        rig.put(mn, rows=2)
    await rig.until_durable(4)
    assert sorted(rig.told.durable_mns) == ["a", "b", "c", "d"]
    assert rig.told.refused_mns == ["bad"]


async def test_an_unnamed_error_that_passes_refuses_nothing(rig: Rig) -> None:
    rig.store.fail = [RuntimeError("once"), RuntimeError("twice")]
    rig.put("a")
    await rig.until_durable(1)
    assert rig.told.refused_mns == []


async def test_an_unnamed_error_that_stays_is_traced_to_its_frame() -> None:
    async with running() as rig:
        rig.store.fail = [RuntimeError("always")] * 3
        rig.put("a")
        rig.put("b")
        await rig.until_durable(2)
        assert rig.metrics.commits["refused"] == 1


async def test_stopping_commits_what_was_collected() -> None:
    async with running() as rig:
        rig.put("a")
    assert rig.store.written == [["a"]]


async def test_events_without_a_frame_are_committed_too() -> None:
    async with running() as rig:
        events = rig.commit.collecting.batch.events
        for column, value in (("mn", "a"), ("time", 1), ("event", "online"), ("detail", "")):
            getattr(events, column).append(value)
        rig.commit.added(asyncio.get_running_loop().time())
    assert rig.store.written == [[]]


async def test_groups_may_commit_side_by_side_but_no_more_than_allowed() -> None:
    async with running(commits_at_once=2) as rig:
        rig.store.gate.clear()
        for mn in "abcd":
            rig.put(mn, rows=10)
            await asyncio.sleep(0.01)
        assert rig.commit.committing == 2
        assert rig.commit.collecting.frames == 2
        rig.store.gate.set()
        await rig.until_durable(4)
        assert sorted(map(len, rig.store.written)) == [1, 1, 2]


async def test_a_store_error_without_a_name_of_its_own_is_traced_to_its_frame_too() -> None:
    async with running() as rig:
        rig.store.fail = [StoreError("always")] * 3
        rig.put("a")
        rig.put("b")
        await rig.until_durable(2)
        assert rig.metrics.commits["refused"] == 1


@pytest.mark.parametrize(
    ("opened", "rested_at", "due"),
    [
        (10.0, 0.0, 10.05),  # the store has rested long ago: the group is 50 ms old
        (10.0, 10.08, 10.08),  # it rests a little longer
        (10.0, 10.5, 10.1),  # a slow commit: what came meanwhile does not wait for the whole rest
    ],
)
def test_a_group_waits_for_the_stores_rest_but_not_for_long(
    opened: float, rested_at: float, due: float
) -> None:
    settings = GatewaySettings(batch_seconds=0.05, rest_most_seconds=0.1)
    assert due_at(opened, rested_at, settings) == pytest.approx(due)
