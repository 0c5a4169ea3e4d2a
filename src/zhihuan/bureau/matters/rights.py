"""The rights a procedure brings: one action a step, and one to look at its matters.

They go into the same declarations as every other right (``people.actions``), so roles, scopes, the
permission matrix and its test treat a step like anything else that can be done on the platform.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

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


def actions_of(*editions: Procedure) -> Iterator[Action]:
    """The rights of a procedure in all its editions, the newest last; words are the newest's.

    Whoever takes any step may look as far as the farthest of them reaches, and readers as far as is
    declared. Where editions differ the widest reach is declared; the engine asks the edition a matter is
    pinned to. A step that only the platform takes is nobody's right.
    """
    newest = editions[-1]
    steps = {step.code: step for edition in editions for step in edition.steps}
    reaches = {code: _widest(editions, code) for code in steps}
    words = format_lazy(_("查看：{title}"), title=newest.title)
    looking = [*reaches.values(), *(each.readers for each in editions)]
    yield Action(view_permission(newest), words, _joined(looking))
    for code, step in steps.items():
        if not reaches[code]:
            continue
        words = format_lazy("{procedure}：{step}", procedure=newest.title, step=step.title)
        yield Action(step_permission(newest, step), words, reaches[code])


def _widest(editions: Iterable[Procedure], code: str) -> dict[str, Reach]:
    steps = (step for edition in editions for step in edition.steps)
    return _joined(step.who.reaches for step in steps if step.code == code)


def _joined(many: Iterable[Mapping[str, Reach]]) -> dict[str, Reach]:
    far: dict[str, Reach] = {}
    for reaches in many:
        for role, reach in reaches.items():
            far[role] = max(reach, far.get(role, reach))
    return far
