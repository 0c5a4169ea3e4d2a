"""How many matters of one procedure were opened in a year: by state, month, town and whether in time.

Every figure carries the question of the list that it counts, so that it can be opened and found right.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.yearly import Kind
from zhihuan.bureau.places.models import Town
from zhihuan.web.matters.matter_filters import PACE_WORDS
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


def figures(procedure: Procedure, found: Counter[Kind], year: int, today: dt.date) -> Figures:
    """``found``: those of the year that the reader sees. One query, for the names of towns."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    asked = {"opened_from": first, "opened_to": last}
    return Figures(
        total=Figure(_("全年登记"), found.total(), urlencode(asked)),
        states=_states(procedure, _by(found, "state"), asked),
        months=_months(_by(found, "month"), year, today),
        towns=_towns(_by(found, "town"), asked),
        paces=_paces(_by(found, "pace"), asked),
    )


def _by(found: Counter[Kind], name: str) -> Counter[Any]:
    counts: Counter[Any] = Counter()
    for kind, count in found.items():
        counts[getattr(kind, name)] += count
    return counts


def _states(procedure: Procedure, counts: Counter[str], asked: dict[str, Any]) -> list[Figure]:
    titles: dict[str, Any] = {}
    for edition in editions_of(procedure.code):
        for state in edition.states:
            titles.setdefault(state.code, state.title)
    known = [(code, title, counts.pop(code, 0)) for code, title in titles.items()]
    return _figures(asked, "state", [*known, *((code, code, n) for code, n in counts.items())])


def _months(counts: Counter[int], year: int, today: dt.date) -> list[Figure]:
    """Months that have begun."""
    return [
        _month(year, month, counts[month])
        for month in range(1, 1 + (today.month if year == today.year else 12))
    ]


def _month(year: int, month: int, count: int) -> Figure:
    last = calendar.monthrange(year, month)[1]
    span = {"opened_from": dt.date(year, month, 1), "opened_to": dt.date(year, month, last)}
    return Figure(_("%(month)d 月") % {"month": month}, count, urlencode(span))


def _towns(counts: Counter[str | None], asked: dict[str, Any]) -> list[Figure]:
    codes = [code for code in counts if code is not None]
    names = dict(Town.objects.filter(pk__in=codes).order_by("code").values_list("pk", "name"))
    return _figures(asked, "town", [(code, name, counts[code]) for code, name in names.items()])


def _paces(counts: Counter[str], asked: dict[str, Any]) -> list[Figure]:
    return _figures(asked, "pace", [(code, words, counts[code]) for code, words in PACE_WORDS])


def _figures(
    asked: dict[str, Any], name: str, counted: Iterable[tuple[str, Any, int]]
) -> list[Figure]:
    return [Figure(words, n, urlencode({**asked, name: code})) for code, words, n in counted]
