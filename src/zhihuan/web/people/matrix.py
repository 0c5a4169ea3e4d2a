"""The permission matrix, computed from the declarations: every role × every act × how far.

It asks no database and grants nothing: what stands here is what ``scope_of`` goes by.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps

from zhihuan.bureau.matters.apart_words import apart_words
from zhihuan.bureau.matters.catalogue import newest
from zhihuan.bureau.matters.rights import step_permission
from zhihuan.bureau.people.actions import Action, Reach, declared_actions
from zhihuan.bureau.people.roles import ROLES, Role


@dataclass(frozen=True, slots=True)
class Line:
    """One act: which app offers it, the reach of each role in the order of ``ROLES``, and for a step of a
    procedure the steps whose takers may not take it ("" for none)."""

    room: str
    action: Action
    reaches: tuple[Reach | None, ...]
    apart: str = ""


def lines() -> list[Line]:
    """Every declared act, app by app."""
    apart = _kept_apart()
    found = [_line(action, apart) for action in declared_actions().values()]
    return sorted(found, key=lambda line: line.action.permission.partition(".")[0])


def _kept_apart() -> dict[str, str]:
    """By permission, of the newest edition of every procedure."""
    steps = ((procedure, step) for procedure in newest() for step in procedure.steps)
    return {
        step_permission(procedure, step): apart_words(procedure, step) for procedure, step in steps
    }


def _line(action: Action, apart: dict[str, str]) -> Line:
    label = action.permission.partition(".")[0]
    room = str(apps.get_app_config(label).verbose_name)
    reaches = tuple(action.roles.get(code) for code in ROLES)
    return Line(room, action, reaches, apart.get(action.permission, ""))


def roles() -> list[Role]:
    """The columns."""
    return list(ROLES.values())
