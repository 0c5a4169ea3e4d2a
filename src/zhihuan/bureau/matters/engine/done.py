"""Which steps have done what they are there for: they stay possible, but nothing waits for them any more.

    done_steps(procedure, [("report", "met")])     # {"report_back"}

Such a step leaves the matter where it is and is only there for a limit of the bureau's own that it meets. Pages ask here,
so that nobody is sent to do again what was done; the engine still takes it, for a mistake is mended by taking it anew.
"""

from __future__ import annotations

from collections.abc import Iterable

from zhihuan.bureau.matters.declaration import Clock, Procedure, Step
from zhihuan.bureau.matters.models import RunningClock

__all__ = ["clocks_that_tell", "done_steps"]

_Outcome = RunningClock.Outcome
_DONE = {_Outcome.MET, _Outcome.LATE}


def done_steps(procedure: Procedure, outcomes: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Codes of the steps none of whose limits runs and one of whose was met, in time or late.

    outcomes: code and outcome of the matter's clocks, those that ``clocks_that_tell`` names at least; pure.
    """
    known = set(outcomes)
    running = {code for code, outcome in known if outcome == _Outcome.RUNNING}
    met = {code for code, outcome in known if outcome in _DONE} - running
    return frozenset(
        step.code
        for step in procedure.steps
        if (ends := _only_ends(procedure, step)) and ends & met and not ends & running
    )


def clocks_that_tell(procedure: Procedure, state: str) -> frozenset[str]:
    """Codes of the clocks by which a step possible in ``state`` may be seen to be done."""
    steps = procedure.steps_from(state)
    return frozenset(code for step in steps for code in _only_ends(procedure, step))


def _only_ends(procedure: Procedure, step: Step) -> frozenset[str]:
    """The limits of the bureau that a step meets; none where it does anything else as well."""
    if step.target or any(_moves(clock, step.code) for clock in procedure.clocks):
        return frozenset()
    ended = [clock for clock in procedure.clocks if step.code in clock.ends]
    if any(clock.duty != "bureau" for clock in ended):
        return frozenset()
    return frozenset(clock.code for clock in ended)


def _moves(clock: Clock, step: str) -> bool:
    """Whether the step starts it, halts it, lets it go on or lengthens it."""
    return any(
        step in those for those in (clock.starts, clock.pauses, clock.resumes, clock.extends)
    )
