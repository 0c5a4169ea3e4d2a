"""What a step does to the clocks of its matter."""

from __future__ import annotations

from typing import Any

from zhihuan.bureau.clock import (
    Extension,
    History,
    Suspension,
    WorkCalendar,
    reckon,
    time_limit,
)
from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.matters.declaration import Clock, Procedure
from zhihuan.bureau.matters.models import ClockMark, Matter, MatterEvent, RunningClock

__all__ = ["history_of", "move_clocks", "reckoned"]

_RUNNING = RunningClock.Outcome.RUNNING


def move_clocks(
    procedure: Procedure, matter: Matter, event: MatterEvent, facts: Any, calendar: WorkCalendar
) -> None:
    """End, lengthen, stop, run on and start, in this order.

    Raises the clock's own errors when the law does not know such an extension or it comes too late.
    """
    running = {
        each.code: each
        for each in matter.clocks.filter(outcome=_RUNNING)
        .select_related("started")
        .prefetch_related("marks__event")
    }
    for clock in procedure.clocks:
        if (row := running.get(clock.code)) is not None:
            _move(clock, row, event, calendar)
        if event.step in clock.starts and (clock.when is None or not clock.when.check(facts)):
            _start(clock, matter, event, calendar)
    if procedure.state(event.target).end:
        matter.clocks.filter(outcome=_RUNNING).update(
            outcome=RunningClock.Outcome.LAPSED, ended=event
        )


def reckoned(row: RunningClock, calendar: WorkCalendar) -> RunningClock:
    """The row with its end made anew from its history; not saved."""
    limit = time_limit(row.limit, on=beijing_day(row.started.at))
    due = reckon(limit, history_of(row), calendar)
    row.last_day, row.due_at, row.provisional = due.last_day, due.at, due.provisional
    return row


def history_of(row: RunningClock) -> History:
    """What happened to it, from its marks."""
    stops: list[Suspension] = []
    extensions: list[Extension] = []
    for mark in row.marks.all():
        at, by = mark.event.at, mark.event.actor_name
        if mark.kind == ClockMark.Kind.STOP:
            stops.append(Suspension(mark.reason, at))
        elif mark.kind == ClockMark.Kind.RESUME:
            stops = [
                each if each.until else Suspension(each.reason, each.since, at) for each in stops
            ]
        else:
            extensions.append(Extension(mark.reason, at, by, str(mark.event.said.get("why", ""))))
    return History(row.started.at, tuple(stops), tuple(extensions))


def _move(clock: Clock, row: RunningClock, event: MatterEvent, calendar: WorkCalendar) -> None:
    if event.step == clock.expires:
        _end(row, event, RunningClock.Outcome.EXPIRED)
    elif event.step in clock.ends or event.step in clock.starts:
        late = row.due_at is not None and event.at >= row.due_at
        _end(row, event, RunningClock.Outcome.LATE if late else RunningClock.Outcome.MET)
    else:
        marks = _marks(clock, row, event)
        ClockMark.objects.bulk_create(marks)
        if marks:
            fresh = RunningClock.objects.select_related("started").get(pk=row.pk)
            reckoned(fresh, calendar).save(update_fields=["last_day", "due_at", "provisional"])


def _marks(clock: Clock, row: RunningClock, event: MatterEvent) -> list[ClockMark]:
    kinds = ClockMark.Kind
    found = [
        (kinds.EXTEND, clock.extends.get(event.step)),
        (kinds.RESUME, "resume" if event.step in clock.resumes else None),
        (kinds.STOP, clock.pauses.get(event.step)),
    ]
    return [
        ClockMark(clock=row, event=event, kind=kind, reason=reason)
        for kind, reason in found
        if reason
    ]


def _end(row: RunningClock, event: MatterEvent, outcome: str) -> None:
    row.outcome, row.ended = outcome, event
    row.save(update_fields=["outcome", "ended"])


def _start(clock: Clock, matter: Matter, event: MatterEvent, calendar: WorkCalendar) -> None:
    row = RunningClock(matter=matter, code=clock.code, limit=clock.limit, started=event)
    limit = time_limit(clock.limit, on=beijing_day(event.at))
    due = reckon(limit, History(event.at), calendar)
    row.last_day, row.due_at, row.provisional = due.last_day, due.at, due.provisional
    row.save(force_insert=True)
