"""Keeps to-dos and watched clocks true to the matters, in the transaction of every step.

What is kept can always be had anew: ``renew`` looks at nothing but the matters themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from zhihuan.bureau.clock import Due, WorkCalendar
from zhihuan.bureau.inbox.figure import to_dos_moved
from zhihuan.bureau.inbox.known import Known, known_of, known_of_new, procedure_of
from zhihuan.bureau.inbox.models import Barred, Claim, ClockWatch, ToDo
from zhihuan.bureau.inbox.risk import Ticking, rank, warned_from
from zhihuan.bureau.inbox.waiting import barred, parts_people, waits_for
from zhihuan.bureau.matters.engine.calendar import the_calendar
from zhihuan.bureau.matters.engine.effects import Taken
from zhihuan.bureau.matters.models import Matter, RunningClock
from zhihuan.bureau.matters.party_view import NOTHING_SHOWN
from zhihuan.bureau.people.roles import ROLES, Side

__all__ = ["keep", "renew"]

_BATCH = 500


def keep(taken: Taken) -> None:
    """After a step: what waits for whom now. An effect of the engine."""
    matter = taken.matter
    if taken.step is None:
        _put([matter], known_of_new(matter, taken.event.at), _Look.now_with_calendar())
    else:
        renew([matter], since={matter.pk: taken.event.at})


def renew(matters: Sequence[Matter], *, since: dict[int, datetime] | None = None) -> None:
    """Have everything kept of these matters anew; a fixed number of queries."""
    known, look = known_of(matters, since), _Look.now_with_calendar()
    keys = [each.pk for each in matters]
    ToDo.objects.filter(matter__in=keys).delete()
    if parting := [each.pk for each in matters if parts_people(procedure_of(each))]:
        Barred.objects.filter(matter__in=parting).delete()
    if ended := [each.pk for each in matters if each.ended_at is not None]:
        Claim.objects.filter(matter__in=ended).delete()
    _put(matters, known, look, list(ClockWatch.objects.filter(matter__in=keys)))


@dataclass(frozen=True, slots=True)
class _Look:
    """The moment of looking and the calendar to count by."""

    now: datetime
    calendar: WorkCalendar

    @classmethod
    def now_with_calendar(cls) -> _Look:
        """At this moment; one query."""
        return cls(timezone.now(), the_calendar())

    def warn_at(self, clock: RunningClock) -> datetime | None:
        due = Due(clock.last_day, clock.due_at, clock.provisional, ())
        return warned_from(due, clock.began_at, self.calendar)


def _put(
    matters: Sequence[Matter], known: Known, look: _Look, watched: Sequence[ClockWatch] = ()
) -> None:
    running = [each for each in matters if each.ended_at is None]
    to_dos_moved()
    to_dos = [row for each in running for row in _to_dos(each, known, look)]
    ToDo.objects.bulk_create(to_dos, batch_size=_BATCH)
    kept_apart = [row for each in running for row in _barred(each, known)]
    Barred.objects.bulk_create(kept_apart, batch_size=_BATCH)
    _watch([row for each in running for row in _watches(each, known, look)], watched)


def _to_dos(matter: Matter, known: Known, look: _Look) -> Iterator[ToDo]:
    waits = waits_for(procedure_of(matter), matter.state)
    holders = known.holders.get(matter.pk, {})
    since = known.since.get(matter.pk, matter.opened_at)
    clocks = _ticking(matter, known, look)
    for each in waits:
        party = _is_outside(each.role)
        if party and matter.pk not in known.told:
            continue
        place = rank(each.role, _shown(matter, clocks) if party else clocks, since, look.now)
        side = (one.role for one in waits if _is_outside(one.role) is party)
        holder = next((holders[role] for role in side if role in holders), None)
        yield ToDo(
            matter_id=matter.pk,
            role=each.role,
            reach=each.reach,
            procedure=matter.procedure,
            town_id=matter.town_id,
            party_id=matter.party_id,
            stage=place.stage,
            at=place.at,
            warn_at=place.warn_at,
            since=since,
            clock_id=place.clock,
            held=holder is not None,
            holder_id=holder,
        )


def _ticking(matter: Matter, known: Known, look: _Look) -> list[Ticking]:
    duties = {clock.code: clock.duty for clock in procedure_of(matter).clocks}
    return [
        Ticking(each.pk, duties[each.code], each.due_at, look.warn_at(each), each.code)
        for each in known.clocks.get(matter.pk, ())
        if each.code in duties
    ]


def _shown(matter: Matter, clocks: list[Ticking]) -> list[Ticking]:
    """The clocks that the party is shown."""
    view = procedure_of(matter).party or NOTHING_SHOWN
    return [each for each in clocks if each.code in view.clocks]


def _is_outside(role: str) -> bool:
    return ROLES[role].side is Side.OUTSIDE


def _barred(matter: Matter, known: Known) -> Iterator[Barred]:
    taken, elsewhere = known.taken.get(matter.pk, {}), known.elsewhere.get(matter.pk, {})
    for each in waits_for(procedure_of(matter), matter.state) if taken or elsewhere else ():
        for user in barred(each, taken, elsewhere):
            yield Barred(matter_id=matter.pk, role=each.role, user_id=user)


def _watches(matter: Matter, known: Known, look: _Look) -> Iterator[ClockWatch]:
    duties = {clock.code: clock.duty for clock in procedure_of(matter).clocks}
    for clock in known.clocks.get(matter.pk, ()):
        if clock.due_at is None or clock.last_day is None or clock.code not in duties:
            continue
        yield ClockWatch(
            clock_id=clock.pk,
            matter_id=matter.pk,
            procedure=matter.procedure,
            town_id=matter.town_id,
            party_id=matter.party_id,
            duty=duties[clock.code],
            last_day=clock.last_day,
            due_at=clock.due_at,
            next_at=look.warn_at(clock),
        )


def _watch(wanted: Iterable[ClockWatch], watched: Sequence[ClockWatch]) -> None:
    """Those of before go on as they were where their end is the same; one that moved begins anew at the
    foot of the ladder."""
    before = {each.clock_id: each for each in watched}
    fresh: list[ClockWatch] = []
    moved: list[ClockWatch] = []
    for each in wanted:
        old = before.pop(each.clock_id, None)
        if old is None:
            fresh.append(each)
        elif (old.last_day, old.due_at) != (each.last_day, each.due_at):
            moved.append(each)
    if before:
        ClockWatch.objects.filter(pk__in=before).delete()
    ClockWatch.objects.bulk_create(fresh, batch_size=_BATCH)
    if moved:
        names = ["last_day", "due_at", "told", "next_at"]
        ClockWatch.objects.bulk_update(moved, names, batch_size=_BATCH)
