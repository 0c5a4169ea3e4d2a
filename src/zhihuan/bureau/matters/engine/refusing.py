"""May this person take this step now? Answered in words before anything is changed.

Pages ask the same to know which steps to offer; they cannot offer what the engine would refuse.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.bureau.matters.declaration import Procedure, Step
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.engine.apart import apart_refusal, people_of, without_barred
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.matters.reach import is_told
from zhihuan.bureau.matters.sight import sight_of
from zhihuan.bureau.people.models import EnforcementCertificate
from zhihuan.bureau.people.roles import ROLES, Side
from zhihuan.bureau.people.scope import Scope, scope_by

__all__ = ["may_take", "offered", "officers_acting", "refusal_of"]


def refusal_of(procedure: Procedure, step: Step, matter: Matter, acting: Acting) -> Any:
    """Why this step may not be taken now by these people; "" when it may.

    Asked before a form is filled in: whether enough officers act together is judged when the step is
    taken (``officers_acting``), and so are guards.
    """
    if matter.state not in step.sources:
        return _("事项现处于“%(state)s”，不能办理“%(step)s”。") % {
            "state": _state_for(procedure, matter, acting),
            "step": step.title,
        }
    if not may_take(step, matter, acting):
        return _("您没有办理“%(step)s”的权限。") % {"step": step.title}
    return apart_refusal(step, matter, people_of(acting))


def offered(procedure: Procedure, matter: Matter, acting: Acting) -> list[Step]:
    """The steps these people may begin now, in the order declared. Asks the database once for each
    different reach of their rights, and once where a step is kept apart from others (``apart``)."""
    known: dict[Scope, bool] = {}
    steps = [
        step for step in procedure.steps_from(matter.state) if may_take(step, matter, acting, known)
    ]
    return without_barred(steps, matter, people_of(acting))


def may_take(
    step: Step, matter: Matter, acting: Acting, known: dict[Scope, bool] | None = None
) -> bool:
    """Whether the right to this step reaches this matter. known: answers kept between questions."""
    if step.who.platform or acting.actor is None:
        return step.who.platform and acting.actor is None
    answers = {} if known is None else known
    inside, outside = _scopes(step, acting.actor)
    return _reaches(inside, matter, answers) or (
        _reaches(outside, matter, answers) and _party_knows(matter)
    )


def _scopes(step: Step, actor: Any) -> tuple[Scope, Scope]:
    """Where somebody may take the step for the bureau, and where from outside it."""
    outside = {
        role: far for role, far in step.who.reaches.items() if ROLES[role].side is Side.OUTSIDE
    }
    inside = {role: far for role, far in step.who.reaches.items() if role not in outside}
    return scope_by(actor, inside), scope_by(actor, outside)


def _reaches(scope: Scope, matter: Matter, answers: dict[Scope, bool]) -> bool:
    if scope not in answers:
        answers[scope] = _lies_in_its_towns(matter, scope) or scope.covers(matter)
    return answers[scope]


def _party_knows(matter: Matter) -> bool:
    """Nobody outside acts in a matter of which its party has not been told."""
    return is_told(edition_of(matter.procedure, matter.edition), matter.pk)


def _state_for(procedure: Procedure, matter: Matter, acting: Acting) -> Any:
    """The words of the state, as far as whoever acts may know it."""
    if acting.actor is None:
        return procedure.state(matter.state).title
    return sight_of(acting.actor, matter).state_title(matter.state)


def _lies_in_its_towns(matter: Matter, scope: Scope) -> bool:
    """Told by the row alone, without asking; what belongs to an organisation must be asked."""
    return type(matter).SCOPE == Matter.SCOPE and matter.town_id in scope.towns


def officers_acting(step: Step, acting: Acting) -> tuple[list[dict[str, Any]], Any]:
    """The officers with their certificates of that day, and the refusal ("" for none) when fewer have
    a valid one than the step asks for (行政处罚法 2021, §42)."""
    found = _certified(acting)
    if len(found) >= step.who.officers:
        return found, ""
    words = _("“%(step)s”须由至少 %(count)d 名持有效执法证的人员共同办理。")
    return found, words % {"step": step.title, "count": step.who.officers}


def _certified(acting: Acting) -> list[dict[str, Any]]:
    if not acting.officers:
        return []
    day = beijing_day(acting.moment())
    names = {each.pk: str(each) for each in acting.officers if each.may_sign_in}
    valid = EnforcementCertificate.objects.filter(
        user__in=list(names), issued__lte=day, expires__gte=day
    )
    numbers = dict(valid.order_by("expires").values_list("user_id", "number"))
    return [
        {"id": pk, "name": name, "certificate": numbers[pk]}
        for pk, name in names.items()
        if pk in numbers
    ]
