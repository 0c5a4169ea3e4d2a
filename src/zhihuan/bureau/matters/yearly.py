"""How many matters of a procedure somebody sees of those opened in a year: by state, month, town and pace, at one moment.

Read from the kept sums; what a reader sees beside whole towns (matters of bodies below their organisation, of their own
organisation as a party) is counted itself and comes in the same question, as is everything until the sums were made.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any, NamedTuple

from django.db.models import Case, Count, Q, QuerySet, Sum, Value, When
from django.db.models.functions import ExtractMonth

from zhihuan.bureau.clock.history import BEIJING
from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.engine.summing import placed, sums_of
from zhihuan.bureau.matters.models import MatterSum
from zhihuan.bureau.matters.reach import MatterReach, reach_in, seen_by
from zhihuan.bureau.sums.making import are_made

__all__ = ["LATE", "NEITHER", "ON_TIME", "Kind", "opened_in"]

#: Of the bureau's limits one was kept and none was not; one was not; none has come to its end.
ON_TIME, LATE, NEITHER = "on_time", "late", "neither"


class Kind(NamedTuple):
    """state: its code. month: 1 to 12, in Beijing. town: its code, None for none. pace: one of the three."""

    state: str
    month: int
    town: str | None
    pace: str


def opened_in(user: Any, procedure: Procedure, year: int, now: dt.datetime) -> Counter[Kind]:
    """Two queries. now: aware; what runs on past its end then is late."""
    reach, rows = reach_in(user, procedure), seen_by(user, [procedure])
    parts = []
    if are_made([sums_of(procedure.code)]):
        parts.append(_kept(procedure, reach, year, now))
        rows = _beside(rows, reach)
    parts.append(_counted(rows, procedure, year, now))
    found = parts[0].union(*parts[1:], all=True)
    kinds: Counter[Kind] = Counter()
    for *kind, count in found:
        kinds[Kind(*kind)] += count
    return Counter({kind: count for kind, count in kinds.items() if count})


def _kept(procedure: Procedure, reach: MatterReach, year: int, now: dt.datetime) -> QuerySet[Any]:
    within = (dt.date(year, 1, 1), dt.date(year, 12, 1))
    sums = MatterSum.objects.filter(procedure=procedure.code, opened__range=within)
    if not reach.whole.city:
        sums = sums.filter(town__in=sorted(reach.whole.towns))
    told = sums.annotate(month=ExtractMonth("opened"), pace=_pace(now)).order_by()
    return told.values_list(*Kind._fields[:2], "town_id", "pace").annotate(n=Sum("count"))


def _counted(
    rows: QuerySet[Any], procedure: Procedure, year: int, now: dt.datetime
) -> QuerySet[Any]:
    first, after = (dt.datetime(each, 1, 1, tzinfo=BEIJING) for each in (year, year + 1))
    within = placed(rows.filter(opened_at__gte=first, opened_at__lt=after), procedure.code)
    month = ExtractMonth("opened_at", tzinfo=BEIJING)
    told = within.annotate(month=month, pace=_pace(now)).order_by()
    return told.values_list(*Kind._fields[:2], "town_id", "pace").annotate(n=Count("pk"))


def _beside(rows: QuerySet[Any], reach: MatterReach) -> QuerySet[Any]:
    """What of it lies in none of the towns that are seen whole; nothing for most."""
    whole = reach.whole
    if whole.city or not (whole.paths or reach.party):
        return rows.none()
    return rows.filter(Q(town__isnull=True) | ~Q(town__in=sorted(whole.towns)))


def _pace(now: dt.datetime) -> Case:
    late = When(late_from__lte=now, then=Value(LATE))
    return Case(late, When(is_met=True, then=Value(ON_TIME)), default=Value(NEITHER))
