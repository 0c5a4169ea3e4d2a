"""The rights a procedure brings: one action a step, and one to look at its matters.

They go into the same declarations as every other right (``people.actions``), so roles, scopes, the
permission matrix and its test treat a step like anything else that can be done on the platform.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.declaration import Procedure, Step
from zhihuan.bureau.people.actions import Action, Reach

__all__ = ["actions_of", "step_permission", "view_permission"]


def view_permission(procedure: Procedure) -> str:
    """The right to look at matters of this procedure."""
    return f"matters.view_{procedure.code}"


def step_permission(procedure: Procedure, step: Step) -> str:
    """The right to take a step."""
    return f"matters.{procedure.code}_{step.code}"


def actions_of(procedure: Procedure) -> Iterator[Action]:
    """Whoever takes any step may look as far as the farthest of them reaches."""
    far: dict[str, Reach] = {}
    for step in procedure.steps:
        for role, reach in step.who.reaches.items():
            far[role] = max(reach, far.get(role, reach))
    yield Action(
        view_permission(procedure), format_lazy(_("查看：{title}"), title=procedure.title), far
    )
    for step in procedure.steps:
        words = format_lazy("{procedure}：{step}", procedure=procedure.title, step=step.title)
        yield Action(step_permission(procedure, step), words, dict(step.who.reaches))
