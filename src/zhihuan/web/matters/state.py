"""Where a matter stands, as a badge: the word of its procedure's state with the shape of its kind; and
what its procedure is called."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from zhihuan.bureau.matters.catalogue import UnknownProcedureError, edition_of
from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.matters.sight import Sight, party_sight, sight_of, whole_sight
from zhihuan.web.components.status import Status, StatusKind

__all__ = [
    "procedure_title",
    "shown_status",
    "state_of",
    "status_by",
    "status_for",
    "status_of",
    "status_seen",
]


def shown_status(sight: Sight, state: str) -> Status:
    """The badge of a state as far as its reader may know it; KeyError for none of that code."""
    if sight.shows_state(state):
        return state_of(sight.procedure, state)
    return Status(StatusKind.ONGOING, sight.state_title(state))


def status_for(user: Any, matter: Matter) -> Status:
    """The badge of a matter as this person may see it."""
    return status_seen(partial(sight_of, user), matter)


def status_seen(sight: Callable[[Matter], Sight], matter: Matter) -> Status:
    """The same by what tells how much of a matter is seen (``Sights``)."""
    return _shown_or_code(matter, lambda _procedure: sight(matter))


def status_of(matter: Matter) -> Status:
    """The badge of a matter, for rooms that only the bureau enters."""
    return _shown_or_code(matter, whole_sight)


def status_by(matter: Matter, *, as_party: bool) -> Status:
    """The badge of a matter where only the kind of its reader is known."""
    return _shown_or_code(matter, party_sight if as_party else whole_sight)


def _shown_or_code(matter: Matter, sight: Callable[[Procedure], Sight]) -> Status:
    """A state nobody declares is told by its code."""
    try:
        procedure = edition_of(matter.procedure, matter.edition)
        return shown_status(sight(procedure), matter.state)
    except (UnknownProcedureError, KeyError):
        return Status(StatusKind.WARNING, matter.state)


def state_of(procedure: Procedure, code: str) -> Status:
    """The badge of a state; KeyError for none of that code."""
    state = procedure.state(code)
    if state.end:
        return Status(StatusKind.DONE, state.title)
    begun = code != procedure.begins
    return Status(StatusKind.ONGOING if begun else StatusKind.WAITING, state.title)


def procedure_title(matter: Matter) -> Any:
    """The title of the edition a matter runs by; of one that nobody declares, its code."""
    try:
        return edition_of(matter.procedure, matter.edition).title
    except UnknownProcedureError:
        return matter.procedure
