"""Conversations of HJ 212: who sends what, who answers what, how long to wait (2017: 6.1, 6.2, 6.5).

``replies`` answers single frames; ``Exchange`` runs a whole conversation for either side from the
tables in ``machine``. No sockets, no clock of its own, no asyncio.
"""

from __future__ import annotations

from zhihuan.hj212.exchange.actions import Action, Ended, Execute, Judge, Moved, Received, Send
from zhihuan.hj212.exchange.drafts import (
    Address,
    Draft,
    QnSource,
    at_sending,
    command_draft,
    draft,
    qn_at,
    row_of,
)
from zhihuan.hj212.exchange.machine import (
    Act,
    Event,
    Machine,
    Outcome,
    Transition,
    machine,
    machines,
)
from zhihuan.hj212.exchange.replies import (
    answer_data,
    answer_notice,
    answer_request,
    reply,
    report_result,
)
from zhihuan.hj212.exchange.running import Exchange
from zhihuan.hj212.exchange.timing import DEFAULT_TIMING, Timing, timing

__all__ = [
    "DEFAULT_TIMING",
    "Act",
    "Action",
    "Address",
    "Draft",
    "Ended",
    "Event",
    "Exchange",
    "Execute",
    "Judge",
    "Machine",
    "Moved",
    "Outcome",
    "QnSource",
    "Received",
    "Send",
    "Timing",
    "Transition",
    "answer_data",
    "answer_notice",
    "answer_request",
    "at_sending",
    "command_draft",
    "draft",
    "machine",
    "machines",
    "qn_at",
    "reply",
    "report_result",
    "row_of",
    "timing",
]
