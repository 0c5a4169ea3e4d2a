"""Faults of a whole report or connection, carried out instead of what a sound device would do.

Refuses to act without a strike that is in the truth log. Storms are faults of the data, declared
with the device.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

from zhihuan.telemetry.simulator.delivery import Deliverer
from zhihuan.telemetry.simulator.faults.wire import WireFaultKind, WireFaults
from zhihuan.telemetry.simulator.frames import FrameWriter
from zhihuan.telemetry.simulator.link import Link
from zhihuan.telemetry.simulator.logger import Logger
from zhihuan.telemetry.simulator.schedule import Due
from zhihuan.telemetry.simulator.surroundings import Surroundings

__all__ = ["Mischief"]

_YEAR_SECONDS = 365 * 86_400
_SLOW_SECONDS = 3.0
_LINGER_SECONDS = 0.2

Report = Callable[[Link, Due], Awaitable[None]]


class Mischief:
    """One device's misbehaviour. report: how a sound device would report; keep: remember a report
    to make up for."""

    def __init__(  # noqa: PLR0913 - everything of the device that a fault can touch
        self,
        logger: Logger,
        writer: FrameWriter,
        delivery: Deliverer,
        around: Surroundings,
        faults: WireFaults,
        *,
        seed: int,
    ) -> None:
        self._logger = logger
        self._writer = writer
        self._delivery = delivery
        self._around = around
        self._faults = faults
        self._random = random.Random(seed)  # noqa: S311 - reproducible on purpose
        self._withheld: list[Due] = []

    async def instead(
        self, link: Link, due: Due, report: Report, keep: Callable[[Due], None]
    ) -> bool:
        """Do what a fault makes of this report; False when none strikes."""
        now = self._around.clock.now()
        if self._in_a_storm(now):
            link.tear_down()
            keep(due)
            return True
        if self._faults.none:
            return False
        match self._faults.connection_fault(now):
            case WireFaultKind.SLOW_READER:
                link.stop_reading(_SLOW_SECONDS)
            case WireFaultKind.RESET:
                link.tear_down()
            case WireFaultKind.IDLE_WITHOUT_FIN:
                keep(due)
                link.fall_silent()
                return True
        return await self._misreport(link, due, report)

    def _in_a_storm(self, now: float) -> bool:
        mean_seconds = self._logger.storm(now)
        every = self._logger.settings.realtime_seconds
        return bool(mean_seconds) and self._random.random() < min(1.0, every / mean_seconds)

    async def _misreport(self, link: Link, due: Due, report: Report) -> bool:
        if due.name == "realtime" and self._delivery.strikes(WireFaultKind.OLD_DATA_TIME):
            await report(link, Due(due.at, due.start - _YEAR_SECONDS, due.name))
            return True
        if due.name == "minute" and await self._disorder(link, due, report):
            return True
        if self._delivery.strikes(WireFaultKind.DUPLICATE_AFTER_RECONNECT, start=due.start):
            await self._twice(link, due)
            return True
        return False

    async def _disorder(self, link: Link, due: Due, report: Report) -> bool:
        """Withhold minute reports now and then; later ones go first."""
        if self._delivery.strikes(WireFaultKind.OUT_OF_ORDER, start=due.start):
            self._withheld.append(due)
            return True
        if not self._withheld:
            return False
        await report(link, due)
        while self._withheld:
            await report(link, self._withheld.pop())
        return True

    async def _twice(self, link: Link, due: Due) -> None:
        """Deliver, and send the same bytes once more on a connection of their own."""
        found = self._logger.report(due.name, due.start)
        frames = self._writer.report(found) if found else []
        await self._delivery.deliver_all(link, frames)
        try:
            again = await self._around.dial()
        except OSError:
            return
        for frame in frames:
            self._around.ledger.counts["duplicated"] += 1
            again.write(frame.data)
        await asyncio.sleep(_LINGER_SECONDS)
        again.close()
