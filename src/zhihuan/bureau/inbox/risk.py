"""In what order matters wait: by legal risk, not by age. Pure.

A clock of one's own side comes before the other side's: what the bureau owes is the bureau's risk, what
the party owes is the party's. Within a stage the earliest end comes first, so what is overdue stands at
the head, then what ends today, then what ends soon.

It counts no days (``bureau.clock`` does) and knows no person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from enum import IntEnum

from zhihuan.bureau.clock import Due, Light, WorkCalendar, warning_days
from zhihuan.bureau.clock.history import BEIJING
from zhihuan.bureau.people.roles import ROLES, Side

__all__ = ["Rank", "Stage", "Ticking", "Urgency", "rank", "urgency", "warned_from"]


class Stage(IntEnum):
    """How pressing a to-do is, as it is kept: the smaller, the sooner.

    PRESSING: a clock of one's own side, its warning time has begun. RUNNING: one of one's own side,
    before that. OTHERS: a clock of the other side. UNTIMED: no clock runs, or it stands still.
    """

    PRESSING = 0
    RUNNING = 1
    OTHERS = 2
    UNTIMED = 3


class Urgency(IntEnum):
    """The same as people see it, at a moment: the order of the groups on the page."""

    OVERDUE = 0
    TODAY = 1
    SOON = 2
    RUNNING = 3
    OTHERS = 4
    UNTIMED = 5


@dataclass(frozen=True, slots=True)
class Ticking:
    """A running clock. duty: "bureau", "party" or "other". due_at: the first moment too late, None while it
    stands still; warn_at: when its warning time begins. key: of the kept clock; code: of the
    procedure's. All moments aware."""

    key: int
    duty: str
    due_at: datetime | None
    warn_at: datetime | None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Rank:
    """Where a to-do stands. at: the end of the clock, or since when it waits without any; warn_at: when
    a RUNNING one becomes PRESSING; clock: the key of the one that counts, None for none."""

    stage: Stage
    at: datetime
    warn_at: datetime | None = None
    clock: int | None = None


def rank(role: str, clocks: Iterable[Ticking], since: datetime, now: datetime) -> Rank:
    """Where a matter stands for the holders of ``role`` that it has been waiting for since ``since``."""
    given = list(clocks)
    own = "party" if ROLES[role].side is Side.OUTSIDE else "bureau"
    if first := _first_due(each for each in given if each.duty == own):
        return _own_rank(first, now)
    if first := _first_due(given):
        return Rank(Stage.OTHERS, _end(first), clock=first.key)
    still = next((each.key for each in given), None)
    return Rank(Stage.UNTIMED, since, clock=still)


def _own_rank(clock: Ticking, now: datetime) -> Rank:
    if clock.warn_at is None or clock.warn_at <= now:
        return Rank(Stage.PRESSING, _end(clock), clock=clock.key)
    return Rank(Stage.RUNNING, _end(clock), clock.warn_at, clock.key)


def _first_due(clocks: Iterable[Ticking]) -> Ticking | None:
    return min((each for each in clocks if each.due_at is not None), key=_end, default=None)


def _end(clock: Ticking) -> datetime:
    if clock.due_at is None:
        raise ValueError("a clock that stands still has no end")
    return clock.due_at


def warned_from(due: Due, started: datetime, calendar: WorkCalendar) -> datetime | None:
    """When the warning time begins: the first warning day, 0 o'clock in Beijing; None while it stands
    still."""
    days = warning_days(due, started, calendar)
    return datetime.combine(days[0], time(), BEIJING) if days else None


_OF_LIGHT = {
    Light.OVERDUE: Urgency.OVERDUE,
    Light.TODAY: Urgency.TODAY,
    Light.SOON: Urgency.SOON,
    Light.CALM: Urgency.SOON,
    Light.STILL: Urgency.UNTIMED,
}


def urgency(stage: Stage, light: Light) -> Urgency:
    """The group of a to-do whose clock shows ``light`` now. The kept stage decides what is pressing, so
    that groups follow the kept order; it is renewed within minutes of the warning time."""
    if stage is Stage.PRESSING:
        return _OF_LIGHT[light]
    return Urgency(stage + (Urgency.RUNNING - Stage.RUNNING))
