"""What an exchange tells its caller to do. Small, frozen, complete in themselves."""

from __future__ import annotations

from dataclasses import dataclass

from zhihuan.hj212.exchange.drafts import Draft
from zhihuan.hj212.exchange.machine import Event, Outcome
from zhihuan.hj212.message import Message

__all__ = ["Action", "Ended", "Execute", "Judge", "Moved", "Received", "Send"]


@dataclass(frozen=True, slots=True)
class Send:
    """Send this frame. again: it was sent before; its QN and bytes are the same."""

    draft: Draft
    again: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """The exchange took a step. code: QnRtn or ExeRtn of the frame that caused it, None if none."""

    event: Event
    state: str
    code: int | None
    clause: str


@dataclass(frozen=True, slots=True)
class Received:
    """A value or data frame that belongs to this exchange."""

    message: Message


@dataclass(frozen=True, slots=True)
class Judge:
    """Device: will you carry this out? Call ``accept`` or ``refuse``."""

    message: Message


@dataclass(frozen=True, slots=True)
class Execute:
    """Device: carry this out. Call ``value``, ``data``, then ``finish``."""

    message: Message


@dataclass(frozen=True, slots=True)
class Ended:
    """The exchange is over. code: the QnRtn or ExeRtn that ended it, None if none did."""

    outcome: Outcome
    code: int | None = None


Action = Send | Moved | Received | Judge | Execute | Ended
