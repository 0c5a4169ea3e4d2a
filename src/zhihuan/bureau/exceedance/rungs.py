"""The ladder: who has the next move after judging, and by when. Pure.

An enterprise is told at once and explains or marks; the branch verifies; what is true is raised as a clue.
Large and repeated episodes are raised at once. Warnings of waste water are told and wait for nobody. Time
limits are dated parameters under ``exceedance/``, hours from moment to moment, through nights and holidays.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.exceedance.models import Episode
from zhihuan.standards.parameters import parameter

__all__ = ["Move", "explain_until", "first_move", "later_move", "verify_until"]

Stage, Outcome = Episode.Stage, Episode.Outcome
_EXPLAIN, _VERIFY = "exceedance/explain_within_hours", "exceedance/verify_within_hours"
_WAITING = (Stage.EXPLAINING, Stage.VERIFYING)


@dataclass(frozen=True, slots=True)
class Move:
    """Where an episode goes. due_at: None where nobody has the next move. tells_firm: the enterprise hears of
    it; rises: it becomes a clue now."""

    stage: str
    outcome: str = ""
    due_at: dt.datetime | None = None
    tells_firm: bool = False
    rises: bool = False


def explain_until(now: dt.datetime) -> dt.datetime:
    """Until when an enterprise told now must have explained or marked."""
    return now + dt.timedelta(hours=parameter(_EXPLAIN).on(beijing_day(now)).number)


def verify_until(now: dt.datetime) -> dt.datetime:
    """Until when a branch that has it from now must have verified it."""
    return now + dt.timedelta(hours=parameter(_VERIFY).on(beijing_day(now)).number)


def first_move(
    *, warning: bool, standing: int, goes_up: bool, now: dt.datetime, excused: bool = False
) -> Move:
    """Of an episode that was just found. excused: a working condition was marked that nobody has accepted: the branch
    looks whether permit or standard exempt those hours, and whether nothing was discharged."""
    if not standing and excused and not warning:
        return Move(Stage.VERIFYING, due_at=verify_until(now))
    if not standing:
        return Move(Stage.CLOSED, Outcome.MARKED)
    if warning:
        return Move(Stage.WARNED, tells_firm=True)
    if goes_up:
        return Move(Stage.RAISED, tells_firm=True, rises=True)
    return Move(Stage.EXPLAINING, due_at=explain_until(now), tells_firm=True)


def later_move(  # noqa: PLR0913 - where it stood, and what judging says now
    stage: str,
    outcome: str,
    *,
    warning: bool,
    standing: int,
    goes_up: bool,
    now: dt.datetime,
) -> Move | None:
    """Of an episode that was judged again; None: it stays where it is.

    Hours that were all marked after the enterprise was told are verified by the branch; marks that no longer
    hold open an episode again. What people have closed or raised stays.
    """
    if stage == Stage.CLOSED and outcome in Episode.BY_THE_PLATFORM and standing:
        return first_move(warning=warning, standing=standing, goes_up=goes_up, now=now)
    if stage == Stage.WARNED and not standing:
        return Move(Stage.CLOSED, Outcome.MARKED)
    if stage in _WAITING and goes_up:
        return Move(Stage.RAISED, rises=True)
    if stage == Stage.EXPLAINING and not standing:
        return Move(Stage.VERIFYING, due_at=verify_until(now))
    return None
