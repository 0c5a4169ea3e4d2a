"""How many matters of one procedure were opened in a year: by state, month, town and whether in time.

Every figure carries the question of the list that it counts, so that it can be opened and found right.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.places.models import Town
from zhihuan.web.listing import DaysFilter
from zhihuan.web.matters.matter_filters import PACE_WORDS, Pace
from zhihuan.web.matters.visible import editions_of

__all__ = ["Figure", "Figures", "figures"]


@dataclass(frozen=True, slots=True)
class Figure:
    """How many, of what; ``query`` asks the list for exactly these."""

    words: Any
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a year."""

    total: Figure
    states: list[Figure]
    months: list[Figure]
    towns: list[Figure]
    paces: list[Figure]


def figures(procedure: Procedure, rows: QuerySet[Matter], year: int, now: dt.datetime) -> Figures:
    """``rows``: the procedure's matters within the reader's scope. Seven queries, however many."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    within = DaysFilter("opened", "", field="opened_at").narrow(rows, (first, last)).order_by()
    asked = {"opened_from": first, "opened_to": last}
    return Figures(
        total=Figure(_("全年登记"), within.count(), urlencode(asked)),
        states=_states(procedure, within, asked),
        months=_months(within, year, timezone.localdate(now)),
        towns=_towns(within, asked),
        paces=_paces(Pace(procedure, now), within, asked),
    )


def _states(procedure: Procedure, rows: QuerySet[Matter], asked: dict[str, Any]) -> list[Figure]:
    counts = dict(rows.values_list("state").annotate(Count("pk")))
    titles: dict[str, Any] = {}
    for edition in editions_of(procedure.code):
        for state in edition.states:
            titles.setdefault(state.code, state.title)
    known = [(code, title, counts.pop(code, 0)) for code, title in titles.items()]
    return _figures(asked, "state", [*known, *((code, code, n) for code, n in counts.items())])


def _months(rows: QuerySet[Matter], year: int, today: dt.date) -> list[Figure]:
    """Months that have begun."""
    grouped = rows.annotate(month=TruncMonth("opened_at")).values_list("month")
    counts = {timezone.localdate(each).month: n for each, n in grouped.annotate(Count("pk"))}
    return [
        _month(year, month, counts.get(month, 0))
        for month in range(1, 1 + (today.month if year == today.year else 12))
    ]


def _month(year: int, month: int, count: int) -> Figure:
    last = calendar.monthrange(year, month)[1]
    span = {"opened_from": dt.date(year, month, 1), "opened_to": dt.date(year, month, last)}
    return Figure(_("%(month)d 月") % {"month": month}, count, urlencode(span))


def _towns(rows: QuerySet[Matter], asked: dict[str, Any]) -> list[Figure]:
    counts = dict(rows.filter(town__isnull=False).values_list("town").annotate(Count("pk")))
    names = dict(Town.objects.filter(pk__in=counts).order_by("code").values_list("pk", "name"))
    return _figures(asked, "town", [(code, name, counts[code]) for code, name in names.items()])


def _paces(pace: Pace, rows: QuerySet[Matter], asked: dict[str, Any]) -> list[Figure]:
    counted = [pace.on_time(rows).count(), pace.late(rows).count(), pace.neither(rows).count()]
    told = [(code, words, n) for (code, words), n in zip(PACE_WORDS, counted, strict=True)]
    return _figures(asked, "pace", told)


def _figures(
    asked: dict[str, Any], name: str, counted: Iterable[tuple[str, Any, int]]
) -> list[Figure]:
    return [Figure(words, n, urlencode({**asked, name: code})) for code, words, n in counted]
