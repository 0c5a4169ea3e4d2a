"""What a step does to the clocks of its matter."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock import (
    ClockError,
    Extension,
    ExtensionRefusedError,
    History,
    Suspension,
    WorkCalendar,
    in_time,
    reckon,
    time_limit,
)
from zhihuan.bureau.clock.errors import CalendarRefusedError, DecidedTooLongError
from zhihuan.bureau.clock.history import beijing_day, moment_of
from zhihuan.bureau.matters.declaration import Clock, Procedure
from zhihuan.bureau.matters.engine.acting import Facts
from zhihuan.bureau.matters.engine.effects import follow_moved
from zhihuan.bureau.matters.engine.next_due import copy_next_due
from zhihuan.bureau.matters.engine.refusals import StepRefusedError
from zhihuan.bureau.matters.engine.summing import sums_moving
from zhihuan.bureau.matters.models import ClockMark, Matter, MatterEvent, RunningClock

__all__ = ["REACHED", "history_of", "lengthen_like", "move_clocks", "reckoned", "told_start"]

#: What a clock's end is made of: the columns ``reckoned`` sets.
REACHED = ("until", "last_day", "due_at", "provisional")
_RUNNING = RunningClock.Outcome.RUNNING


def move_clocks(
    procedure: Procedure,
    event: MatterEvent,
    facts: Facts,
    calendar: WorkCalendar,
    *,
    has_running: bool = True,
) -> bool:
    """End, lengthen, run on, stop and start, in this order; the matter's end ends all. has_running: False where it
    is known that no clock runs. Gives whether any may have moved.

    Raises StepRefusedError when the law does not know such an extension or it comes too late.
    """
    is_over = procedure.state(event.target).end
    touched = [clock for clock in procedure.clocks if event.step in clock.steps]
    if not touched and not (is_over and procedure.clocks):
        return False
    running = _running(event) if has_running else {}
    for clock in touched:
        row = running.get(clock.code)
        begins = event.step in clock.starts and (clock.when is None or not clock.when.check(facts))
        if row is not None and clock.keeps_first and _only_begins(clock, event):
            if begins:
                _begin_if_earlier(clock, row, event, facts, calendar)
            continue
        if row is not None:
            _move(clock, row, event, facts, calendar)
        if begins:
            _start(clock, event, facts, calendar)
    if is_over:
        RunningClock.objects.filter(matter_id=event.matter_id, outcome=_RUNNING).update(
            outcome=RunningClock.Outcome.LAPSED, ended=event
        )
    copy_next_due(Matter.objects.filter(pk=event.matter_id))
    return True


def reckoned(row: RunningClock, calendar: WorkCalendar, *, is_strict: bool = False) -> RunningClock:
    """The row with its end made anew from its history; not saved. Extensions that turned out to have come too late
    lengthen nothing; is_strict: they are refused."""
    history = history_of(row)
    if not is_strict:
        limit = time_limit(row.limit, on=beijing_day(history.started))
        history = in_time(limit, history, calendar)
    return _with_end(row, history, calendar)


def history_of(row: RunningClock) -> History:
    """What happened to it, from its marks."""
    stops: list[Suspension] = []
    extensions: list[Extension] = []
    for mark in row.marks.all():
        at, by = mark.at, mark.event.actor_name
        if mark.kind == ClockMark.Kind.STOP:
            stops.append(Suspension(mark.reason, at))
        elif mark.kind == ClockMark.Kind.RESUME:
            stops = [
                each if each.until else Suspension(each.reason, each.since, max(at, each.since))
                for each in stops
            ]
        else:
            extensions.append(Extension(mark.reason, at, by, str(mark.event.said.get("why", ""))))
    return History(row.began_at, tuple(stops), tuple(extensions))


def lengthen_like(row: RunningClock, other: RunningClock, calendar: WorkCalendar) -> None:
    """Give a clock the extensions that another of the same limit was given in a matter that this one grew out of: the duty
    is one and the same."""
    granted = other.marks.filter(kind=ClockMark.Kind.EXTEND).order_by("pk")
    marks = [
        ClockMark(clock=row, event_id=each.event_id, kind=each.kind, reason=each.reason)
        for each in granted
    ]
    if not marks:
        return
    with sums_moving([row.matter_id]):
        ClockMark.objects.bulk_create(marks)
        reckoned(row, calendar).save(update_fields=REACHED)
        copy_next_due(Matter.objects.filter(pk=row.matter_id))
    follow_moved({row.matter_id})


def _running(event: MatterEvent) -> dict[str, RunningClock]:
    rows = RunningClock.objects.filter(matter_id=event.matter_id, outcome=_RUNNING)
    return {row.code: row for row in rows.select_related("started")}


def _move(
    clock: Clock, row: RunningClock, event: MatterEvent, facts: Facts, calendar: WorkCalendar
) -> None:
    if event.step == clock.expires:
        _end(row, event, RunningClock.Outcome.EXPIRED)
    elif event.step in clock.ends or event.step in clock.starts:
        late = row.due_at is not None and (told_start(clock, event) or event.at) >= row.due_at
        _end(row, event, RunningClock.Outcome.LATE if late else RunningClock.Outcome.MET)
    elif marks := _marks(clock, row, event):
        if clock.until is not None:
            _refuse_late(clock, row, event)
            row.until = clock.until(facts)
        ClockMark.objects.bulk_create(marks)
        try:
            is_longer = any(each.kind == ClockMark.Kind.EXTEND for each in marks)
            reckoned(row, calendar, is_strict=is_longer).save(update_fields=REACHED)
        except ClockError as error:
            raise StepRefusedError(_words(error, clock, event)) from error


def _refuse_late(clock: Clock, row: RunningClock, event: MatterEvent) -> None:
    """What was decided to last until a day is not lengthened after it, though the law's own bound be later."""
    if row.due_at is not None and event.at >= row.due_at:
        words = _("“%(clock)s”已于 %(day)s 届满，不能再延长。")
        raise StepRefusedError(words % {"clock": clock.title, "day": row.last_day})


def _marks(clock: Clock, row: RunningClock, event: MatterEvent) -> list[ClockMark]:
    kinds = ClockMark.Kind
    runs_on = event.step in clock.resumes and _is_stopped(row)
    found = [
        (kinds.EXTEND, clock.extends.get(event.step)),
        (kinds.RESUME, "resume" if runs_on else None),
        (kinds.STOP, clock.pauses.get(event.step)),
    ]
    happened = _happened(clock, row, event)
    return [
        ClockMark(
            clock=row,
            event=event,
            kind=kind,
            reason=reason,
            happened_at=None if kind == kinds.EXTEND else happened,
        )
        for kind, reason in found
        if reason
    ]


def _happened(clock: Clock, row: RunningClock, event: MatterEvent) -> datetime | None:
    """The moment the step was told that it came to pass: not before the clock began or stood still, not after it was
    written down. A day is told from its beginning. None: none was told."""
    told = moment_of(event.said.get(clock.happened_on.get(event.step, "")))
    if told is None:
        return None
    since = row.began_at
    if event.step not in clock.pauses and (stop := _last_stop(row)) is not None:
        since = stop.at
    return min(max(told, since), event.at)


def _last_stop(row: RunningClock) -> ClockMark | None:
    stops = row.marks.filter(kind=ClockMark.Kind.STOP).select_related("event")
    return stops.order_by("pk").last()


def _is_stopped(row: RunningClock) -> bool:
    """Whether it was stopped and did not run on since, even if that came too late to move its end."""
    kinds = (
        row.marks.exclude(kind=ClockMark.Kind.EXTEND).order_by("pk").values_list("kind", flat=True)
    )
    return kinds.last() == ClockMark.Kind.STOP


def _end(row: RunningClock, event: MatterEvent, outcome: str) -> None:
    row.outcome, row.ended = outcome, event
    row.save(update_fields=["outcome", "ended"])


def _only_begins(clock: Clock, event: MatterEvent) -> bool:
    """Whether the step means nothing else to this clock."""
    return event.step in clock.starts and event.step not in clock.ends


def _begin_if_earlier(
    clock: Clock, row: RunningClock, event: MatterEvent, facts: Facts, calendar: WorkCalendar
) -> None:
    """The one that runs goes on, unless what is told now began before it."""
    if (told_start(clock, event) or event.at) < row.began_at:
        _end(row, event, RunningClock.Outcome.SUCCEEDED)
        _start(clock, event, facts, calendar)


def _start(clock: Clock, event: MatterEvent, facts: Facts, calendar: WorkCalendar) -> None:
    until = clock.until(facts) if clock.until is not None else None
    if clock.until is not None and until is None:
        return
    row = RunningClock(
        matter_id=event.matter_id,
        code=clock.code,
        limit=clock.limit,
        started=event,
        since=told_start(clock, event),
        until=until,
    )
    try:
        _with_end(row, History(row.began_at), calendar).save(force_insert=True)
    except ClockError as error:
        raise StepRefusedError(_words(error, clock, event)) from error


def told_start(clock: Clock, event: MatterEvent) -> datetime | None:
    """The moment the step was told to count from, a day from its beginning in Beijing; None: none."""
    names = (clock.said_on,) if isinstance(clock.said_on, str) else clock.said_on
    return moment_of(next((event.said[name] for name in names if event.said.get(name)), None))


def _with_end(row: RunningClock, history: History, calendar: WorkCalendar) -> RunningClock:
    limit = time_limit(row.limit, on=beijing_day(history.started))
    due = reckon(limit, history, calendar, row.until)
    row.last_day, row.due_at, row.provisional = due.last_day, due.at, due.provisional
    return row


def _words(error: ClockError, clock: Clock, event: MatterEvent) -> Any:
    told = {"clock": clock.title, "limit": clock.limit, "day": beijing_day(event.at)}
    if isinstance(error, DecidedTooLongError):
        return _("“%(clock)s”的期限超过法定上限（%(limit)s），请缩短。") % told
    if isinstance(error, ExtensionRefusedError):
        return _("“%(clock)s”已届满，或已延长到法定次数，或须先经另一级批准，不能这样延长。") % told
    if isinstance(error, CalendarRefusedError):
        return _("工作日历不含所需年份，无法计算“%(clock)s”，请先载入工作日历。") % told
    return _("%(day)s 没有现行有效的期限规定 %(limit)s，无法计算“%(clock)s”。") % told
