"""Keeps what judging found: new episodes, changed ones, those that are no more; and moves them on.

Everything of one call stands in one transaction with its messages and events, so doing it again changes
nothing and a process that dies leaves nothing half. Rows are locked by outlet, so two rounds at once
do not find the same episode twice.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q

from zhihuan.bureau.events.emitting import emit
from zhihuan.bureau.events.models import Event
from zhihuan.bureau.exceedance.actions import VIEW
from zhihuan.bureau.exceedance.event_kinds import EPISODE_FOUND
from zhihuan.bureau.exceedance.found import Found, moment
from zhihuan.bureau.exceedance.matching import Matched, matched
from zhihuan.bureau.exceedance.models import Episode, EpisodeEvent
from zhihuan.bureau.exceedance.rising import Raised, raise_each
from zhihuan.bureau.exceedance.rungs import Move, first_move, later_move
from zhihuan.bureau.exceedance.telling import (
    tell_branch,
    tell_firms,
    tell_raised,
    tell_stuck,
)
from zhihuan.bureau.exceedance.weighing import Weighing
from zhihuan.bureau.registry.models import MonitoringPoint

__all__ = ["Kept", "keep"]

_Event = EpisodeEvent.Kind
_BATCH = 500


@dataclass(frozen=True, slots=True)
class _Stored:
    """A kept episode as matching takes it."""

    row: Episode

    @property
    def start(self) -> int:
        return int(self.row.first_at.timestamp())

    @property
    def end(self) -> int:
        return int(self.row.end_at.timestamp())

    @property
    def key(self) -> tuple[int, str, str]:
        return self.row.point_id, self.row.factor, self.row.span


@dataclass(slots=True)
class Kept:
    """What a call did."""

    found: int = 0
    changed: int = 0
    gone: int = 0
    raised: int = 0

    def __add__(self, other: Kept) -> Kept:
        return Kept(*(getattr(self, n) + getattr(other, n) for n in self.__slots__))


@dataclass(slots=True)
class _Course:
    """What is to be written down and told at the end."""

    events: list[EpisodeEvent] = field(default_factory=list)
    to_firm: list[Episode] = field(default_factory=list)
    to_branch: list[Episode] = field(default_factory=list)
    raised: list[Raised] = field(default_factory=list)

    def note(self, row: Episode, kind: str, **facts: object) -> None:
        self.events.append(EpisodeEvent(episode=row, kind=kind, facts=facts))


@transaction.atomic
def keep(
    found: Sequence[Found],
    points: Sequence[int],
    span: tuple[int, int],
    now: dt.datetime,
    *,
    quietly: bool = False,
) -> Kept:
    """``found``: all there is of these points (primary keys) over ``span`` [epoch s]; episodes of theirs that
    lie wholly or partly within it are matched. quietly: nobody is told and nothing rises, for the past that
    is judged at the very first look."""
    locked = MonitoringPoint.objects.select_for_update(of=("self",)).filter(pk__in=points)
    list(locked.order_by("pk").values_list("pk", flat=True))
    weighing = Weighing.of(points, span, now)
    course, kept = _Course(), Kept()
    for key, (fresh, stored) in _by_series(found, _stored(points, span)).items():
        del key
        _apply(matched(fresh, stored), weighing, course, kept, now, quietly=quietly)
    _write_down(course, kept)
    return kept


def _stored(points: Sequence[int], span: tuple[int, int]) -> list[_Stored]:
    """What may be matched: not what people have closed, for judging leaves that out."""
    start, end = (moment(each) for each in span)
    rows = Episode.objects.filter(point__in=points, first_at__lt=end, end_at__gt=start)
    alive = ~Q(stage=Episode.Stage.CLOSED) | Q(outcome__in=Episode.BY_THE_PLATFORM)
    # reasons are long, and read only to be replaced
    found = rows.filter(alive).select_related("point__site__enterprise").defer("derivation")
    return [_Stored(row) for row in found.order_by("first_at", "pk")]


_Series = dict[tuple[int, str, str], tuple[list[Found], list[_Stored]]]


def _by_series(found: Sequence[Found], stored: Sequence[_Stored]) -> _Series:
    series: _Series = defaultdict(lambda: ([], []))
    for each in found:
        series[each.key][0].append(each)
    for old in stored:
        series[old.key][1].append(old)
    return series


def _apply(  # noqa: PLR0913 - what was matched, what weighs it, and where it is noted
    result: Matched[Found, _Stored],
    weighing: Weighing,
    course: _Course,
    kept: Kept,
    now: dt.datetime,
    *,
    quietly: bool,
) -> None:
    for new in result.new:
        kept.found += 1
        _begin(new, weighing, course, now, quietly=quietly)
    for again, old in result.same:
        kept.changed += _renew(again, old.row, weighing, course, now)
    for outcome, gone in (
        (Episode.Outcome.MERGED, result.merged),
        (Episode.Outcome.WITHDRAWN, result.gone),
    ):
        for old in gone:
            kept.gone += _end(old.row, outcome, course, now)


def _begin(
    new: Found, weighing: Weighing, course: _Course, now: dt.datetime, *, quietly: bool
) -> None:
    gravity = weighing.gravity(new)
    move = first_move(
        warning=new.warning, standing=new.standing, goes_up=gravity.goes_up, now=now,
        excused=new.excused,
    )  # fmt: skip
    row = Episode(
        point_id=new.point, factor=new.factor, span=new.span, derivation=new.derivation(),
        found_at=now, judged_at=now, large=gravity.large, repeated=gravity.repeated,
        stage=move.stage, outcome=move.outcome, due_at=move.due_at, **new.fields(),
    )  # fmt: skip
    if quietly:
        row.stage, row.due_at = _at_rest(row), None
    row.save()
    row.point = weighing.point(new.point)
    course.note(row, _Event.FOUND, periods=new.periods, standing=new.standing)
    weighing.count(row)
    if not quietly:
        _moved(row, move, "；".join(gravity.why), course)


def _at_rest(row: Episode) -> str:
    """Of the past nobody is asked: it stands as found, for whoever looks."""
    return Episode.Stage.CLOSED if row.outcome else Episode.Stage.WARNED


def _renew(
    again: Found, row: Episode, weighing: Weighing, course: _Course, now: dt.datetime
) -> bool:
    """Whether anything changed."""
    fields = again.fields()
    changed = {name: value for name, value in fields.items() if getattr(row, name) != value}
    gravity = weighing.gravity(again, row)
    move = later_move(
        row.stage, row.outcome, warning=again.warning, standing=again.standing,
        goes_up=gravity.goes_up, now=now,
    )  # fmt: skip
    if not changed and move is None:
        return False
    was = row.stage
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        row.derivation = again.derivation()
        course.note(row, _kind_of(changed), periods=again.periods, standing=again.standing)
    row.judged_at, row.large, row.repeated = now, gravity.large, gravity.repeated
    if move is not None:
        row.stage, row.outcome, row.due_at = move.stage, move.outcome, move.due_at
    row.save()
    if move is not None:
        if was == Episode.Stage.CLOSED:
            course.note(row, _Event.REOPENED)
        _moved(row, move, "；".join(gravity.why), course)
    return True


def _kind_of(changed: dict[str, object]) -> str:
    only_marks = set(changed) <= {"standing", "late_mark"}
    return _Event.MARKED if only_marks else _Event.GREW


def _end(row: Episode, outcome: str, course: _Course, now: dt.datetime) -> bool:
    """Whether it was not at its end before. A raised one stays with its clue, if it has one."""
    if row.stage == Episode.Stage.CLOSED:
        return False
    course.note(row, _Event.WITHDRAWN, outcome=str(outcome))
    if row.stage != Episode.Stage.RAISED or row.stuck:
        row.stage, row.due_at, row.stuck = Episode.Stage.CLOSED, None, ""
    row.outcome, row.judged_at = outcome, now
    row.save()
    return True


def _moved(row: Episode, move: Move, why: str, course: _Course) -> None:
    if move.tells_firm:
        course.to_firm.append(row)
    if move.rises:
        course.raised.append(Raised(row, None, why))
    if move.stage == Episode.Stage.VERIFYING:
        course.to_branch.append(row)


def _write_down(course: _Course, kept: Kept) -> None:
    """Events, messages, and what goes up; nothing is asked where nothing happened."""
    reached = tell_firms(course.to_firm) if course.to_firm else set[int]()
    for row in course.to_firm:
        course.note(row, _Event.TOLD, reached=row.pk in reached)
    EpisodeEvent.objects.bulk_create(course.events, batch_size=_BATCH)
    if course.to_branch:
        tell_branch(course.to_branch)
    if course.raised:
        risen, stuck = raise_each(course.raised)
        kept.raised = len(risen)
        tell_raised(risen)
        tell_stuck(stuck)
    found = [each.episode for each in course.events if each.kind == _Event.FOUND]
    emit(EPISODE_FOUND.code, lambda: [_event(row) for row in found])


def _event(row: Episode) -> Event:
    told = {
        "episode": row.pk,
        "point": row.point.code,
        "factor": row.factor,
        "span": row.span,
        "warning": row.warning,
        "first_at": row.first_at.isoformat(),
        "multiple": row.multiple,
    }
    return Event(
        kind=EPISODE_FOUND.code,
        subject=f"exceedance.episode:{row.pk}",
        permission=VIEW,
        model="exceedance.Episode",
        object_id=str(row.pk),
        data=told,
    )
