"""The table of a procedure's time limits with their sources: what runs from when to when, by which law.

For a page, a notice board (办事指南) or a file; made from the declaration, so it cannot differ from what
the clocks do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhihuan.bureau.clock import Limit, time_limit
from zhihuan.bureau.matters.declaration import Procedure

__all__ = ["TimeRow", "time_table"]


@dataclass(frozen=True, slots=True)
class TimeRow:
    """clock and duty as declared; limit: the edition in force that day; starts, ends, pauses, extensions:
    titles of the steps that start, meet, stop and lengthen it."""

    clock: str
    title: Any
    duty: str
    limit: Limit
    starts: tuple[Any, ...]
    ends: tuple[Any, ...]
    pauses: tuple[Any, ...]
    extensions: tuple[Any, ...]


def time_table(procedure: Procedure, on: date) -> Iterator[TimeRow]:
    """A row a clock, by the law of ``on``. ClockError where the law of that day has no such limit."""
    titles = {step.code: step.title for step in procedure.steps}
    for clock in procedure.clocks:
        yield TimeRow(
            clock.code,
            clock.title,
            clock.duty,
            time_limit(clock.limit, on=on),
            *(
                tuple(titles[step] for step in steps)
                for steps in (clock.starts, clock.ends, clock.pauses, clock.extends)
            ),
        )
