"""What is wrong with a declared procedure, in words. A test asks this of every one that exists.

It finds states nobody comes to, dead ends, matters that can never end, steps nobody can take, clocks
without law or that outlive the matter, four-eyes rules that bind nobody, documents without a template,
and parties that are shown what is not there, or not shown what they do and owe. An empty list is no
praise of the law behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from importlib.resources import files

from zhihuan.bureau.clock import Limit, time_limits
from zhihuan.bureau.matters.declaration import Clock, Procedure, Step
from zhihuan.bureau.matters.party_view import NOTHING_SHOWN
from zhihuan.bureau.matters.ways import can_end, can_follow, ends_without, reachable
from zhihuan.bureau.people.roles import ROLES, Side

__all__ = ["faults", "strangers_in_view", "template_of"]


def faults(
    procedure: Procedure, has_template: Callable[[str], bool] = lambda _name: True
) -> list[str]:
    """Every fault, each naming where it is. has_template: whether a template of that name exists."""
    found = [
        *_states(procedure),
        *(fault for step in procedure.steps for fault in _step(procedure, step, has_template)),
        *(fault for clock in procedure.clocks for fault in _clock(procedure, clock)),
        *_party(procedure),
        *_readers(procedure),
    ]
    return [f"{procedure.code}: {fault}" for fault in found]


def strangers_in_view(procedure: Procedure) -> list[str]:
    """What the view of a procedure's party names and the procedure does not have. It shows nothing and hides
    nothing, but it is not what was meant: a test asks this of every procedure there is."""
    view = procedure.party or NOTHING_SHOWN
    steps = {each.code for each in procedure.steps}
    made = {document.code for step in procedure.steps for document in step.documents}
    there = (
        ((*view.since, *view.steps), steps),
        (view.states, {each.code for each in procedure.states}),
        (view.clocks, {each.code for each in procedure.clocks}),
        ((*view.documents, *view.at_once), made),
    )
    return [
        f"{procedure.code}: {name}" for names, known in there for name in names if name not in known
    ]


def template_of(procedure: Procedure) -> Callable[[str], bool]:
    """Whether the line's folder holds a template of a name: for ``faults``."""

    def is_there(name: str) -> bool:
        return bool(procedure.folder) and (files(procedure.folder) / "documents" / name).is_file()

    return is_there


def _states(procedure: Procedure) -> Iterator[str]:
    there, ending = reachable(procedure), can_end(procedure)
    for state in procedure.states:
        if state.code not in there:
            yield f"nothing leads to the state {state.code}"
        if not state.end and not procedure.steps_from(state.code):
            yield f"{state.code} is a dead end and not declared as one"
        elif state.code not in ending:
            yield f"from {state.code} a matter can never end"


def _step(procedure: Procedure, step: Step, has_template: Callable[[str], bool]) -> Iterator[str]:
    for role in step.who.reaches:
        if role not in ROLES:
            yield f"{step.code} is taken by {role}, a role nobody can hold"
    for earlier in step.who.apart_from:
        if step.code not in can_follow(procedure, procedure.step(earlier)):
            yield f"{step.code} is kept apart from {earlier}, which can never come before it"
    is_let = step.who.upon or any(each.expires == step.code for each in procedure.clocks)
    if step.who.platform and not is_let:
        yield f"{step.code} is taken by the platform, but no clock lets it"
    for document in step.documents:
        if not has_template(document.template):
            yield f"{step.code} makes {document.code}, whose template {document.template} is missing"


def _clock(procedure: Procedure, clock: Clock) -> Iterator[str]:
    limit = _limit(procedure, clock)
    if isinstance(limit, str):
        yield limit
        return
    yield from _untold(clock, limit)
    for step, reason in clock.pauses.items():
        if reason not in limit.pauses:
            yield f"{clock.code} is stopped by {step} for {reason}; {limit.code} knows {_listed(limit.pauses)}"
    ways = [way.code for way in limit.extendable]
    for step, name in clock.happened_on.items():
        form = procedure.step(step).form
        if form is None or name not in form.base_fields:
            yield f"{clock.code} is told by {step} when it came to pass, but {step} asks for no {name}"
    for step, way in clock.extends.items():
        if way not in ways:
            yield f"{clock.code} is extended by {step} as {way}; {limit.code} knows {_listed(ways)}"
    if clock.expires and not procedure.step(clock.expires).who.platform:
        yield f"{clock.code} ends with {clock.expires}, which the platform may not take"
    if not clock.lapses:
        yield from _outlives(procedure, clock)


def _untold(clock: Clock, limit: Limit) -> Iterator[str]:
    """A limit without a length is told its last day."""
    if limit.length is None and clock.until is None:
        yield f"{clock.code} runs by {limit.code}, which leaves its length to a decision, and none tells it"


def _party(procedure: Procedure) -> Iterator[str]:
    """What the party is shown must be there, and what it may do or must keep it must be shown."""
    view = procedure.party or NOTHING_SHOWN
    for step in procedure.steps:
        asked = frozenset(step.form.base_fields) if step.form is not None else frozenset[str]()
        for name in sorted(set(view.steps.get(step.code, ())) - asked):
            yield f"{step.code} asks for no {name}, which its party is to be shown"
        if _is_for_party(step) and step.code not in view.steps:
            yield f"{step.code} may be taken by the party, which is not shown that it was"
    for clock in procedure.clocks:
        if clock.duty == "party" and procedure.party and clock.code not in view.clocks:
            yield f"{clock.code} is the party's duty, and the party is not shown it"


def _readers(procedure: Procedure) -> Iterator[str]:
    """Whoever only looks sees whole matters, so it is somebody of the bureau."""
    for role in procedure.readers:
        if role not in ROLES or ROLES[role].side is not Side.BUREAU:
            yield f"its matters are read by {role}, which is no role of the bureau"


def _is_for_party(step: Step) -> bool:
    return any(ROLES[role].side is Side.OUTSIDE for role in step.who.reaches if role in ROLES)


def _limit(procedure: Procedure, clock: Clock) -> Limit | str:
    """The limit, in force while the procedure is; else the fault."""
    editions = time_limits().get(clock.limit)
    if editions is None:
        return (
            f"{clock.code} has no basis: no time limit has the code {clock.limit}; see "
            "bureau/clock/time_limits.yaml, own_limits.yaml"
        )
    begins = procedure.basis.in_force_from
    until = procedure.basis.in_force_until or date.max
    for each in reversed(editions):
        if each.basis.in_force_from <= until and (each.basis.in_force_until or date.max) >= begins:
            return each
    return f"{clock.code}: {clock.limit} is never in force while this edition of the procedure is"


def _outlives(procedure: Procedure, clock: Clock) -> Iterator[str]:
    for code in clock.starts:
        meeting = {*clock.ends, clock.expires} - {""}
        for end in sorted(ends_without(procedure, procedure.step(code), meeting)):
            yield f"{clock.code}, started by {code}, still runs when the matter ends as {end}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none"
