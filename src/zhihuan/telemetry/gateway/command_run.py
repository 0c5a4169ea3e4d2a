"""One ordered command on its way: an exchange with the device, each step told as it happens.

The exchange itself is ``hj212.exchange``; here frames get their bytes (CRC dialect, key) and a
socket, and the exchange's steps become the outbox's. It refuses to acknowledge data frames or a
2005 device's 9012: reception does, after the commit.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from zhihuan.hj212 import CrcDialect, Message, codes
from zhihuan.hj212.codes import Edition
from zhihuan.hj212.commands import Body, CommandError
from zhihuan.hj212.commands.bodies import Item
from zhihuan.hj212.commands.parsing import body_class
from zhihuan.hj212.cp import read_cp
from zhihuan.hj212.errors import EncodeError, Refusal
from zhihuan.hj212.exchange import (
    DEFAULT_TIMING,
    Action,
    Address,
    Ended,
    Event,
    Exchange,
    Moved,
    Outcome,
    QnSource,
    Send,
    at_sending,
)
from zhihuan.telemetry.gateway.device_links import DeviceLink, Heard
from zhihuan.telemetry.ports import ExchangeStep, OrderedCommand, Step

__all__ = ["CommandRun"]

_STEPS = {
    Event.ACCEPTED: Step.QN_RTN,
    Event.REFUSED: Step.QN_RTN,
    Event.VALUE: Step.REPLY,
    Event.DATA: Step.DATA,
    Event.SUCCEEDED: Step.EXE_RTN,
    Event.FAILED: Step.EXE_RTN,
    Event.NOTICED: Step.NOTICE_ACK,
    Event.TIMEOUT: Step.TIMEOUT,
    Event.TIMEOUT_LAST: Step.TIMEOUT,
    Event.OVERDUE: Step.TIMEOUT,
}
_WHY = {
    Outcome.REFUSED: "the device refused",
    Outcome.FAILED: "the device could not do it",
    Outcome.UNANSWERED: "no answer after every re-send",
    Outcome.TIMED_OUT: "accepted, but no result came in time",
}
# HJ 212-2017, 6.2, table 1: 10 s, 3 re-sends for every radio link.
TIMING = DEFAULT_TIMING
# A month of minute data is thousands of frames: all are in the store, the first few in the log.
_DATA_STEPS = 20

Record = Callable[[OrderedCommand, ExchangeStep], None]
Finished = Callable[["CommandRun", ExchangeStep], None]


class CommandRun(Heard):
    """From start() to the one call of ``ended``; the link hears for it in between."""

    def __init__(
        self, link: DeviceLink, command: OrderedCommand, record: Record, ended: Finished
    ) -> None:
        self.command = command
        self._link = link
        self._record = record
        self._ended = ended
        self._exchange: Exchange | None = None
        self._data_frames = 0
        self._over = False

    def start(self, now: float, qns: QnSource) -> None:
        """Send the first frame; a command the edition does not allow ends at once. now: loop time."""
        self._link.exchange = self
        try:
            self._exchange = self._order(qns)
            self._act(self._exchange.start(now), None)
        except (CommandError, EncodeError, Refusal) as error:
            self.fail(str(error))

    def heard(self, message: Message, now: float) -> None:
        """A message of the device came in."""
        if self._exchange is not None:
            self._act(self._exchange.receive(message, now), message)

    def tick(self, now: float) -> None:
        """Time passed."""
        if self._exchange is not None:
            self._act(self._exchange.tick(now), None)

    def fail(self, why: str) -> None:
        """End it from outside. Idempotent."""
        self._end(ExchangeStep(datetime.now(UTC), Step.FAILED, self._qn, detail=why))

    @property
    def _qn(self) -> str:
        return self._exchange.qn if self._exchange is not None else ""

    def _order(self, qns: QnSource) -> Exchange:
        command, link = self.command, self._link
        edition = link.edition
        st = command.st or link.st or link.device.system_type or "91"
        row = codes.command(command.cn, edition, "host", st)
        if row is None:
            raise CommandError(
                command.cn, f"{edition.standard} has no such command; the device speaks {edition}"
            )
        now = datetime.now(UTC)
        # a clock is set to the time of sending: the order may have waited for its device for hours
        body = _body(row, at_sending(command.cp, now), edition)
        address = Address(command.mn, st, edition, link.device.password or "123456")
        return Exchange.ordering(body, address, qn=qns.next(now), timing=TIMING)

    def _act(self, actions: list[Action], message: Message | None) -> None:
        for action in actions:
            if isinstance(action, Send):
                self._send(action)
            elif isinstance(action, Moved):
                self._note(action, message)
            elif isinstance(action, Ended):
                self._conclude(action)

    def _send(self, action: Send) -> None:
        if action.draft.cn in ("9013", "9014"):
            return
        raw = self._frame(action)
        step = Step.RESENT if action.again else Step.SENT
        connections = self._link.connections
        if connections:
            connections[-1].answer(raw)
            connections[-1].send_answers()
        detail = connections[-1].peer if connections else "the device is not connected"
        self._record(
            self.command, ExchangeStep(datetime.now(UTC), step, self._qn, raw=raw, detail=detail)
        )

    def _frame(self, action: Send) -> bytes:
        profile = self._link.device.profile
        crc = CrcDialect.HJ212 if profile.crc is CrcDialect.OFF else profile.crc
        secret = profile.encrypted and profile.keys and action.draft.confidential
        return action.draft.encode(crc=crc, key=profile.keys[0] if secret else None)

    def _note(self, moved: Moved, message: Message | None) -> None:
        step = _STEPS.get(moved.event)
        if step is None:
            return
        self._data_frames += step is Step.DATA
        if step is Step.DATA and self._data_frames > _DATA_STEPS:
            return
        raw = message.raw if message is not None else b""
        now = datetime.now(UTC)
        told = ExchangeStep(now, step, self._qn, moved.code, raw, moved.clause)
        self._record(self.command, told)

    def _conclude(self, ended: Ended) -> None:
        done = ended.outcome is Outcome.DONE
        detail = _WHY.get(ended.outcome, ended.outcome.value) if not done else ""
        if self._data_frames:
            detail = f"{detail} ({self._data_frames} data frames)".strip()
        step = Step.DONE if done else Step.FAILED
        self._end(ExchangeStep(datetime.now(UTC), step, self._qn, ended.code, detail=detail))

    def _end(self, result: ExchangeStep) -> None:
        if self._over:
            return
        self._over = True
        if self._link.exchange is self:
            self._link.exchange = None
        self._ended(self, result)


def _body(row: codes.CommandCode, cp: str, edition: Edition) -> Body:
    """The typed parameters of the text an order keeps, so that nonsense never travels."""
    shape, values = read_cp(cp)
    items = [Item(c.code, c.sub, value) for c, value in zip(shape.columns, values, strict=True)]
    return body_class(row).read(items, edition)
