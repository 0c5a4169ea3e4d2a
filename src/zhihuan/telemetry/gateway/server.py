"""The gateway as a whole: builds the parts, starts them, stops them in the order that loses nothing."""

from __future__ import annotations

import asyncio
import contextlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog

from zhihuan.telemetry.gateway.background_writer import BackgroundWriter
from zhihuan.telemetry.gateway.command_runner import CommandRunner
from zhihuan.telemetry.gateway.device_links import DeviceLinks
from zhihuan.telemetry.gateway.directory_watch import DirectoryWatch
from zhihuan.telemetry.gateway.listener import Listener
from zhihuan.telemetry.gateway.metrics import GatewayMetrics
from zhihuan.telemetry.gateway.metrics_endpoint import MetricsEndpoint
from zhihuan.telemetry.gateway.open_files import files_allowed, raise_open_files
from zhihuan.telemetry.gateway.presence import Presence
from zhihuan.telemetry.gateway.quarantine_desk import QuarantineDesk
from zhihuan.telemetry.gateway.reception import Reception
from zhihuan.telemetry.gateway.settings import GatewaySettings
from zhihuan.telemetry.gateway.switchboard import Switchboard
from zhihuan.telemetry.ports import (
    CommandOutbox,
    ConnectionJournal,
    DeviceDirectory,
    JournalEvent,
    Quarantine,
)

if TYPE_CHECKING:
    from zhihuan.telemetry.store import TelemetryStore

__all__ = ["Gateway", "GatewayPorts"]

_log = structlog.get_logger(__name__)
_LAST_ANSWERS_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class GatewayPorts:
    """What a gateway needs of the world. All belong to the caller and stay open after stop()."""

    store: TelemetryStore
    directory: DeviceDirectory
    quarantine: Quarantine
    outbox: CommandOutbox
    journal: ConnectionJournal


class Gateway:
    """One listener with all that stands behind it. start() once, stop() once."""

    def __init__(self, ports: GatewayPorts, settings: GatewaySettings | None = None) -> None:
        self._ports = ports
        self.settings = settings or GatewaySettings()
        self.metrics = GatewayMetrics()
        self._tasks: list[asyncio.Task[Any]] = []
        self.failed: asyncio.Future[BaseException]

    async def start(self) -> None:
        """Listen. Raises what the directory raises when the devices cannot be read, and OSError
        when the address is taken."""
        self._build()
        if not raise_open_files(self.settings.connections):
            _log.warning("open_files_too_few", allowed=files_allowed())
        await self._watch.refresh()
        await self._listener.start()
        self._metrics_endpoint.start()
        works = [
            self.reception.commit.run(self._ports.store, self._store_thread),
            self.switchboard.sweep(),
            self._watch.run(),
        ]
        works += [self._refused.run(), self._notes.run(), self.commands.run()]
        self.failed = asyncio.get_running_loop().create_future()
        self._commit_task, *self._tasks = [asyncio.create_task(work) for work in works]
        for task in (self._commit_task, *self._tasks):
            task.add_done_callback(self._note_failure)
        _log.info("gateway_started", name=self.settings.name, port=self.port)

    async def stop(self) -> None:
        """Take nothing more, make durable and answer what was taken, close. At most
        ``stop_seconds`` for the commit; what is not durable then is not answered. Idempotent."""
        if not self._tasks:
            return
        self.switchboard.accepting = False
        await self._listener.stop()
        self.switchboard.pause_all()
        await self.commands.stop()
        self.reception.commit.stop()
        await self._finish_commits()
        await self._let_answers_go_out()
        await self._commit_last_events()
        await _end(self._tasks)
        self._tasks = []
        await self._refused.flush()
        await self._notes.flush()
        self._metrics_endpoint.stop()
        for thread in (self._store_thread, self._port_thread, self._outbox_thread):
            thread.shutdown(wait=False, cancel_futures=True)
        _log.info("gateway_stopped", name=self.settings.name)

    def _note_failure(self, task: asyncio.Task[Any]) -> None:
        """A part of the gateway died of a fault of its own: better dead than deaf. Whoever runs
        it awaits ``failed`` and ends; devices keep what was not acknowledged."""
        if task.cancelled() or (error := task.exception()) is None or self.failed.done():
            return
        _log.critical("gateway_failed", error=repr(error), exc_info=error)
        self.switchboard.abort_all("gateway_failed")
        self.failed.set_result(error)

    @property
    def port(self) -> int:
        """The TCP port listened on."""
        return self._listener.port

    def _build(self) -> None:
        settings = self.settings
        self._store_thread = ThreadPoolExecutor(settings.commits_at_once, "gateway-store")
        self._port_thread = ThreadPoolExecutor(1, "gateway-ports")
        self._outbox_thread = ThreadPoolExecutor(1, "gateway-outbox")
        self._refused = self._writer("quarantine", self._ports.quarantine.put)
        self._notes = self._writer("journal", self._ports.journal.record)
        desk = QuarantineDesk(self._refused, self._notes, self.metrics, settings)
        self.links = DeviceLinks(settings.drift_limit_seconds)
        presence = Presence(desk, self._store_event)
        self.reception = Reception(self.links, presence, desk, self.metrics, settings)
        self.switchboard = Switchboard(self.reception, presence, self.metrics, settings)
        self._watch = DirectoryWatch(
            self._ports.directory,
            self.links,
            presence,
            self._port_thread,
            settings.directory_seconds,
        )
        self._listener = Listener(self.switchboard, settings)
        self.commands = CommandRunner(
            self._ports.outbox, self.links, self._outbox_thread, settings, self.metrics
        )
        self.reception.clock_requested = self.commands.set_clock
        self.reception.number_requested = self.commands.set_number
        self._metrics_endpoint = MetricsEndpoint(self.metrics, settings)
        self._export_gauges()

    def _writer(self, name: str, write: Any) -> BackgroundWriter[Any]:
        every, most = self.settings.report_seconds, self.settings.report_entries
        return BackgroundWriter(name, write, self._port_thread, every_seconds=every, most=most)

    def _store_event(self, mn: str, time_ms: int, event: JournalEvent, detail: str) -> None:
        commit = self.reception.commit
        events = commit.collecting.batch.events
        events.mn.append(mn)
        events.time.append(time_ms)
        events.event.append(event.value)
        events.detail.append(detail)
        commit.added(asyncio.get_running_loop().time())

    def _export_gauges(self) -> None:
        gauge, board, commit = self.metrics.gauge, self.switchboard, self.reception.commit
        gauge("connections", "Open connections", lambda: len(board.connections))
        gauge("devices_online", "Devices with a connection", lambda: len(self.links.connected()))
        gauge(
            "queued_bytes",
            "Memory of rows waiting for the store",
            lambda: self.reception.queue.held,
        )
        gauge("partial_bytes", "Memory of unfinished frames", lambda: board.partial.held)
        gauge(
            "queued_frames",
            "Frames not yet durable",
            lambda: commit.collecting.frames + commit.committing,
        )
        gauge("store_up", "1 while the store takes commits", lambda: float(commit.store_up))
        gauge(
            "quarantine_lost", "Entries lost because quarantine failed", lambda: self._refused.lost
        )
        gauge("journal_lost", "Entries lost because the journal failed", lambda: self._notes.lost)

    async def _finish_commits(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.settings.stop_seconds):
                await asyncio.wait([self._commit_task])
        self._commit_task.cancel()

    async def _let_answers_go_out(self) -> None:
        self.switchboard.close_all("gateway_stopped")
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LAST_ANSWERS_SECONDS):
                await self.switchboard.empty.wait()
        self.switchboard.abort_all("gateway_stopped")

    async def _commit_last_events(self) -> None:
        """Closing the connections told who went offline; that is stored too."""
        if self.reception.commit.store_up and not self.reception.commit.collecting.is_empty:
            commit = self.reception.commit.run(self._ports.store, self._store_thread)
            self._commit_task = asyncio.create_task(commit)
            await self._finish_commits()


async def _end(tasks: list[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
