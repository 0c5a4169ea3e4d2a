"""Groups rows into durable commits; while one commits, the next collects.

A group closes when it is ``batch_seconds`` old or has ``batch_rows`` rows, and a commit may begin.
A small commit costs nearly as much as a large one, so while there is no hurry (no full group) the
store rests as long as it just worked: a few frames a second must not cost a whole core. But no
group waits for the rest longer than until it is ``rest_most_seconds`` old: what came during a slow
commit has waited already. Up to ``commits_at_once`` run side by side. A store that cannot be reached is asked again and again with
growing pauses; meanwhile nothing is answered. Refuses to drop a group: when the store refuses
rows for good the group is cut in halves until the single frames at fault are found.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor
from typing import TYPE_CHECKING, Any, Protocol

import structlog

from zhihuan.telemetry.gateway.commit_group import CommitGroup
from zhihuan.telemetry.gateway.metrics import GatewayMetrics
from zhihuan.telemetry.gateway.settings import GatewaySettings
from zhihuan.telemetry.store.errors import RowsRefused, StoreError

if TYPE_CHECKING:
    from zhihuan.telemetry.store import TelemetryStore

__all__ = ["GroupCommit", "due_at"]

_log = structlog.get_logger(__name__)
# An error the store does not name (a bare StoreError too) may pass, or may be a frame it chokes on: after so many in a
# row for one group, look for the frame.
_STRANGE_ERRORS = 3


class Outcome(Protocol):
    """Who is told what became of a group; called on the event loop."""

    def durable(self, group: CommitGroup) -> None:
        """The store has it safe."""
        ...

    def refused(self, group: CommitGroup, error: Exception) -> None:
        """A group of one frame that the store will never take."""
        ...


class GroupCommit:
    """Frames are put into ``collecting``; ``run`` commits them."""

    def __init__(
        self, outcome: Outcome, metrics: GatewayMetrics, settings: GatewaySettings
    ) -> None:
        self._outcome = outcome
        self._metrics = metrics
        self._settings = settings
        self._something = asyncio.Event()
        self._full = asyncio.Event()
        self._stopping = False
        self._fault: Exception | None = None
        self._rested_at = 0.0
        self.collecting = CommitGroup()
        self.committing = 0
        self.store_up = True

    def added(self, now: float) -> None:
        """Tell that frames were put into ``collecting`` at loop time ``now``."""
        if not self._something.is_set():
            self.collecting.opened = now
            self._something.set()
        if self.collecting.rows >= self._settings.batch_rows:
            self._full.set()

    async def run(self, store: TelemetryStore, thread: Executor) -> None:
        """Commit group after group; returns when stopping and nothing is left."""
        self._store, self._thread = store, thread
        running: set[asyncio.Task[None]] = set()
        try:
            while await self._ripe():
                running = await self._room(running)
                running.add(asyncio.create_task(self._commit(self._take())))
            await _finished(running, asyncio.ALL_COMPLETED)
        finally:
            for task in running:
                task.cancel()

    async def _room(self, running: set[asyncio.Task[None]]) -> set[asyncio.Task[None]]:
        """Wait until one more commit may run; the collecting group goes on growing meanwhile."""
        while len(running) >= self._settings.commits_at_once:
            running = await _finished(running, asyncio.FIRST_COMPLETED)
        return running

    async def _commit(self, group: CommitGroup) -> None:
        self.committing += group.frames
        try:
            await self._make_durable(group)
        except Exception as error:  # noqa: BLE001 - raised again by run(), which must wake up for it
            self._fault = error
            self._something.set()
            self._full.set()
        finally:
            self.committing -= group.frames

    def stop(self) -> None:
        """Commit what is there without waiting for more, then let ``run`` return."""
        self._stopping = True
        self._something.set()
        self._full.set()

    async def _ripe(self) -> bool:
        await self._something.wait()
        if self._fault is not None:
            raise self._fault
        if self._stopping:
            return not self.collecting.is_empty
        due = due_at(self.collecting.opened, self._rested_at, self._settings)
        remaining = due - asyncio.get_running_loop().time()
        if remaining > 0 and not self._full.is_set():
            await _wait_at_most(self._full, remaining)
        return True

    def _take(self) -> CommitGroup:
        group, self.collecting = self.collecting, CommitGroup()
        if not self._stopping:
            self._something.clear()
            self._full.clear()
        return group

    async def _make_durable(self, group: CommitGroup) -> None:
        pause, strange = self._settings.retry_first_seconds, 0
        while True:
            try:
                await self._write(group)
            except RowsRefused as error:
                await self._find_fault(group, error)
                return
            except Exception as error:  # noqa: BLE001 - whatever it is, other devices must go on
                strange += type(error) is StoreError or not isinstance(error, StoreError)
                if strange >= _STRANGE_ERRORS:
                    await self._find_fault(group, error)
                    return
                self._note_down(error)
                await asyncio.sleep(pause)
                pause = min(2 * pause, self._settings.retry_most_seconds)
            else:
                self._note_durable(group)
                return

    async def _write(self, group: CommitGroup) -> None:
        loop = asyncio.get_running_loop()
        started = loop.time()
        await loop.run_in_executor(self._thread, self._store.write, group.batch)
        ended = loop.time()
        self._rested_at = ended + (ended - started)
        self._metrics.commit_seconds.observe(ended - started)

    def _note_durable(self, group: CommitGroup) -> None:
        if not self.store_up:
            _log.info("store_back")
        self.store_up = True
        self._metrics.commits["durable"] += 1
        self._metrics.rows_committed += group.rows
        self._outcome.durable(group)

    def _note_down(self, error: Exception) -> None:
        self._metrics.commits["unavailable"] += 1
        if self.store_up:
            _log.error("store_down", error=repr(error), consequence="no frame is acknowledged")
        self.store_up = False

    async def _find_fault(self, group: CommitGroup, error: Exception) -> None:
        self._metrics.commits["refused"] += 1
        if group.frames <= 1:
            _log.error("store_refused_frame", error=repr(error))
            self._outcome.refused(group, error)
            return
        for half in group.halves():
            await self._make_durable(half)


def due_at(opened: float, rested_at: float, settings: GatewaySettings) -> float:
    """When a group that was opened then is committed, full or not; all in seconds of the loop's clock.

    rested_at: when the store has rested from the commit before.
    """
    rested = min(rested_at, opened + settings.rest_most_seconds)
    return max(opened + settings.batch_seconds, rested)


async def _wait_at_most(event: asyncio.Event, seconds: float) -> Any:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return


async def _finished(running: set[asyncio.Task[None]], when: str) -> set[asyncio.Task[None]]:
    """Wait for one or all; those still running."""
    return (await asyncio.wait(running, return_when=when))[1] if running else running
