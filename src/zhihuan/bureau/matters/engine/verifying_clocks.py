"""Compare the end of every running clock with what happened to it.

The history is the truth and the end a copy, which lists, warnings and the platform's own steps go by: a day that was
changed in the database alone would let a limit slip unseen. Read are the clocks that run, by the calendar and the limits
of this installation; where those are newer than the ends (``following``) nothing is said. What was decided (``until``)
is taken as it stands, and a clock whose row is gone is not missed. Nothing is changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, F, Max, Min, OuterRef, Q

from zhihuan.bureau.audit.findings import Fault, Finding
from zhihuan.bureau.clock import ClockError, History, WorkCalendar, reckon, time_limit, time_limits
from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.matters.catalogue import UnknownProcedureError, edition_of
from zhihuan.bureau.matters.declaration import Clock, Procedure
from zhihuan.bureau.matters.engine.calendar import the_calendar
from zhihuan.bureau.matters.engine.clocks import reckoned, told_start
from zhihuan.bureau.matters.engine.following import has_followed
from zhihuan.bureau.matters.engine.moving import with_history
from zhihuan.bureau.matters.models import ClockMark, Matter, MatterEvent, RunningClock

__all__ = ["newest_clock", "verify_clocks"]

_PORTION = 5_000
#: last_day, due_at, provisional.
_End = tuple[date | None, datetime | None, bool]


class _Row(NamedTuple):
    """What nearly every clock needs, without an object for each."""

    pk: int
    code: str
    limit: str
    since: datetime | None
    until: date | None
    end: _End
    began_at: datetime
    procedure: str
    edition: str
    is_own: bool
    is_marked: bool


def newest_clock() -> int:
    """The greatest key of a clock; 0 for none."""
    return RunningClock.objects.aggregate(newest=Max("pk"))["newest"] or 0


def verify_clocks(first: int, last: int) -> Iterator[Finding]:
    """Of the running clocks with keys from ``first`` to ``last``, both included, those that end on another day than
    their history gives, and of their matters those that name another first end."""
    if not has_followed():
        return
    plain = _Plain(the_calendar())
    while rows := list(_rows(first, last)):
        others = [row.pk for row in rows if not plain.agrees(row)]
        suspects = {*_doubtful(others), *_wrong_first_ends(rows[0].pk, rows[-1].pk)}
        for key in sorted(suspects):
            yield from _closely(key)
        first = rows[-1].pk + 1


class _Plain:
    """Ends of clocks that nothing moved, each reckoned once for all that began alike."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self._calendar = calendar
        self._ends: dict[tuple[str, date | datetime, date | None], _End | None] = {}

    def agrees(self, row: _Row) -> bool:
        """Whether it is surely sound; what says when it began, or was moved, is read closely."""
        procedure = _procedure(row.procedure, row.edition)
        clock = _clock(procedure, row.code) if procedure is not None else None
        if clock is None or clock.limit != row.limit or not row.is_own:
            return False
        if row.is_marked or clock.said_on or row.since is not None:
            return False
        return self._end(row) == row.end

    def _end(self, row: _Row) -> _End | None:
        day = beijing_day(row.began_at)
        key = (row.limit, row.began_at if _in_hours(row.limit) else day, row.until)
        if key not in self._ends:
            self._ends[key] = _reckoned(row, self._calendar)
        return self._ends[key]


def _reckoned(row: _Row, calendar: WorkCalendar) -> _End | None:
    try:
        limit = time_limit(row.limit, on=beijing_day(row.began_at))
        due = reckon(limit, History(row.began_at), calendar, row.until)
    except ClockError:
        return None
    return due.last_day, due.at, due.provisional


@cache
def _in_hours(code: str) -> bool:
    return any(limit.in_hours for limit in time_limits().get(code, ()))


def _rows(first: int, last: int) -> Iterator[_Row]:
    running = RunningClock.objects.filter(
        outcome=RunningClock.Outcome.RUNNING, pk__range=(first, last)
    )
    marks = ClockMark.objects.filter(clock=OuterRef("pk")).order_by()
    rows = running.annotate(is_marked=Exists(marks)).order_by("pk")[:_PORTION]
    columns = (
        "pk", "code", "limit", "since", "until", "last_day", "due_at", "provisional", "started__at",
        "matter__procedure", "matter__edition", "matter_id", "started__matter_id", "is_marked",
    )  # fmt: skip
    for pk, code, limit, since, until, day, due, provisional, at, *rest in rows.values_list(
        *columns
    ):
        procedure, edition, matter, started_in, is_marked = rest
        end = (day, due, provisional)
        is_own = matter == started_in
        yield _Row(pk, code, limit, since, until, end, at, procedure, edition, is_own, is_marked)


def _wrong_first_ends(first: int, last: int) -> list[int]:
    """A running clock of each matter that names another end as its first than the first of its clocks."""
    running = Q(clocks__outcome=RunningClock.Outcome.RUNNING)
    matters = Matter.objects.filter(
        Exists(
            RunningClock.objects.filter(
                matter=OuterRef("pk"), outcome=RunningClock.Outcome.RUNNING, pk__range=(first, last)
            )
        )
    )
    named = matters.annotate(
        first_end=Min("clocks__due_at", filter=running), one=Min("clocks__pk", filter=running)
    )
    wrong = named.exclude(next_due_at=F("first_end")).exclude(
        next_due_at__isnull=True, first_end__isnull=True
    )
    return list(wrong.order_by().values_list("one", flat=True))


# ---- those that say when they began, were moved, or did not look sound ----


def _doubtful(keys: Collection[int]) -> Iterator[int]:
    for row in with_history(RunningClock.objects.filter(pk__in=keys)):
        if _of_its_start(row, row.matter) or _of_its_end(row):
            yield row.pk


@transaction.atomic
def _closely(key: int) -> list[Finding]:
    """Read anew, with its matter held: steps are taken while many are read."""
    rows = RunningClock.objects.filter(pk=key, outcome=RunningClock.Outcome.RUNNING)
    matter = rows.values_list("matter_id", flat=True).first()
    if matter is None:
        return []
    held = Matter.objects.select_for_update().get(pk=matter)
    row = with_history(rows).first()
    return [] if row is None else list(_named(row, held))


def _named(row: RunningClock, matter: Matter) -> Iterator[Finding]:
    for words in (_of_its_start(row, matter), _of_its_end(row), _of_its_matter(matter)):
        if words:
            told = f"matter {matter.pk}: the clock {row.code} {words}"
            yield Finding(Fault.ALTERED, matter.pk, told)


def _of_its_start(row: RunningClock, matter: Matter) -> str:
    if row.started.matter_id != matter.pk:
        return "was started by an event of another matter"
    procedure = _procedure(matter.procedure, matter.edition)
    if procedure is None:
        return ""  # of a line that is not installed any more
    clock = _clock(procedure, row.code)
    if clock is None:
        return "is none of its procedure"
    if row.limit != clock.limit:
        return f"runs by {row.limit}, and its procedure says {clock.limit}"
    if row.since != told_start(clock, row.started) and not _is_rebased(matter):
        return "counts from another moment than its step was told"
    return ""


def _of_its_end(row: RunningClock) -> str:
    written: _End = (row.last_day, row.due_at, row.provisional)
    try:
        reckoned(row, the_calendar())
    except ClockError as error:
        return f"cannot be reckoned: {error}"
    if written == (row.last_day, row.due_at, row.provisional):
        return ""
    return f"ends on {_day(written)}; what happened to it gives {_day((row.last_day, row.due_at))}"


def _of_its_matter(matter: Matter) -> str:
    running = matter.clocks.filter(outcome=RunningClock.Outcome.RUNNING)
    first = running.aggregate(first=Min("due_at"))["first"]
    return "" if first == matter.next_due_at else "is not where the list of matters has its end"


def _day(end: tuple[Any, ...]) -> str:
    day, moment = end[:2]
    return f"{day or 'no day'} ({f'{moment:%Y-%m-%d %H:%M %Z}' if moment else 'no moment'})"


def _is_rebased(matter: Matter) -> bool:
    """What a step was asked may have had another name by the edition that it was taken under."""
    return matter.events.filter(step=MatterEvent.REBASING).exists()


def _procedure(code: str, edition: str) -> Procedure | None:
    try:
        return edition_of(code, edition)
    except UnknownProcedureError:
        return None


def _clock(procedure: Procedure, code: str) -> Clock | None:
    return next((each for each in procedure.clocks if each.code == code), None)
