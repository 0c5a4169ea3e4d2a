"""The ladder (逐级提醒): who is told at each warning time of a clock, and when it has ended. Pure.

    rungs(due, started, calendar, ladder_on(day), "bureau")
    climb(rungs, told=1, now=now)

The ladder is data with dates (``ladder.yaml``). After a pause of the platform one message tells what
several would have told, to everybody they would have gone to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from zhihuan.bureau.clock import Due, WorkCalendar, warning_days
from zhihuan.bureau.clock.history import BEIJING

__all__ = ["AUDIENCES", "Climb", "Ladder", "Rung", "climb", "ladder_on", "ladders_from", "rungs"]

#: Who can be told.
AUDIENCES = frozenset({"responsible", "section_head", "leader", "party"})
_DUTIES = frozenset({"bureau", "party"})
#: Of a body that is neither: an edition that says nothing of it tells those who are told of the bureau's.
_OTHER = "other"
_Tells = frozenset[str]


@dataclass(frozen=True, slots=True)
class Ladder:
    """One edition, in force from ``first`` on. warnings, overdue: by whose duty the clock is."""

    first: date
    warnings: Mapping[str, tuple[_Tells, ...]]
    overdue: Mapping[str, _Tells]


@dataclass(frozen=True, slots=True)
class Rung:
    """number: from 1. at: when to tell, aware. overdue: the clock has ended then. tells: whom."""

    number: int
    at: datetime
    tells: _Tells
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Climb:
    """What is to be done now. rung: the highest reached anew, None for none; tells: everybody whom the
    rungs reached since would have told; next_at: when to look again, None for never."""

    rung: Rung | None
    tells: _Tells
    next_at: datetime | None


def rungs(
    due: Due, started: datetime, calendar: WorkCalendar, ladder: Ladder, duty: str
) -> tuple[Rung, ...]:
    """The rungs of a clock, in order; () while it stands still. A clock with more warning times than the
    ladder has rungs stays on the last of them."""
    if due.at is None:
        return ()
    steps = ladder.warnings[duty]
    found = [
        Rung(number, _morning(day), steps[min(number, len(steps)) - 1])
        for number, day in enumerate(warning_days(due, started, calendar), start=1)
    ]
    return (*found, Rung(len(found) + 1, due.at, ladder.overdue[duty], overdue=True))


def climb(steps: Sequence[Rung], told: int, now: datetime) -> Climb:
    """From rung ``told`` (0: none yet) to where the clock stands at ``now``."""
    reached = [each for each in steps if told < each.number and each.at <= now]
    ahead = [each.at for each in steps if each.at > now]
    tells: _Tells = frozenset[str]().union(*(each.tells for each in reached))
    return Climb(reached[-1] if reached else None, tells, min(ahead, default=None))


def ladder_on(day: date) -> Ladder:
    """The edition in force on a day of Beijing; the first one for the days before it."""
    known = _packaged()
    begun = [each for each in known if each.first <= day]
    return begun[-1] if begun else known[0]


@cache
def _packaged() -> tuple[Ladder, ...]:
    text = files(__package__).joinpath("ladder.yaml").read_text(encoding="utf-8")
    return ladders_from(yaml.safe_load(text))


def ladders_from(entries: Iterable[Mapping[str, Any]]) -> tuple[Ladder, ...]:
    """The editions of such a file, oldest first. ValueError naming edition and fault."""
    found = sorted((_ladder(each) for each in entries), key=lambda each: each.first)
    days = [each.first for each in found]
    if not found or len(set(days)) < len(days):
        raise ValueError(f"one edition of the ladder a day, and at least one: {days}")
    return tuple(found)


def _ladder(entry: Mapping[str, Any]) -> Ladder:
    first = entry["from"]
    if missing := _DUTIES - set(entry):
        raise ValueError(f"{first}: no rungs for the duty of: {', '.join(sorted(missing))}")
    told = {duty: entry[duty] for duty in _DUTIES}
    told[_OTHER] = entry.get(_OTHER, entry["bureau"])
    return Ladder(
        first,
        {duty: tuple(_tells(first, each) for each in of["warnings"]) for duty, of in told.items()},
        {duty: _tells(first, of["overdue"]) for duty, of in told.items()},
    )


def _tells(first: date, named: Sequence[str]) -> _Tells:
    if not named or set(named) - AUDIENCES:
        known = ", ".join(sorted(AUDIENCES))
        raise ValueError(f"{first}: {list(named)} names nobody who can be told; known are {known}")
    return frozenset(named)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), BEIJING)
