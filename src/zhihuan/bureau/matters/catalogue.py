"""The procedures there are, each in its editions. A line registers its own from its AppConfig.

Registering brings the rights of the steps. A procedure with faults is refused: it must not come to a
running platform. Documents and notices are made by whoever registered for what follows a step
(``engine.effects``); that each document has its template is proved by the tests of the line.
"""

from __future__ import annotations

from datetime import date

from zhihuan.bureau.matters.checks import faults
from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.rights import actions_of
from zhihuan.bureau.people import actions

__all__ = [
    "UnknownProcedureError",
    "edition_of",
    "edition_on",
    "forget",
    "newest",
    "procedures",
    "register",
]

_editions: dict[str, dict[str, Procedure]] = {}


class UnknownProcedureError(LookupError):
    """No such procedure, or not in that edition, or none in force that day."""


def register(procedure: Procedure) -> None:
    """Take an edition in. ValueError for one with faults, or a second of the same name."""
    if found := faults(procedure):
        raise ValueError("; ".join(found))
    editions = _editions.setdefault(procedure.code, {})
    if editions.setdefault(procedure.edition, procedure) != procedure:
        raise ValueError(f"{procedure.code} {procedure.edition} is registered twice, differently")
    _declare_rights(editions)


def forget(code: str) -> None:
    """Take a procedure out again; for tests."""
    known = list(actions_of(*_editions.pop(code).values()))
    actions.withdraw(action.permission for action in known)


def procedures() -> list[Procedure]:
    """Every edition of every procedure, in the order registered."""
    return [each for editions in _editions.values() for each in editions.values()]


def newest() -> list[Procedure]:
    """The newest edition of every procedure, in the order registered."""
    return [editions[max(editions)] for editions in _editions.values()]


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


def _declare_rights(editions: dict[str, Procedure]) -> None:
    """Those of all editions together, in place of what was declared of the earlier ones."""
    rights = list(actions_of(*(editions[name] for name in sorted(editions))))
    actions.withdraw(action.permission for action in rights)
    actions.register(rights)
