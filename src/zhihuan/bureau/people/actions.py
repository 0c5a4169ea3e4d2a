"""What can be done on the platform, declared beside the thing it is done to.

An app that offers an act declares an ``Action`` in its ``actions.py`` and registers it from its
AppConfig; roles, the permission matrix, its page and its test all come from these declarations.
Nothing is granted anywhere else.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy as _


class Reach(enum.IntEnum):
    """How far a role's right goes, the farthest last.

    OWN: what belongs to one's organisation or those below it. TERRITORY: what lies in the towns of
    one's organisation; for an organisation without towns of its own (the bureau, a section) that is
    the whole city. CITY: everything.
    """

    OWN = 1
    TERRITORY = 2
    CITY = 3

    @property
    def text(self) -> Any:
        return _REACH_TEXTS[self]


_REACH_TEXTS = {Reach.OWN: _("本单位"), Reach.TERRITORY: _("本辖区"), Reach.CITY: _("全市")}


@dataclass(frozen=True, slots=True)
class Action:
    """One act: its permission (``app.codename``), its words, and which role may, how far.

    ``roles`` maps the code of a role to its reach. ``sensitive`` acts show personal data or change
    rights: each use is written to the audit trail by whoever offers the act.
    """

    permission: str
    text: Any
    roles: Mapping[str, Reach] = field(default_factory=dict)
    sensitive: bool = False


_declared: dict[str, Action] = {}
_VIEW = MappingProxyType(_declared)


def register(actions: Iterable[Action]) -> None:
    """Take declarations in. ValueError for a second, different one of the same permission."""
    for action in actions:
        known = _declared.setdefault(action.permission, action)
        if known != action:
            raise ValueError(f"{action.permission} is declared twice, differently")


def withdraw(permissions: Iterable[str]) -> None:
    """Take declarations out again: of what is declared anew, in another edition."""
    for permission in permissions:
        _declared.pop(permission, None)


def declared_actions() -> Mapping[str, Action]:
    """All actions by permission, in the order of declaration: a view of them, for every page asks a hundred times."""
    return _VIEW


def reach_of(role: str, permission: str) -> Reach | None:
    """How far this role may do this; None: not at all, or no such action."""
    action = _declared.get(permission)
    return action.roles.get(role) if action else None
