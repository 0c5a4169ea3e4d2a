"""The periodic round: what arrived since the last look is judged anew, whole days at a time.

Judging is idempotent, so a round looks back two hours further than it must: hours that had not ended, or
whose statistics were not computed, are judged then. Late and back-filled data bring their days back.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Q

from zhihuan.bureau.acquisition.store import the_store
from zhihuan.bureau.compliance.kept import forget_quarters
from zhihuan.bureau.exceedance.found import Settled, found_in, moment
from zhihuan.bureau.exceedance.keeping import Kept, keep
from zhihuan.bureau.exceedance.models import Episode, Look
from zhihuan.bureau.exceedance.outlets import Outlet, outlets, points_of
from zhihuan.bureau.exceedance.reading import read_hours
from zhihuan.bureau.exceedance.retrying import retry
from zhihuan.telemetry.aggregation.dirty_hours import spans
from zhihuan.telemetry.aggregation.periods import BEIJING_OFFSET_SECONDS
from zhihuan.telemetry.kinds import Kind

__all__ = ["judge", "judge_arrivals"]

_DAY, _HOUR = 86_400, 3600
_SETTLE = 300  # device and statistics have had their time
_BACK_MS = (2 * _HOUR + 120) * 1000
_FIRST_LOOK_MS = 3 * _DAY * 1000
# an episode that ended so long before may go on
_NEAR = 4 * _HOUR
# series times hours of one read
_CELLS = 2_000_000


def judge_arrivals(now: dt.datetime) -> Kept:
    """One round: first what should have gone up and could not. Store errors reach the caller; what was not
    judged then is judged next time."""
    now_ms = int(now.timestamp() * 1000)
    look = Look.objects.first()
    since = now_ms - _FIRST_LOOK_MS if look is None else look.received_ms - _BACK_MS
    done = Kept(raised=retry())
    for span, points in _touched(since, now_ms).items():
        forget_quarters(points, span, now)
        done += judge(points, span, now)
    Look.objects.update_or_create(pk=1, defaults={"received_ms": now_ms})
    return done


def judge(
    points: Iterable[int], span: tuple[int, int], now: dt.datetime, *, quietly: bool = False
) -> Kept:
    """Judge these points (primary keys) over [start, end) [epoch s], widened to whole days and to the
    episodes that reach into it; limits, and the rule of start-up and shut-down, are those of the day of each hour."""
    known = outlets(sorted(points))
    done = Kept()
    for (start, end), some in _widened(known.values(), _days(span)).items():
        for portion in _portions(some, (end - start) // _HOUR):
            done += _judge(portion, (start, end), now, quietly=quietly)
    return done


def _judge(
    some: Sequence[Outlet], span: tuple[int, int], now: dt.datetime, *, quietly: bool
) -> Kept:
    points = [each.point for each in some]
    with transaction.atomic():
        read = read_hours(some, *span, int(now.timestamp()) - _SETTLE)
        return keep(found_in(read, _settled(points, span)), points, span, now, quietly=quietly)


def _touched(since: int, until: int) -> dict[tuple[int, int], set[int]]:
    """Spans of days in which rows arrived, with the points they belong to."""
    days: set[tuple[str, int]] = set()
    for kind in (Kind.HOUR, Kind.MINUTE):
        found = the_store().touched(kind, since, until, bucket_seconds=_HOUR)
        starts = (found.bucket_start + BEIJING_OFFSET_SECONDS) // _DAY * _DAY
        begins = (starts - BEIJING_OFFSET_SECONDS).tolist()
        days.update(zip(found.mn.tolist(), begins, strict=True))
    return {
        (span.start, span.end): points
        for span in spans(days, _DAY)
        if (points := points_of(span.mns))
    }


def _widened(known: Iterable[Outlet], span: tuple[int, int]) -> dict[tuple[int, int], list[Outlet]]:
    """Outlets by the span they are judged over: wider where an episode of theirs reaches out of it."""
    by_point = {each.point: each for each in known}
    reach = dict.fromkeys(by_point, span)
    open_ends = set(by_point)
    while open_ends:
        open_ends = {
            point
            for point, wider in _reached(open_ends, reach).items()
            if _grow(reach, point, wider)
        }
    found: dict[tuple[int, int], list[Outlet]] = defaultdict(list)
    for point, wide in reach.items():
        found[wide].append(by_point[point])
    return found


def _reached(points: set[int], reach: dict[int, tuple[int, int]]) -> dict[int, tuple[int, int]]:
    """How far the episodes near each point's span reach."""
    low = min(reach[point][0] for point in points) - _NEAR
    high = max(reach[point][1] for point in points) + _NEAR
    rows = Episode.objects.filter(point__in=points).filter(
        first_at__lte=moment(high), end_at__gte=moment(low)
    )
    found: dict[int, tuple[int, int]] = {}
    for point, first, last in rows.order_by().values_list("point_id", "first_at", "end_at"):
        start, end = int(first.timestamp()), int(last.timestamp())
        begin, until = reach[point]
        if start <= until + _NEAR and end >= begin - _NEAR:
            known = found.get(point, (start, end))
            found[point] = (min(known[0], start), max(known[1], end))
    return found


def _grow(reach: dict[int, tuple[int, int]], point: int, wider: tuple[int, int]) -> bool:
    begin, until = _days((min(reach[point][0], wider[0]), max(reach[point][1], wider[1])))
    grown = (begin, until) != reach[point]
    reach[point] = (begin, until)
    return grown


def _settled(points: Sequence[int], span: tuple[int, int]) -> Settled:
    """What people have closed."""
    rows = Episode.objects.filter(
        ~Q(outcome__in=Episode.BY_THE_PLATFORM), point__in=points, stage=Episode.Stage.CLOSED,
        first_at__lt=moment(span[1]), end_at__gt=moment(span[0]),
    )  # fmt: skip
    found: Settled = {}
    for row in rows.only("point_id", "factor", "span", "first_at", "end_at").order_by():
        stretch = (int(row.first_at.timestamp()), int(row.end_at.timestamp()))
        found.setdefault((row.point_id, row.factor, row.span), []).append(stretch)
    return found


def _portions(some: Sequence[Outlet], hours: int) -> Iterable[Sequence[Outlet]]:
    """So that one read stays within bounds."""
    width = max(_CELLS // max(hours * max(len(each.factors) for each in some), 1), 1)
    return [some[at : at + width] for at in range(0, len(some), width)]


def _days(span: tuple[int, int]) -> tuple[int, int]:
    start = (span[0] + BEIJING_OFFSET_SECONDS) // _DAY * _DAY - BEIJING_OFFSET_SECONDS
    end = -(-(span[1] + BEIJING_OFFSET_SECONDS) // _DAY) * _DAY - BEIJING_OFFSET_SECONDS
    return start, max(end, start + _DAY)
