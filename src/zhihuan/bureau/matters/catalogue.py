"""The procedures there are, each in its editions. A line registers its own from its AppConfig.

Registering brings the rights of the steps. A procedure with faults is refused: it must not come to a
running platform. Documents and notices are not made yet, so a procedure that has any is refused too.
"""

from __future__ import annotations

from datetime import date

from zhihuan.bureau.matters.checks import faults
from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.rights import actions_of
from zhihuan.bureau.people import actions

__all__ = ["UnknownProcedureError", "edition_of", "edition_on", "forget", "register"]

_editions: dict[str, dict[str, Procedure]] = {}


class UnknownProcedureError(LookupError):
    """No such procedure, or not in that edition, or none in force that day."""


def register(procedure: Procedure) -> None:
    """Take an edition in. ValueError for one with faults, or a second of the same name."""
    if found := faults(procedure):
        raise ValueError("; ".join(found))
    if any(step.documents or step.notices for step in procedure.steps):
        raise ValueError(f"{procedure.code}: documents and notices are not made yet")
    known = _editions.setdefault(procedure.code, {}).setdefault(procedure.edition, procedure)
    if known != procedure:
        raise ValueError(f"{procedure.code} {procedure.edition} is registered twice, differently")
    actions.register(actions_of(procedure))


def forget(code: str) -> None:
    """Take a procedure out again; for tests."""
    _editions.pop(code, None)


def edition_of(code: str, edition: str) -> Procedure:
    """The edition a matter is pinned to."""
    try:
        return _editions[code][edition]
    except KeyError:
        raise UnknownProcedureError(f"no procedure {code} in edition {edition}") from None


def edition_on(code: str, day: date) -> Procedure:
    """The newest edition whose basis is in force on a day of Beijing."""
    valid = [each for each in _editions.get(code, {}).values() if each.basis.in_force_on(day)]
    if not valid:
        raise UnknownProcedureError(f"no procedure {code} is in force on {day}")
    return max(valid, key=lambda each: each.edition)
