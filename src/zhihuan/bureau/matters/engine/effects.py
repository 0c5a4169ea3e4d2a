"""What follows a step beside the matter itself: documents, messages, whatever a room adds.

    on_taken(make_documents)  # from an AppConfig's ready
    on_moved(renew)           # what a late calendar or a re-basing moved without a step

An effect is called in the step's own transaction, after the matter and its clocks have moved, in the
order registered. An exception undoes the step. The engine imports nobody who registers here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from zhihuan.bureau.matters.declaration import Procedure, Step
from zhihuan.bureau.matters.engine.acting import Acting, Facts
from zhihuan.bureau.matters.models import Matter, MatterEvent

__all__ = ["Effect", "Taken", "follow", "follow_moved", "on_moved", "on_taken"]


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was just taken. step None: the matter was opened. matter: as it is now, of the line's
    own model. facts: what the guards saw, before the step."""

    procedure: Procedure
    step: Step | None
    matter: Matter
    event: MatterEvent
    acting: Acting
    facts: Facts


Effect = Callable[[Taken], None]
_effects: list[Effect] = []
#: Told the keys of matters.
Moved = Callable[[Collection[int]], None]
_moved: list[Moved] = []


def on_taken(effect: Effect) -> None:
    """Call this after every step. Registering the same again changes nothing."""
    if effect not in _effects:
        _effects.append(effect)


def follow(taken: Taken) -> None:
    """Call all that are registered."""
    for effect in _effects:
        effect(taken)


def on_moved(effect: Moved) -> None:
    """Call this, in the transaction, with the keys of matters whose clocks or edition moved without a
    step: a year was loaded, a matter was re-based."""
    if effect not in _moved:
        _moved.append(effect)


def follow_moved(keys: Collection[int]) -> None:
    """Call all that are registered; nothing for no matter."""
    for effect in _moved if keys else ():
        effect(keys)
