"""A simulated device at work: it connects, reports on schedule, answers, and starts again when cut.

Holds no values: what could not be delivered is remembered as (report, time) and computed again.
Refuses to give up: it tries until it is told to stop.

Source of time-outs and re-sends: HJ 212-2017, 6.2; priority of new data over old: HJ 212-2025,
8.1.2 (second hand).
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import deque
from collections.abc import Awaitable

from zhihuan.hj212.message import Message
from zhihuan.hj212.profile import Version
from zhihuan.telemetry.simulator.chance import seed_from
from zhihuan.telemetry.simulator.delivery import Deliverer
from zhihuan.telemetry.simulator.exchange import Conversations
from zhihuan.telemetry.simulator.faults.wire import WireFaultKind, WireFaults
from zhihuan.telemetry.simulator.frames import FrameWriter, WrittenFrame
from zhihuan.telemetry.simulator.link import Link
from zhihuan.telemetry.simulator.logger import Logger
from zhihuan.telemetry.simulator.mischief import Mischief
from zhihuan.telemetry.simulator.plant import Plant
from zhihuan.telemetry.simulator.reports import Report, wire_time
from zhihuan.telemetry.simulator.schedule import Due, Schedule
from zhihuan.telemetry.simulator.spec import DeviceSpec
from zhihuan.telemetry.simulator.surroundings import Surroundings

__all__ = ["Device"]

_BACKLOG = 20_000
_FIRST_CONTACT_SECONDS = 5.0


class Device:
    """One device. ``run`` never returns; cancel it to stop."""

    def __init__(self, spec: DeviceSpec, around: Surroundings, plant: Plant | None = None) -> None:
        self.spec = spec
        self.logger = Logger(spec, around.clock, plant)
        self.writer = FrameWriter(self.logger)
        self.backlog: deque[Due] = deque(maxlen=_BACKLOG)
        self._around = around
        seed = seed_from(spec.seed, "wire")
        self._random = random.Random(seed)  # noqa: S311 - reproducible on purpose
        self._faults = WireFaults(around.wire_rates, seed, around.truth, spec.mn)
        self._delivery = Deliverer(self.logger, around, self._faults)
        self._talk = Conversations(self.logger, self.writer, self._delivery)
        self._mischief = Mischief(
            self.logger, self.writer, self._delivery, around, self._faults, seed=seed
        )
        self._room = asyncio.Semaphore(around.window)
        self._tasks: set[asyncio.Task[None]] = set()
        self._announced = False
        phase = self._random.uniform(0.0, min(20.0, self.logger.settings.realtime_seconds / 3))
        self._schedule = Schedule(spec.reported, self.logger.settings, phase, self.logger.now())

    async def run(self) -> None:
        """Connect, work, and connect again, until cancelled."""
        counts = self._around.ledger.counts
        while True:
            try:
                link = await self._around.dial()
            except OSError:
                counts["connect_failed"] += 1
            else:
                counts["connected"] += 1
                await self._work_on(link)
            await asyncio.sleep(self._around.reconnect_seconds * self._random.uniform(0.5, 1.5))

    # --- a connection's life ----------------------------------------------------------------------

    async def _work_on(self, link: Link) -> None:
        self._serve(link)
        reporting = asyncio.ensure_future(self._report_on(link))
        try:
            await asyncio.wait({reporting, link.closed}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await _stopped(reporting, *self._tasks)
            link.forget(self.logger.settings.mn)
            self._around.ledger.counts["disconnected"] += 1
        if reporting.done() and not reporting.cancelled() and (error := reporting.exception()):
            raise error

    async def _report_on(self, link: Link) -> None:
        """Report on schedule until the connection is of no more use."""
        await self._introduce(link)
        self.backlog.extend(self._schedule.missed(self.logger.now()))
        heartbeat = self._around.clock.now() + self._around.heartbeat_seconds
        while link.usable:
            if self._around.heartbeat_seconds and self._around.clock.now() >= heartbeat:
                heartbeat += self._around.heartbeat_seconds
                await self._beat(link)
            due = self._schedule.next(self.logger.now())
            if due.at > self.logger.now() and self.backlog and not self.logger.outage(due.at):
                await self._back_fill(link, self.backlog.popleft())
                continue
            await self._around.clock.sleep(min(30.0, max(0.0, due.at - self.logger.now())))
            if due.at > self.logger.now() + 0.001:
                continue  # the clock was set, an interval changed, or a heartbeat is due
            self._schedule.done(due)
            if not await self._mischief.instead(link, due, self._report, self._keep):
                await self._report(link, due)

    async def _introduce(self, link: Link) -> None:
        if self._announced or not self._around.announce:
            return
        self._announced = True
        await self._say_what_it_is(link)
        if "realtime" in self.spec.reported:
            # a logger that was switched on shows at once that it lives
            now = self.logger.now()
            await self._report(link, Due(now, int(now), "realtime"))

    async def _say_what_it_is(self, link: Link) -> None:
        if self.spec.surface_water:
            return
        if self.spec.version is Version.V2025 and self.spec.hardware_serial:
            await self._ask_for_number(link)
        if self.spec.version is not Version.V2005:
            now = int(self.logger.now())
            started = Report("start", "2081", now, (f"RestartTime={wire_time(now - 60)}",))
            await self._delivery.deliver_all(link, self.writer.report(started))

    async def _ask_for_number(self, link: Link) -> None:
        """2025's first contact: hardware serials, MN empty; the host answers with 1002."""
        serial = self.spec.hardware_serial
        cp = f"i23005-Info={serial};i23006-Info={serial[::-1]};i23007-Info=00-00-00-00-00-01"
        link.write(self.writer.plain("1001", cp, mn="").data)
        known = self.logger.settings.mn
        deadline = time.monotonic() + _FIRST_CONTACT_SECONDS
        while self.logger.settings.mn == known and time.monotonic() < deadline and link.usable:
            await asyncio.sleep(0.05)
            if self.logger.settings.mn != known:
                link.forget(known)
                self._serve(link)

    # --- reports ----------------------------------------------------------------------------------

    async def _report(self, link: Link, due: Due) -> None:
        if self.logger.outage(self._around.clock.now()):
            self._keep(due)
            return
        report = self.logger.report(due.name, due.start)
        if report is None:
            self._around.ledger.counts["not_measured"] += 1
            return
        frames = self.writer.report(report)
        if len(frames) > 1 and self._delivery.strikes(
            WireFaultKind.LOST_PART, data_time=report.data_time
        ):
            del frames[self._faults.pick(len(frames))]
        for frame in frames:
            await self._start(link, frame, due)

    async def _start(self, link: Link, frame: WrittenFrame, due: Due) -> None:
        """Deliver in the background, as many at a time as the window allows."""
        await self._room.acquire()

        async def deliver() -> None:
            try:
                if not await self._delivery.deliver(link, frame):
                    self._keep(due)
            except asyncio.CancelledError:
                self._keep(due)
                raise
            finally:
                self._room.release()

        self._spawn(deliver())

    async def _back_fill(self, link: Link, due: Due) -> None:
        report = self.logger.report(due.name, due.start)
        if report is None:
            return
        self._around.ledger.counts["back_filled"] += 1
        if not await self._delivery.deliver_all(link, self.writer.report(report, back_filled=True)):
            self._keep(due)

    def _keep(self, due: Due) -> None:
        # real-time values are of the moment: a logger does not make up for them
        if due.name != "realtime" and due not in self.backlog:
            self.backlog.append(due)

    # --- commands ---------------------------------------------------------------------------------

    def _serve(self, link: Link) -> None:
        link.serve(self.logger.settings.mn, lambda message: self._commanded(link, message))

    def _commanded(self, link: Link, message: Message) -> None:
        if message.cn in ("9013", "9014"):
            return  # a late or repeated answer
        self._around.ledger.counts["commands"] += 1
        if not self._talk.repeated(link, message):
            self._spawn(self._talk.carry_out(link, message))

    async def _beat(self, link: Link) -> None:
        """9015, answered 9013 (HJ 212-2025, second hand)."""
        frame = self.writer.plain("9015", "", st="91")
        self._around.ledger.counts["heartbeats"] += 1
        waiter = link.expect(self.logger.settings.mn, frame.qn)
        link.write(frame.data)
        await self._delivery.answered(waiter)

    def _spawn(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _stopped(*tasks: asyncio.Future[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
