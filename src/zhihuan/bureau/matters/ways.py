"""Where one can get to in a procedure: plain graph questions over its states and steps.

Two kinds of way are asked for. Over states: what can be reached, what can still end. Over steps: what
can have been taken before, and whether some way avoids certain steps, which needs to know the step
one came by and not only the state.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from zhihuan.bureau.matters.declaration import Procedure, Step

__all__ = ["can_end", "can_follow", "ends_without", "reachable"]


def reachable(procedure: Procedure) -> frozenset[str]:
    """States a matter can come into."""
    return _spread([procedure.begins], lambda state: _after(procedure, state))


def can_end(procedure: Procedure) -> frozenset[str]:
    """States from which an end can be reached; the ends themselves too."""
    back: dict[str, set[str]] = {each.code: set() for each in procedure.states}
    for each in procedure.states:
        for target in _after(procedure, each.code):
            back[target].add(each.code)
    return _spread([each.code for each in procedure.states if each.end], lambda state: back[state])


def can_follow(procedure: Procedure, step: Step) -> frozenset[str]:
    """Steps that can be taken some time after ``step``."""
    begin = {step.leads_from(state) for state in step.sources}
    states = _spread(begin, lambda state: _after(procedure, state))
    return frozenset(
        each.code for each in procedure.steps if any(source in states for source in each.sources)
    )


def ends_without(procedure: Procedure, step: Step, avoiding: Iterable[str]) -> frozenset[str]:
    """Ends that can be reached after ``step`` although none of the steps ``avoiding`` is taken."""
    avoided = frozenset(avoiding)
    begin = {step.leads_from(state) for state in step.sources}
    states = _spread(begin, lambda state: _after(procedure, state, avoided))
    return frozenset(each.code for each in procedure.states if each.end and each.code in states)


def _after(procedure: Procedure, state: str, avoided: frozenset[str] = frozenset()) -> set[str]:
    steps = procedure.steps_from(state)
    return {each.leads_from(state) for each in steps if each.code not in avoided}


def _spread(begin: Iterable[str], onward: Callable[[str], Iterable[str]]) -> frozenset[str]:
    found = set(begin)
    waiting = deque(found)
    while waiting:
        new = set(onward(waiting.popleft())) - found
        found |= new
        waiting += new
    return frozenset(found)
