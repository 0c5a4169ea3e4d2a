"""A command that reached a logger, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from zhihuan.hj212.message import Message
from zhihuan.telemetry.simulator.logger import Logger
from zhihuan.telemetry.simulator.reports import Report

__all__ = ["BAD_CONDITION", "DONE", "NO_DATA", "READY", "Answer", "Command", "Rule"]

# QnRtn (HJ 212-2017, table 7) and ExeRtn (table 6)
READY = 1
DONE, BAD_CONDITION, NO_DATA = 1, 3, 100


@dataclass(frozen=True, slots=True)
class Answer:
    """What follows a command. qn_rtn: the 9011; 0 for a notice, which only gets a 9013.
    reply: CP of a reply frame with the command's own CN and ST, None for none. reports: data
    frames, made while they are sent. exe_rtn: the 9012; None sends none."""

    qn_rtn: int = READY
    reply: str | None = None
    reports: Iterator[Report] = field(default_factory=lambda: iter(()))
    exe_rtn: int | None = DONE


class Command(NamedTuple):
    """A command and the logger it reached."""

    logger: Logger
    message: Message

    def get(self, key: str) -> str:
        """A field of CP, "" when absent."""
        return self.message.get(key) or ""

    def subs(self, sub: str) -> list[tuple[str, str]]:
        """(code, value) of every group that has this sub-field."""
        return [(group.code, group.subs[sub]) for group in self.message.groups if sub in group.subs]


Rule = Callable[[Command], Answer]
