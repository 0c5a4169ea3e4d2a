"""Takes due commands from the outbox and runs them on the devices connected here.

One command at a time per device; each step of its exchange is recorded as it happens. What the
steps are is ``hj212.exchange``'s business. The outbox is asked from a thread of its own, in the
order in which things happened.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import UTC, datetime
from typing import Any

import structlog

from zhihuan.hj212 import BEIJING
from zhihuan.hj212.exchange import QnSource
from zhihuan.telemetry.gateway.command_run import CommandRun
from zhihuan.telemetry.gateway.device_links import DeviceLink, DeviceLinks
from zhihuan.telemetry.gateway.first_contact import number_order
from zhihuan.telemetry.gateway.metrics import GatewayMetrics
from zhihuan.telemetry.gateway.settings import GatewaySettings
from zhihuan.telemetry.ports import CommandOutbox, ExchangeStep, OrderedCommand, Step

__all__ = ["CommandRunner"]

_log = structlog.get_logger(__name__)
_TICK_SECONDS = 0.25


class CommandRunner:
    """Runs commands until stopped; running ones fail then, with that reason."""

    def __init__(
        self,
        outbox: CommandOutbox,
        links: DeviceLinks,
        thread: Executor,
        settings: GatewaySettings,
        metrics: GatewayMetrics,
    ) -> None:
        self._outbox = outbox
        self._links = links
        self._thread = thread
        self._settings = settings
        self._metrics = metrics
        self._qns = QnSource()
        self._running: set[CommandRun] = set()
        self._pending: set[asyncio.Future[Any]] = set()

    async def run(self) -> None:
        """Poll the outbox and drive the clocks of running exchanges, until cancelled."""
        loop = asyncio.get_running_loop()
        next_poll = loop.time()
        while True:
            await asyncio.sleep(_TICK_SECONDS)
            for run in list(self._running):
                run.tick(loop.time())
            if loop.time() >= next_poll:
                await self._poll()
                next_poll = loop.time() + self._settings.outbox_seconds

    async def stop(self) -> None:
        """End running exchanges and wait until their last step is kept."""
        for run in list(self._running):
            run.fail("the gateway was stopped")
        if self._pending:
            await asyncio.wait(self._pending, timeout=self._settings.stop_seconds)

    def set_clock(self, link: DeviceLink) -> None:
        """The device asked for its clock to be set (CN 1013): send 1012 by ourselves.

        Source: HJ 212-2017, C.4.
        """
        if self._settings.answer_clock_requests and link.exchange is None:
            cp = f"SystemTime={datetime.now(BEIJING):%Y%m%d%H%M%S}"
            self._start(link, OrderedCommand("", link.device.mn, "1012", cp, ordered_by="1013"))

    def set_number(self, link: DeviceLink) -> None:
        """A logger without an MN showed its registered hardware (1001): assign its MN by 1002.

        Source: HJ 212-2025, C.2, C.3, at second hand.
        """
        if link.exchange is None:
            self._start(link, number_order(link.device))

    async def _poll(self) -> None:
        idle = [link.device.mn for link in self._links if link.connections and not link.exchange]
        if not idle:
            return
        try:
            for command in await self._ask(self._outbox.due, idle):
                await self._claim(command)
        except Exception as error:  # noqa: BLE001 - a failing outbox must not end the runner
            _log.error("outbox_failed", error=repr(error))

    async def _claim(self, command: OrderedCommand) -> None:
        if not await self._ask(self._outbox.claim, command.id, self._settings.name):
            return
        link = self._links.get(command.mn)
        now = datetime.now(UTC)
        if command.expires is not None and command.expires < now:
            self._finish(command, ExchangeStep(now, Step.FAILED, detail="expired before it began"))
        elif link is None or not link.connections:
            self._finish(command, ExchangeStep(now, Step.FAILED, detail="the device has gone"))
        else:
            self._start(link, command)

    def _start(self, link: DeviceLink, command: OrderedCommand) -> None:
        run = CommandRun(link, command, self._record, self._ended)
        self._running.add(run)
        run.start(asyncio.get_running_loop().time(), self._qns)

    def _record(self, command: OrderedCommand, step: ExchangeStep) -> None:
        _log.info("command_step", command=command.id, mn=command.mn, cn=command.cn, step=step.step)
        if command.id:
            self._tell(self._outbox.record, command.id, step)

    def _ended(self, run: CommandRun, result: ExchangeStep) -> None:
        self._running.discard(run)
        self._finish(run.command, result)

    def _finish(self, command: OrderedCommand, result: ExchangeStep) -> None:
        self._metrics.commands[result.step.value] += 1
        _log.info(
            "command_ended", command=command.id, mn=command.mn, cn=command.cn,
            result=result.step, detail=result.detail,
        )  # fmt: skip
        if command.id:
            self._tell(self._outbox.finish, command.id, result)

    async def _ask(self, function: Callable[..., Any], *arguments: Any) -> Any:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, function, *arguments)

    def _tell(self, function: Callable[..., None], *arguments: Any) -> None:
        future = asyncio.get_running_loop().run_in_executor(self._thread, function, *arguments)
        self._pending.add(future)
        future.add_done_callback(self._told)

    def _told(self, future: asyncio.Future[Any]) -> None:
        self._pending.discard(future)
        if not future.cancelled() and future.exception() is not None:
            _log.error("outbox_failed", error=repr(future.exception()))
