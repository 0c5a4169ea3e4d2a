"""Put a running matter on another edition of its procedure. Never of itself: somebody decides it.

    plan = rebasing(matter, to)      # the dry run: what would change, and what stands against it
    rebase(matter, plan, acting, why, version=matter.version)

The state goes on under its code or the one given for it. Clocks go on by their codes from the events
that started them; those the new edition does not know lapse, those of another limit are reckoned anew.
A clock that only the new edition knows begins with the next step that starts it: none begins in the
past. The re-basing is an event of its own in the matter's chain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock import ClockError, WorkCalendar
from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.bureau.matters.declaration import Clock, Procedure
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.engine.appending import MOVED, Passage, append
from zhihuan.bureau.matters.engine.calendar import the_calendar
from zhihuan.bureau.matters.engine.clocks import REACHED, reckoned
from zhihuan.bureau.matters.engine.effects import follow_moved
from zhihuan.bureau.matters.engine.next_due import copy_next_due
from zhihuan.bureau.matters.engine.refusals import MatterMovedError, StepRefusedError
from zhihuan.bureau.matters.engine.summing import sums_moving
from zhihuan.bureau.matters.models import Matter, MatterEvent, RunningClock
from zhihuan.bureau.people.scope import may

__all__ = ["REBASE", "ClockChange", "Rebasing", "rebase", "rebasing"]

REBASE = "matters.rebase"
_RUNNING = RunningClock.Outcome.RUNNING


@dataclass(frozen=True, slots=True)
class ClockChange:
    """What becomes of a running clock. row: as it would be, not saved. lapses: the new edition does not
    know it. before: its last day until now."""

    row: RunningClock
    before: Any
    lapses: bool = False

    @property
    def moves(self) -> bool:
        """Whether its last day changes."""
        return not self.lapses and self.row.last_day != self.before


@dataclass(frozen=True, slots=True)
class Rebasing:
    """What would change. state: the one it would stand in, "" when the new edition knows none for it.
    steps_gone, steps_new: codes of what could be done now and then. obstacles: why it cannot be."""

    source: Procedure
    target: Procedure
    state: str
    steps_gone: tuple[str, ...] = ()
    steps_new: tuple[str, ...] = ()
    clocks: tuple[ClockChange, ...] = ()
    obstacles: tuple[Any, ...] = field(default=())


def rebasing(matter: Matter, edition: str, state: str = "") -> Rebasing:
    """The dry run. state: of the new edition, "" for the one of the same code."""
    source = edition_of(matter.procedure, matter.edition)
    target = edition_of(matter.procedure, edition)
    known = {each.code for each in target.states}
    wanted = state or matter.state
    if wanted not in known:
        words = _("新版本没有状态“%(state)s”，请指定对应的状态。") % {"state": wanted}
        return Rebasing(source, target, "", obstacles=(words,))
    now = {step.code for step in source.steps_from(matter.state)}
    then = {step.code for step in target.steps_from(wanted)}
    changes, obstacles = _clocks(matter, target, the_calendar())
    return Rebasing(
        source,
        target,
        wanted,
        tuple(sorted(now - then)),
        tuple(sorted(then - now)),
        tuple(changes),
        (*_against(matter, source, target, wanted), *obstacles),
    )


@transaction.atomic
def rebase(
    matter: Matter, plan: Rebasing, acting: Acting, why: str, *, version: int
) -> MatterEvent:
    """Do what the dry run said. StepRefusedError when something stands against it, without a reason or
    the right; MatterMovedError when the matter moved since ``version``."""
    fresh = Matter.objects.select_for_update().get(pk=matter.pk)
    if fresh.version != version:
        raise MatterMovedError(MOVED)
    plan = rebasing(fresh, plan.target.edition, plan.state)
    if words := _refusal(fresh, plan, acting, why):
        raise StepRefusedError(words)
    said = {"from": fresh.edition, "to": plan.target.edition, "why": why}
    passage = Passage(
        MatterEvent.REBASING, fresh.state, plan.state, acting.moment(), said, act="matter.rebase"
    )
    with sums_moving([fresh.pk]):
        event = append(fresh, passage, acting)
        Matter.objects.filter(pk=fresh.pk).update(edition=plan.target.edition)
        for change in plan.clocks:
            _apply(change, event)
    copy_next_due(Matter.objects.filter(pk=fresh.pk))
    follow_moved({fresh.pk})
    matter.refresh_from_db()
    return event


def _refusal(matter: Matter, plan: Rebasing, acting: Acting, why: str) -> Any:
    if not may(acting.actor, REBASE, matter):
        return _("您没有将事项换版的权限。")
    if not why.strip():
        return _("请填写换版的理由。")
    return plan.obstacles[0] if plan.obstacles else ""


def _against(matter: Matter, source: Procedure, target: Procedure, state: str) -> Iterator[Any]:
    if source == target:
        yield _("事项已按该版本办理。")
    if source.state(matter.state).end:
        yield _("事项已办结，不能换版。")
    elif target.state(state).end:
        yield _("换版不能使事项办结。")
    if source.model != target.model:
        yield _("两个版本的登记内容不同，不能换版。")


def _clocks(
    matter: Matter, target: Procedure, calendar: WorkCalendar
) -> tuple[list[ClockChange], list[Any]]:
    """The running clocks as they would be, and those that could not."""
    declared = {clock.code: clock for clock in target.clocks}
    rows = matter.clocks.filter(outcome=_RUNNING).select_related("started")
    changes: list[ClockChange] = []
    obstacles: list[Any] = []
    for row in rows.prefetch_related("marks__event").order_by("pk"):
        try:
            changes.append(_changed(row, declared.get(row.code), calendar))
        except ClockError:
            words = _("期限“%(clock)s”的中止或延长是新版本不允许的。")
            obstacles.append(words % {"clock": declared[row.code].title})
    return changes, obstacles


def _changed(row: RunningClock, clock: Clock | None, calendar: WorkCalendar) -> ClockChange:
    before = row.last_day
    if clock is None:
        return ClockChange(row, before, lapses=True)
    row.limit = clock.limit
    return ClockChange(reckoned(row, calendar, is_strict=True), before)


def _apply(change: ClockChange, event: MatterEvent) -> None:
    row = change.row
    if change.lapses:
        row.outcome, row.ended = RunningClock.Outcome.LAPSED, event
        row.save(update_fields=["outcome", "ended"])
    else:
        row.save(update_fields=["limit", *REACHED])
