"""One exchange under way: an interpreter of the machines' tables. Sans-IO: time is handed in.

    exchange = Exchange.ordering(SetClock(system_time=now), address, qn=qn)
    for action in exchange.start(now=clock()):          # [Moved(…), Send(draft)]
        ...
    exchange.receive(message, now=clock())              # answers
    exchange.tick(now=clock())                          # when exchange.deadline has passed

``now`` is any monotonic clock in seconds. No call raises for anything a peer sends, nor out of turn:
what means nothing in the present state gives []. Every exchange ends by time-out.

The exchange does not acknowledge data frames: 9014 may only follow a durable commit, which is the
gateway's to know.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import Self

from zhihuan.hj212.codes.edition import Edition
from zhihuan.hj212.commands.bodies import Body
from zhihuan.hj212.commands.parsing import answered_qn, edition_of_message
from zhihuan.hj212.exchange.actions import Action, Ended, Execute, Judge, Moved, Received, Send
from zhihuan.hj212.exchange.drafts import Address, Draft, draft, row_of
from zhihuan.hj212.exchange.machine import Act, Event, Machine, Outcome, Transition, machine
from zhihuan.hj212.exchange.recognising import event_for_beginner, event_for_device, return_code
from zhihuan.hj212.exchange.replies import answer_data, answer_request, reply, report_result
from zhihuan.hj212.exchange.timing import DEFAULT_TIMING, Timing
from zhihuan.hj212.message import Message

__all__ = ["Exchange"]


class Exchange:
    """One request, notice or upload and all that belongs to it.

    Built by ``ordering`` (the side that begins) or ``answering`` (the device that was asked).
    qn, cn, mn: what its frames are recognised by. state: name in the machine's table.
    outcome: None while under way. resent: how often a frame was sent again.
    """

    def __init__(
        self,
        table: Machine,
        first: Draft | None,
        request: Message | None = None,
        timing: Timing = DEFAULT_TIMING,
    ) -> None:
        self.machine = table
        self.state = "new"
        self.outcome: Outcome | None = None
        self.resent = 0
        self.code: int | None = None
        self._timing = timing
        self._draft = first
        self._request = request
        self._left = timing.resends
        self._due: float | None = None
        self._limit: float | None = None
        self._queue: deque[tuple[Event, Draft | int]] = deque()
        self._qn_rtn = self._exe_rtn = 1
        self._acts: Mapping[Act, Callable[[float, Message | None], Iterator[Action]]] = {
            Act.SEND: self._send,
            Act.RESEND: self._resend,
            Act.WAIT: self._wait,
            Act.KEEP: self._keep,
            Act.ACKNOWLEDGE: self._acknowledge,
            Act.JUDGE: self._judge,
            Act.EXECUTE: self._execute,
            Act.ANSWER: self._answer,
            Act.RESULT: self._result,
            Act.REFUSE_UNKNOWN: self._refuse_unknown,
            Act.FAIL_UNKNOWN: self._fail_unknown,
            Act.FAIL_TIMEOUT: self._fail_timeout,
            Act.END: self._end,
        }

    # --- building -------------------------------------------------------------------------------

    @classmethod
    def ordering(  # noqa: PLR0913 - what is sent, to whom, as whom, named how, waiting how long
        cls,
        body: Body,
        to: Address,
        *,
        qn: str,
        sender: str = "host",
        timing: Timing = DEFAULT_TIMING,
        answer: bool = True,
    ) -> Self:
        """The exchange a command begins. CommandError if the edition does not define it.

        A 2005 stop notice takes the QN of the request that started the stream (2005: C.4).
        """
        row = row_of(body, to.edition, sender, to.st)
        first = draft(body, to, sender=sender, qn=qn, answer=answer)
        return cls(machine(row.exchange or "upload"), first, None, timing)

    @classmethod
    def sending(cls, first: Draft, kind: str, timing: Timing = DEFAULT_TIMING) -> Self:
        """The exchange a ready-made frame begins; ``kind`` names the machine."""
        return cls(machine(kind), first, None, timing)

    @classmethod
    def answering(cls, request: Message, timing: Timing = DEFAULT_TIMING) -> Self:
        """The device's side of a request that has arrived; ``start`` it next."""
        return cls(machine("answering"), None, request, timing)

    # --- what it is -----------------------------------------------------------------------------

    @property
    def qn(self) -> str:
        """QN of the exchange, "" for an upload of 2005 that wants no answer."""
        if self._request is not None:
            return answered_qn(self._request)
        return (self._draft.qn if self._draft else "") or ""

    @property
    def deadline(self) -> float | None:
        """When to call ``tick``; None before the start and after the end."""
        if self._due is None or self._limit is None or self.outcome is not None:
            return None
        return min(self._due, self._limit)

    def concerns(self, message: Message) -> bool:
        """Whether a message belongs to this exchange, in its present state."""
        return self._event_of(message) is not None

    # --- inputs both sides have -----------------------------------------------------------------

    def start(self, now: float) -> list[Action]:
        """Begin: send the first frame, or ask the device to judge the request."""
        self._limit = self._limit or now + self._timing.limit_seconds
        if self._request is not None:
            return self._feed(Event.REQUEST, now, self._request)
        wanted = self.machine.name != "upload" or (self._draft and self._draft.wants_answer)
        return self._feed(Event.START if wanted else Event.START_UNANSWERED, now)

    def receive(self, message: Message, now: float) -> list[Action]:
        """A message arrived. [] if it is none of this exchange's."""
        event = self._event_of(message)
        return [] if event is None else self._feed(event, now, message)

    def tick(self, now: float) -> list[Action]:
        """Time has passed. [] before the deadline; called late, it takes one step only."""
        if self.deadline is None or now < self.deadline:
            return []
        if self._limit is not None and now >= self._limit:
            return self._feed(Event.OVERDUE, now)
        return self._feed(Event.TIMEOUT if self._left > 0 else Event.TIMEOUT_LAST, now)

    def abandon(self, now: float) -> list[Action]:
        """The connection is lost or the order withdrawn."""
        return self._feed(Event.ABANDON, now)

    # --- the device's inputs --------------------------------------------------------------------

    def accept(self, now: float) -> list[Action]:
        """The device will carry the request out: 9011 with QnRtn=1."""
        return self._feed(Event.ACCEPT, now)

    def refuse(self, code: int, now: float) -> list[Action]:
        """The device will not: 9011 with this QnRtn. ValueError for a code that is none."""
        _check_code(code)
        if self.machine.on(self.state, Event.REFUSE):
            self._qn_rtn = self.code = code
        return self._feed(Event.REFUSE, now)

    def value(self, body: Body, now: float) -> list[Action]:
        """The value asked for. CommandError if the edition forbids it."""
        if self._request is None:
            return []
        return self._put(Event.VALUE, reply(self._request, body), now)

    def data(self, frame: Draft, now: float) -> list[Action]:
        """A data frame asked for. If it wants an answer, the next waits for its 9014."""
        event = Event.DATA_TO_ACKNOWLEDGE if frame.wants_answer else Event.DATA
        return self._put(event, frame, now)

    def finish(self, code: int, now: float) -> list[Action]:
        """Carried out, with this ExeRtn; sent when all data before it are acknowledged.

        ValueError for a code that is none.
        """
        _check_code(code)
        return self._put(Event.FINISH, code, now)

    def _put(self, event: Event, what: Draft | int, now: float) -> list[Action]:
        if self._request is None or self.outcome is not None:
            return []
        self._queue.append((event, what))
        return self._drain(now)

    # --- the interpreter ------------------------------------------------------------------------

    def _feed(self, event: Event, now: float, message: Message | None = None) -> list[Action]:
        row = self.machine.on(self.state, event)
        if row is None:
            return []
        actions = list(self._take(row, now, message))
        return actions + self._drain(now)

    def _take(self, row: Transition, now: float, message: Message | None) -> Iterator[Action]:
        self.state = row.next
        code = return_code(message)
        self.code = self.code if code is None else code
        yield Moved(row.event, row.next, code, row.source.clause)
        for act in row.acts:
            yield from self._acts[act](now, message)

    def _drain(self, now: float) -> list[Action]:
        """Feed what the device wants to send, as far as the state lets it."""
        actions: list[Action] = []
        while self._queue:
            event, what = self._queue[0]
            row = self.machine.on(self.state, event)
            if row is None:
                break
            self._queue.popleft()
            if isinstance(what, Draft):
                self._draft = what
            else:
                self._exe_rtn = self.code = what
            actions.extend(self._take(row, now, None))
        return actions

    def _event_of(self, message: Message) -> Event | None:
        """What a message means to this exchange; None if nothing."""
        if self._request is not None:
            return event_for_device(message, self._request, self._draft)
        return event_for_beginner(message, self._draft) if self._draft else None

    # --- acts -----------------------------------------------------------------------------------

    def _send(self, _now: float, _message: Message | None) -> Iterator[Action]:
        self._left = self._timing.resends
        if self._draft is not None:
            yield Send(self._draft)

    def _resend(self, _now: float, _message: Message | None) -> Iterator[Action]:
        self._left -= 1
        self.resent += 1
        if self._draft is not None:
            yield Send(self._draft, again=True)

    def _wait(self, now: float, _message: Message | None) -> Iterator[Action]:
        self._due = now + self._timing.timeout_seconds
        yield from ()

    def _keep(self, _now: float, message: Message | None) -> Iterator[Action]:
        if message is not None:
            yield Received(message)

    def _acknowledge(self, _now: float, message: Message | None) -> Iterator[Action]:
        old = message is not None and edition_of_message(message) is Edition.HJ2005
        if message is not None and old and message.needs_ack:
            yield Send(answer_data(message))

    def _judge(self, _now: float, message: Message | None) -> Iterator[Action]:
        if message is not None:
            yield Judge(message)

    def _execute(self, _now: float, _message: Message | None) -> Iterator[Action]:
        if self._request is not None:
            yield Execute(self._request)

    def _answer(self, _now: float, _message: Message | None) -> Iterator[Action]:
        if self._request is not None:
            yield Send(answer_request(self._request, self._qn_rtn))

    def _result(self, _now: float, _message: Message | None) -> Iterator[Action]:
        if self._request is not None:
            yield Send(report_result(self._request, self._exe_rtn))

    def _refuse_unknown(self, _now: float, _message: Message | None) -> Iterator[Action]:
        old = self._request is not None and edition_of_message(self._request) is Edition.HJ2005
        self._qn_rtn = self.code = 2 if old else 100
        yield from ()

    def _fail_unknown(self, _now: float, _message: Message | None) -> Iterator[Action]:
        self._exe_rtn = self.code = 2
        yield from ()

    def _fail_timeout(self, _now: float, _message: Message | None) -> Iterator[Action]:
        old = self._request is not None and edition_of_message(self._request) is Edition.HJ2005
        self._exe_rtn = self.code = 2 if old else 4
        yield from ()

    def _end(self, _now: float, _message: Message | None) -> Iterator[Action]:
        self.outcome = Outcome(self.state)
        self._queue.clear()
        yield Ended(self.outcome, self.code)


def _check_code(code: int) -> None:
    """QnRtn and ExeRtn are N3 (2017: table 4)."""
    if not 1 <= code <= 999:
        raise ValueError(f"{code} is no return code: they are 1 to 999 (2017: table 4)")
