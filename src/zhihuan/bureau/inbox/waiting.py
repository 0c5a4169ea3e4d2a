"""For which roles a matter waits in its state, how far each reaches, and who is barred. Pure.

A role waits when its holders may take some step there. Who took a step that such a step must be kept
apart from is barred; from a role's to-do only where that holds for every step the role has there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zhihuan.bureau.matters.declaration import Procedure, Step
from zhihuan.bureau.people.actions import Reach

__all__ = ["Elsewhere", "Waits", "barred", "parts_people", "parts_people_elsewhere", "waits_for"]

#: Procedure and step → the people who took part in it, in matters that one belongs together with.
Elsewhere = Mapping[tuple[str, str], Iterable[int]]


@dataclass(frozen=True, slots=True)
class Waits:
    """A role that may go on with a matter: how far, by which steps."""

    role: str
    reach: Reach
    steps: tuple[Step, ...]


def waits_for(procedure: Procedure, state: str) -> tuple[Waits, ...]:
    """The roles a matter in ``state`` waits for, as the steps name them; () at an end and where only the
    platform acts."""
    found: dict[str, list[Step]] = {}
    for step in procedure.steps_from(state):
        for role in step.who.reaches:
            found.setdefault(role, []).append(step)
    return tuple(
        Waits(role, max(each.who.reaches[role] for each in steps), tuple(steps))
        for role, steps in found.items()
    )


def parts_people(procedure: Procedure) -> bool:
    """Whether any step must be kept apart from another's takers."""
    return any(step.who.apart_from or step.who.apart_elsewhere for step in procedure.steps)


def parts_people_elsewhere(procedure: Procedure) -> bool:
    """Whether any step must be kept apart from the takers of steps in other matters."""
    return any(step.who.apart_elsewhere for step in procedure.steps)


def barred(
    waits: Waits, taken: Mapping[str, Iterable[int]], elsewhere: Elsewhere | None = None
) -> frozenset[int]:
    """Who may take none of these steps; ``taken``: step → the people who took it in this matter."""
    each = [_kept_apart(step, taken, elsewhere or {}) for step in waits.steps]
    return frozenset(set.intersection(*each)) if each else frozenset()


def _kept_apart(step: Step, taken: Mapping[str, Iterable[int]], elsewhere: Elsewhere) -> set[int]:
    here = {person for earlier in step.who.apart_from for person in taken.get(earlier, ())}
    there = {
        person
        for procedure, steps in step.who.apart_elsewhere.items()
        for earlier in steps
        for person in elsewhere.get((procedure, earlier), ())
    }
    return here | there
