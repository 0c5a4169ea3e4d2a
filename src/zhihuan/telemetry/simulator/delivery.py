"""Gets one device's frames through: waits for the acknowledgement, sends again with the same QN,
gives up.

Faults of the wire strike here, on the first try of a frame. Refuses to know what is in a frame.
Source: HJ 212-2017, 6.2.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

from zhihuan.hj212.message import Message
from zhihuan.telemetry.simulator.faults.wire import WireFaultKind, WireFaults
from zhihuan.telemetry.simulator.frames import WrittenFrame
from zhihuan.telemetry.simulator.link import Link
from zhihuan.telemetry.simulator.logger import Logger
from zhihuan.telemetry.simulator.surroundings import Surroundings

__all__ = ["Deliverer"]

_DEAF_SECONDS = 0.2


class Deliverer:
    """Delivers one device's frames."""

    def __init__(self, logger: Logger, around: Surroundings, faults: WireFaults) -> None:
        self._logger = logger
        self._around = around
        self._faults = faults

    async def deliver_all(self, link: Link, frames: list[WrittenFrame]) -> bool:
        """Deliver one after another; True when all arrived."""
        return all([await self.deliver(link, frame) for frame in frames])

    async def deliver(self, link: Link, frame: WrittenFrame) -> bool:
        """Send until acknowledged; False, and a torn-down connection, when that never happens."""
        deaf = self.strikes(WireFaultKind.LOST_ACK, qn=frame.qn)
        for attempt in range(1 + self._logger.settings.resend_count):
            if not link.usable:
                return False
            if await self._try(link, frame, again=attempt > 0, deaf=deaf and not attempt):
                return True
        link.tear_down()
        return False

    async def answered(self, waiter: asyncio.Future[Message | None], *, deaf: bool = False) -> bool:
        """Wait for an answer, as long as the host has set; deaf: as if it had been lost."""
        seconds = self._around.ack_seconds or float(self._logger.settings.overtime_seconds)
        try:
            # not wait_for: in Python 3.11 it swallows a cancellation that comes with the answer
            async with asyncio.timeout(seconds):
                message = await waiter
        except TimeoutError:
            return False
        if deaf and message is not None:
            await asyncio.sleep(min(seconds, _DEAF_SECONDS))
            return False
        return message is not None

    def strikes(self, kind: WireFaultKind, **more: Any) -> bool:
        """Whether this fault strikes now; if so it is in the truth log."""
        return not self._faults.none and self._faults.strikes(
            kind, self._around.clock.now(), **more
        )

    async def _try(self, link: Link, frame: WrittenFrame, *, again: bool, deaf: bool) -> bool:
        ledger, mn = self._around.ledger, self._logger.settings.mn
        ledger.counts["resent" if again else "sent"] += 1
        waiter = link.expect(mn, frame.qn)
        began = time.monotonic()
        if again:
            link.write(frame.data)
        else:
            await self._transmit(link, frame)
        if not self._logger.spec.wants_ack:
            link.give_up(mn, frame.qn)
            return True
        if await self.answered(waiter, deaf=deaf):
            ledger.took(time.monotonic() - began)
            ledger.acked(mn, frame.qn, frame.cn, frame.data_time, frame.data)
            return True
        link.give_up(mn, frame.qn)
        ledger.counts["unanswered"] += not deaf
        return False

    async def _transmit(self, link: Link, frame: WrittenFrame) -> None:
        if self._faults.none:
            link.write(frame.data)
            return
        delivery = self._faults.deliver(frame.data, frame.qn, self._around.clock.now())
        for pause, piece in delivery.pieces:
            if pause:
                await asyncio.sleep(pause)
            (link.hold if delivery.hold else link.write)(piece)
            if len(delivery.pieces) > 2:
                await asyncio.sleep(0)  # one write, one segment
