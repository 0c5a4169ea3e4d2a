"""Open a matter; take a step in it.

One transaction: right, apart-from rule, officers, guard, form, the matter's next state, the event with
its digest, the clocks. Two who act at once on one version: the first is through, the second is told.
Refusals change nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.audit.block import NOTHING
from zhihuan.bureau.audit.record import record
from zhihuan.bureau.clock import ClockError
from zhihuan.bureau.matters.catalogue import edition_of, edition_on
from zhihuan.bureau.matters.declaration import Procedure, Step
from zhihuan.bureau.matters.engine.calendar import the_calendar
from zhihuan.bureau.matters.engine.chain import digest_of_event
from zhihuan.bureau.matters.engine.clocks import move_clocks
from zhihuan.bureau.matters.engine.refusals import (
    FormRefusedError,
    MatterMovedError,
    StepRefusedError,
)
from zhihuan.bureau.matters.models import Matter, MatterEvent
from zhihuan.bureau.matters.rights import step_permission
from zhihuan.bureau.people.scope import may

__all__ = ["Acting", "Facts", "open_matter", "refusal_of", "take"]

OPENING = "open"


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts, from where, together with whom. actor None: the platform itself."""

    actor: Any
    address: str = ""
    officers: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a guard may look at."""

    matter: Matter
    events: Sequence[MatterEvent]
    said: Mapping[str, Any]
    now: datetime


@transaction.atomic
def open_matter(
    code: str,
    acting: Acting,
    *,
    model: type[Matter] = Matter,
    at: datetime | None = None,
    **fields: Any,
) -> Matter:
    """A new matter of the procedure in the edition in force today, by somebody who may take a step in
    its first state. fields: title, party, town and what the line's own model has.

    Raises UnknownProcedureError, StepRefusedError; ValidationError for fields that cannot be.
    """
    now = at or timezone.now()
    procedure = edition_on(code, timezone.localdate(now))
    matter = model(
        procedure=code, edition=procedure.edition, state=procedure.begins, opened_at=now, **fields
    )
    matter.full_clean()
    matter.save(force_insert=True)
    first = procedure.steps_from(procedure.begins)
    if not any(_may(procedure, step, acting, matter) for step in first):
        raise StepRefusedError(_("您没有办理该事项的权限。"))
    _append(matter, OPENING, "", procedure.begins, acting, {}, now)
    return matter


@transaction.atomic
def take(
    matter: Matter,
    code: str,
    acting: Acting,
    said: Mapping[str, Any] | None = None,
    *,
    version: int,
    at: datetime | None = None,
) -> MatterEvent:
    """Take the step ``code`` in a matter that the actor saw at ``version``.

    said: what the step's form is told. Raises StepRefusedError (or one of its kinds); nothing has
    changed then.
    """
    now = at or timezone.now()
    procedure = edition_of(matter.procedure, matter.edition)
    step = procedure.step(code)
    fresh = _claimed(matter, version)
    if reason := refusal_of(procedure, step, fresh, acting):
        raise StepRefusedError(reason)
    clean = _filled(step, said or {})
    facts = Facts(fresh, tuple(fresh.events.order_by("number")), clean, now)
    for guard in step.guards:
        if words := guard.check(facts):
            raise StepRefusedError(words)
    source, target = fresh.state, step.leads_from(fresh.state)
    event = _append(fresh, code, source, target, acting, clean, now)
    _move(procedure, fresh, event, facts)
    matter.refresh_from_db()
    return event


def refusal_of(procedure: Procedure, step: Step, matter: Matter, acting: Acting) -> Any:
    """Why this step may not be taken now by this person; "" when it may."""
    if matter.state not in step.sources:
        return _("事项现处于“%(state)s”，不能办理“%(step)s”。") % {
            "state": procedure.state(matter.state).title,
            "step": step.title,
        }
    if not _may(procedure, step, acting, matter):
        return _("您没有办理“%(step)s”的权限。") % {"step": step.title}
    if step.who.apart_from and _took(matter, step.who.apart_from, acting.actor):
        return _("“%(step)s”须由未经办前序环节的人员办理。") % {"step": step.title}
    return _lacking_officers(step, acting)


def _may(procedure: Procedure, step: Step, acting: Acting, matter: Matter) -> bool:
    if step.who.platform or acting.actor is None:
        return step.who.platform and acting.actor is None
    return may(acting.actor, step_permission(procedure, step), matter)


def _took(matter: Matter, steps: Sequence[str], actor: Any) -> bool:
    return matter.events.filter(step__in=steps, actor=actor).exists()


def _lacking_officers(step: Step, acting: Acting) -> Any:
    valid = {
        officer.pk
        for officer in acting.officers
        if any(certificate.is_valid() for certificate in officer.certificates.all())
    }
    if len(valid) >= step.who.officers:
        return ""
    return _("“%(step)s”须由至少 %(count)d 名持有效执法证的人员共同办理。") % {
        "step": step.title,
        "count": step.who.officers,
    }


def _claimed(matter: Matter, version: int) -> Matter:
    """The matter as it is now, this version taken by nobody else; locks its row."""
    rows = Matter.objects.filter(pk=matter.pk, version=version)
    if not rows.update(version=F("version") + 1):
        raise MatterMovedError(_("事项已被他人办理，请查看最新情况后再办理。"))
    return type(matter).objects.get(pk=matter.pk)


def _filled(step: Step, said: Mapping[str, Any]) -> dict[str, Any]:
    if step.form is None:
        return {}
    form = step.form(data=said)
    if not form.is_valid():
        errors = {name: [str(each) for each in words] for name, words in form.errors.items()}
        raise FormRefusedError(_("请更正所填内容。"), errors)
    return {name: _plain(value) for name, value in form.cleaned_data.items()}


def _plain(value: Any) -> Any:
    """What JSON can say: dates and amounts as text, records by their key."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.pk if hasattr(value, "pk") else str(value)


def _append(
    matter: Matter,
    step: str,
    source: str,
    target: str,
    acting: Acting,
    said: dict[str, Any],
    now: datetime,
) -> MatterEvent:
    last = matter.events.order_by("-number").first()
    event = MatterEvent(
        matter_id=matter.pk,
        number=last.number + 1 if last else 1,
        at=now,
        actor=acting.actor,
        actor_name=str(acting.actor) if acting.actor else "",
        step=step,
        source=source,
        target=target,
        said=said,
    )
    event.digest = digest_of_event(bytes(last.digest) if last else NOTHING, event)
    try:
        with transaction.atomic():
            event.save(force_insert=True)
    except IntegrityError as error:
        raise MatterMovedError(_("事项已被他人办理，请查看最新情况后再办理。")) from error
    record(
        f"matter.{step}"[:60],
        f"matter:{matter.pk}",
        actor=acting.actor,
        address=acting.address,
        number=event.number,
        digest=event.digest.hex(),
    )
    return event


def _move(procedure: Procedure, matter: Matter, event: MatterEvent, facts: Facts) -> None:
    matter.state = event.target
    matter.ended_at = facts.now if procedure.state(event.target).end else None
    matter.save(update_fields=["state", "ended_at"])
    try:
        move_clocks(procedure, matter, event, facts, the_calendar())
    except ClockError as error:
        raise StepRefusedError(str(error)) from error
