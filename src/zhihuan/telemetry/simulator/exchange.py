"""The device's side of a conversation, run by the protocol's own state machine.

Judging is ``answers``'; the order of frames, their form in each edition and what happens when a
request comes twice are ``zhihuan.hj212.exchange``'s. Data frames asked for are delivered like any
other upload. Refuses to carry a request out twice.

Source: HJ 212-2017, 6.1, 6.5, C.1–C.50; HJ/T 212-2005, C.1 (through zhihuan.hj212).
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Iterable

from zhihuan.hj212.exchange import Action, Draft, Exchange, Send, answer_notice
from zhihuan.hj212.message import Message
from zhihuan.hj212.profile import Version
from zhihuan.telemetry.simulator.answers.command import Answer
from zhihuan.telemetry.simulator.answers.judging import answer
from zhihuan.telemetry.simulator.delivery import Deliverer
from zhihuan.telemetry.simulator.frames import FrameWriter
from zhihuan.telemetry.simulator.link import Link
from zhihuan.telemetry.simulator.logger import Logger

__all__ = ["Conversations"]

# how many ended exchanges are remembered, to answer a request that comes again
_REMEMBERED = 64
_TIMED_OUT, _REFUSED = 4, 2


class Conversations:
    """All conversations of one device, one at a time."""

    def __init__(self, logger: Logger, writer: FrameWriter, delivery: Deliverer) -> None:
        self._logger = logger
        self._writer = writer
        self._delivery = delivery
        self._known: OrderedDict[str, Exchange] = OrderedDict()
        self._turn = asyncio.Lock()

    def repeated(self, link: Link, message: Message) -> bool:
        """Whether this request came before; then it is answered again, at once."""
        known = self._known.get(_qn_of(message))
        if known is None:
            return False
        self._send_all(link, known.receive(message, time.monotonic()))
        return True

    async def carry_out(self, link: Link, message: Message) -> None:
        """Answer one command completely."""
        async with self._turn:
            if self.repeated(link, message):
                return
            found = answer(self._logger, message)
            if found.qn_rtn == 0:
                self._send(link, answer_notice(message))
                return
            exchange = self._begin(message)
            if found.exe_rtn is None:
                self._send_all(link, exchange.refuse(found.qn_rtn, time.monotonic()))
                return
            self._send_all(link, exchange.accept(time.monotonic()))
            result = await self._fulfil(link, message, found)
            self._send_all(link, exchange.finish(result, time.monotonic()))
            self._logger.exchange_ended()

    def _begin(self, message: Message) -> Exchange:
        exchange = Exchange.answering(message)
        exchange.start(time.monotonic())
        self._known[_qn_of(message)] = exchange
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return exchange

    async def _fulfil(self, link: Link, message: Message, found: Answer) -> int:
        """Send the reply and the data; the ExeRtn."""
        if found.reply is not None:
            self._send(link, self._reply(message, found.reply))
        result = found.exe_rtn or _REFUSED
        for report in found.reports:
            if not await self._delivery.deliver_all(link, self._writer.report(report)):
                result = _TIMED_OUT
        return result

    def _reply(self, message: Message, cp: str) -> Draft:
        """The value asked for: CN and ST of the request, no answer wanted (2017: C.2)."""
        old = self._logger.spec.version is Version.V2005
        return Draft(
            qn=None if old else message.qn,
            st=message.st,
            cn=message.cn,
            pw=message.pw,
            mn=message.mn,
            flag=None if old else (message.flag or 0) & ~3,
            cp=f"QN={_qn_of(message)};{cp}" if old else cp,
            echo=True,
        )

    def _send_all(self, link: Link, actions: Iterable[Action]) -> None:
        for action in actions:
            if isinstance(action, Send):
                self._send(link, action.draft)

    def _send(self, link: Link, draft: Draft) -> None:
        link.write(self._writer.drafted(draft).data)


def _qn_of(message: Message) -> str:
    return message.qn or message.get("QN") or ""
