"""Where a matter stands, as a badge: the word of its procedure's state with the shape of its kind; and
what its procedure is called."""

from __future__ import annotations

from typing import Any

from zhihuan.bureau.matters.catalogue import UnknownProcedureError, edition_of
from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.models import Matter
from zhihuan.web.components.status import Status, StatusKind

__all__ = ["procedure_title", "state_of", "status_of"]


def status_of(matter: Matter) -> Status:
    """The badge of a matter, by the edition it runs by; a state nobody declares is told by its code."""
    try:
        return state_of(edition_of(matter.procedure, matter.edition), matter.state)
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
