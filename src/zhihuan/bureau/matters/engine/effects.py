"""What follows a step beside the matter itself: documents, messages, whatever a room adds.

    on_taken(make_documents)  # from an AppConfig's ready

An effect is called in the step's own transaction, after the matter and its clocks have moved, in the
order registered. An exception undoes the step. The engine imports nobody who registers here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from zhihuan.bureau.matters.declaration import Procedure, Step
from zhihuan.bureau.matters.engine.acting import Acting, Facts
from zhihuan.bureau.matters.models import Matter, MatterEvent

__all__ = ["Effect", "Taken", "follow", "on_taken"]


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


def on_taken(effect: Effect) -> None:
    """Call this after every step. Registering the same again changes nothing."""
    if effect not in _effects:
        _effects.append(effect)


def follow(taken: Taken) -> None:
    """Call all that are registered."""
    for effect in _effects:
        effect(taken)
