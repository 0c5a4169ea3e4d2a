"""The permission matrix, computed from the declarations: every role × every act × how far.

It asks no database and grants nothing: what stands here is what ``scope_of`` goes by.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps

from zhihuan.bureau.people.actions import Action, Reach, declared_actions
from zhihuan.bureau.people.roles import ROLES, Role


@dataclass(frozen=True, slots=True)
class Line:
    """One act: which app offers it, and the reach of each role in the order of ``ROLES``."""

    room: str
    action: Action
    reaches: tuple[Reach | None, ...]


def lines() -> list[Line]:
    """Every declared act, app by app."""
    found = [_line(action) for action in declared_actions().values()]
    return sorted(found, key=lambda line: line.action.permission.partition(".")[0])


def _line(action: Action) -> Line:
    label = action.permission.partition(".")[0]
    room = str(apps.get_app_config(label).verbose_name)
    return Line(room, action, tuple(action.roles.get(code) for code in ROLES))


def roles() -> list[Role]:
    """The columns."""
    return list(ROLES.values())
