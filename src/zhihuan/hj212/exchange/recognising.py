"""What a message means to an exchange: its event, or None if it is none of its business.

Answers are known by QN. Data asked for carry QNs of their own (2017: C.20), so only CN and MN tell
what they belong to; an upload that happens to be under way looks the same and does no harm.
"""

from __future__ import annotations

from zhihuan.hj212.commands.parsing import answered_qn, command_of
from zhihuan.hj212.exchange.drafts import Draft
from zhihuan.hj212.exchange.machine import Event
from zhihuan.hj212.message import Message

__all__ = ["event_for_beginner", "event_for_device", "return_code"]

_ANSWERS = frozenset({"9011", "9012", "9013", "9014"})


def event_for_beginner(message: Message, first: Draft) -> Event | None:
    """What a message means to the side that sent ``first``."""
    same = bool(first.qn) and answered_qn(message) == first.qn
    if message.cn in _ANSWERS:
        return _event_of_answer(message) if same else None
    if message.cn != first.cn or message.mn not in {first.mn, ""}:
        return None
    row = command_of(message, sender="device")
    if row is None:
        return None
    if row.kind == "reply":
        return Event.VALUE if same else None
    return Event.DATA


def event_for_device(message: Message, request: Message, sent: Draft | None) -> Event | None:
    """What a message means to the device that was asked; ``sent``: its latest data frame."""
    if message.cn == "9014":
        awaited = (sent.qn if sent else None) or answered_qn(request)
        return Event.ACKNOWLEDGED if answered_qn(message) == awaited else None
    same = answered_qn(message) == answered_qn(request)
    return Event.REQUEST if same and message.cn == request.cn else None


def return_code(message: Message | None) -> int | None:
    """QnRtn of a 9011, ExeRtn of a 9012; None if it is no such frame or says no number."""
    if message is None or message.cn not in {"9011", "9012"}:
        return None
    text = message.get("QnRtn" if message.cn == "9011" else "ExeRtn") or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None


def _event_of_answer(message: Message) -> Event:
    """A 9011 without a code is taken as yes: it says the request arrived. A 9012 without is no yes."""
    code = return_code(message)
    if message.cn == "9011":
        return Event.ACCEPTED if code in {1, None} else Event.REFUSED
    if message.cn == "9012":
        return Event.SUCCEEDED if code == 1 else Event.FAILED
    return Event.NOTICED if message.cn == "9013" else Event.ACKNOWLEDGED
