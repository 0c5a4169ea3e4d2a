"""What may be done with a matter now: the steps this person may take, and why not the others.

Asks the engine itself, so that no step is offered that it would refuse for the person's sake; what
depends on what will be said (guards, officers) is judged when the step is taken.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhihuan.bureau.matters.declaration import Procedure, Step
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.engine.done import done_steps
from zhihuan.bureau.matters.engine.extending import out_of_turn
from zhihuan.bureau.matters.engine.refusing import offered, refusal_of
from zhihuan.bureau.matters.models import Matter, RunningClock
from zhihuan.bureau.matters.sight import Sight
from zhihuan.bureau.people.roles import ROLES

__all__ = ["Possible", "Waiting", "possible"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A step that may be begun; ``url`` is its form."""

    title: Any
    about: Any
    url: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A step that somebody else takes; ``why`` says why this reader may not, ``who`` who may."""

    title: Any
    why: Any
    who: str


@dataclass(frozen=True, slots=True)
class Possible:
    """Both, in the order declared; none of either once the matter has ended."""

    offers: list[Offer]
    waiting: list[Waiting]
    is_over: bool


def possible(
    sight: Sight, matter: Matter, user: Any, clocks: Iterable[RunningClock] = ()
) -> Possible:
    """What this person may do now, and, for who sees the whole matter, what waits for others. clocks: the matter's; by
    them what was done already stands last and says so."""
    procedure = sight.procedure
    acting = Acting(user)
    mine = offered(procedure, matter, acting)
    early = out_of_turn(procedure, matter, mine)
    mine = [each for each in mine if each.code not in early]
    done = done_steps(procedure, ((each.code, each.outcome) for each in clocks))
    mine.sort(key=lambda step: step.code in done)
    steps = procedure.steps_from(matter.state) if sight.is_whole else ()
    others = [each for each in steps if each not in mine]
    return Possible(
        offers=[_offer(matter, step, is_done=step.code in done) for step in mine],
        waiting=[
            Waiting(step.title, early.get(step.code) or _why(procedure, step, matter, acting), who_takes(step))
            for step in others
        ],
        is_over=sight.shows_state(matter.state) and procedure.state(matter.state).end and not (mine or others),
    )  # fmt: skip


def _offer(matter: Matter, step: Step, *, is_done: bool) -> Offer:
    about = _("已办理。") if is_done else step.about
    return Offer(step.title, about, reverse("matter-step", args=[matter.pk, step.code]))


def _why(procedure: Procedure, step: Step, matter: Matter, acting: Acting) -> Any:
    if step.who.platform:
        return step.who.upon or _("期限届满时由平台自动办理。")
    return refusal_of(procedure, step, matter, acting)


def who_takes(step: Step) -> str:
    """The roles that take a step, in words."""
    if step.who.platform:
        return _("平台")
    return "、".join(str(ROLES[code].name) for code in step.who.reaches)
