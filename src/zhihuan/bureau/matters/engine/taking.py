"""Open a matter; take a step in it.

One transaction: right, apart-from rule, officers, form, guards, the matter's next state with the event
and its digest, the clocks, and what follows (``effects``). Two who act at once on one version: the
first is through, the second is told. Refusals change nothing.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock import WorkCalendar
from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.matters.catalogue import edition_of, edition_on
from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.engine.acting import Acting, Facts, Said
from zhihuan.bureau.matters.engine.appending import MOVED, Passage, append
from zhihuan.bureau.matters.engine.calendar import calendar_as_of, newest_load
from zhihuan.bureau.matters.engine.clocks import move_clocks
from zhihuan.bureau.matters.engine.effects import Taken, follow
from zhihuan.bureau.matters.engine.forms import filled
from zhihuan.bureau.matters.engine.refusals import (
    AlreadyOpenedError,
    MatterMovedError,
    StepRefusedError,
)
from zhihuan.bureau.matters.engine.refusing import may_take, officers_acting, refusal_of
from zhihuan.bureau.matters.engine.summing import (
    place_of,
    sum_moved,
    sum_opened,
)
from zhihuan.bureau.matters.models import Matter, MatterEvent, RunningClock
from zhihuan.bureau.matters.sight import is_party_to
from zhihuan.bureau.people.scope import Scope
from zhihuan.bureau.search.entries import keep_anew

__all__ = [
    "Acting",
    "Facts",
    "Said",
    "model_of",
    "of_its_line",
    "open_matter",
    "refusal_of",
    "take",
]


@transaction.atomic
def open_matter(code: str, acting: Acting, **fields: Any) -> Matter:
    """A new matter of the procedure in the edition in force that day, by somebody who may take a step
    in its first state. fields: title, party, town, submission and what the line's own model has.

    Raises UnknownProcedureError, StepRefusedError (AlreadyOpenedError for a submission that was handed
    in before); ValidationError for fields that cannot be.
    """
    now = acting.moment()
    procedure = edition_on(code, beijing_day(now))
    matter = _inserted(procedure, opened_at=now, **fields)
    known: dict[Scope, bool] = {}
    first = procedure.steps_from(procedure.begins)
    if not any(may_take(step, matter, acting, known) for step in first):
        raise StepRefusedError(_("您没有办理该事项的权限。"))
    passage = Passage(MatterEvent.OPENING, "", procedure.begins, now, act="matter.open")
    facts = Facts(matter, (), {}, now)
    event = append(matter, passage, acting)
    sum_opened(matter)
    follow(Taken(procedure, None, matter, event, acting, facts))
    return matter


@transaction.atomic
def take(
    matter: Matter, code: str, acting: Acting, said: Said | None = None, *, version: int
) -> MatterEvent:
    """Take the step ``code`` in a matter that the actor saw at ``version``; ``matter`` then stands
    where the step led.

    Raises StepRefusedError (or one of its kinds), and nothing has changed then; KeyError for a step
    the procedure does not know.
    """
    now = acting.moment()
    procedure = edition_of(matter.procedure, matter.edition)
    step = procedure.step(code)
    fresh, calendar, has_running = _claimed(procedure, matter, version)
    _refuse(refusal_of(procedure, step, fresh, acting))
    officers, lacking = officers_acting(step, acting)
    _refuse(lacking)
    clean = filled(step, fresh, said or Said())
    before = fresh.events.filter(number__lte=version).order_by("number")
    by = acting.actor.pk if acting.actor is not None else None
    facts = Facts(fresh, before, clean, now, is_party_to(acting.actor, fresh), by)
    for guard in step.guards:
        _refuse(guard.check(facts))
    target = step.leads_from(fresh.state)
    ended_at = now if procedure.state(target).end else None
    passage = Passage(code, fresh.state, target, now, clean, officers, ended_at=ended_at)
    counted_at = place_of(fresh)
    event = append(fresh, passage, acting)
    moved = move_clocks(procedure, event, facts, calendar, has_running=has_running)
    sum_moved(fresh, counted_at, place_of(fresh) if moved else counted_at._replace(state=target))
    follow(Taken(procedure, step, fresh, event, acting, facts))
    _copy(fresh, matter)
    return event


def model_of(procedure: Procedure) -> type[Matter]:
    """The line's own kind of matter."""
    return apps.get_model(procedure.model) if procedure.model else Matter


def of_its_line(matter: Matter) -> Matter:
    """The matter as its line keeps it, with party and town: pages hold the plain one. One query at most."""
    own = model_of(edition_of(matter.procedure, matter.edition))
    if isinstance(matter, own):
        return matter
    found: Matter = own._base_manager.select_related("party", "town").get(pk=matter.pk)
    return found


def _inserted(procedure: Procedure, **fields: Any) -> Matter:
    """The row, checked; references and the submission are left to the database, which checks them."""
    model = model_of(procedure)
    if party := fields.get("party"):
        fields.setdefault("party_name", party.name)
    matter = model(
        procedure=procedure.code, edition=procedure.edition, state=procedure.begins, **fields
    )
    references = {each.name for each in model._meta.concrete_fields if each.is_relation}
    matter.full_clean(exclude={*references, "submission"})
    try:
        with transaction.atomic(savepoint=matter.submission is not None):
            matter.save(force_insert=True)
    except IntegrityError:
        _refuse_second(matter.submission)
        raise
    if model is not Matter:  # saving a line's own kind tells nobody that a matter was saved
        keep_anew(Matter, [matter.pk])
    return matter


def _refuse_second(submission: Any) -> None:
    """One sheet opens one matter."""
    known = submission and Matter.objects.filter(submission=submission).first()
    if known:
        raise AlreadyOpenedError(_("该表单已提交，请勿重复提交。"), known)


def _claimed(
    procedure: Procedure, matter: Matter, version: int
) -> tuple[Matter, WorkCalendar, bool]:
    """The matter as it is now, its row locked; the calendar of this moment; whether a clock runs.

    All in one query. The lock comes before the calendar is read, so that a year that is loaded
    meanwhile (``loading``) waits for this step or is seen by it.
    """
    rows: models.QuerySet[Any] = model_of(procedure)._base_manager.select_for_update()
    running = RunningClock.objects.filter(
        matter=OuterRef("pk"), outcome=RunningClock.Outcome.RUNNING
    )
    asked = rows.annotate(calendar_loaded_at=newest_load(), has_running=Exists(running))
    fresh = asked.get(pk=matter.pk)
    if fresh.version != version:
        raise MatterMovedError(MOVED)
    return fresh, calendar_as_of(fresh.calendar_loaded_at), fresh.has_running


def _refuse(words: Any) -> None:
    if words:
        raise StepRefusedError(words)


def _copy(fresh: Matter, matter: Matter) -> None:
    for name in ("state", "version", "head", "ended_at"):
        setattr(matter, name, getattr(fresh, name))
