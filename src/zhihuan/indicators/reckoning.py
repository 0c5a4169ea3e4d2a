"""Figures of rows: counted, summed, averaged; in a period and in the same one a year before; as a whole or told apart.

    told = reckoned(rows, indicators(), period)        # all figures: one query
    lines = told_apart(rows, indicator, period, "town")   # one figure by town: one query

``rows``: the counted acts that the reader may see (``reach``), narrowed as asked. Sums are Decimal, to the fen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Sum, Value, When
from django.db.models.functions import ExtractMonth

from zhihuan.indicators.declaration import How, Indicator, Share
from zhihuan.indicators.models import CountedAct
from zhihuan.indicators.periods import Period

__all__ = ["DIMENSIONS", "Figure", "Tally", "Told", "of_indicator", "reckoned", "share_of", "tally_of", "told_apart"]  # fmt: skip

#: What a figure can be told apart by.
DIMENSIONS = ("month", "town", "case_type", "source", "law", "industry")
Figure = int | Decimal | None
_FEN, _TENTH = Decimal("0.01"), Decimal("0.1")
_COUNTS = {"n": Count("pk"), "total": Sum("amount"), "amounts": Count("amount")}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many acts, the sum of their amounts, and how many have one."""

    count: int = 0
    total: Decimal = Decimal("0.00")
    amounts: int = 0

    def figure(self, indicator: Indicator) -> Figure:
        """What the indicator makes of them; None for the mean of nothing."""
        if indicator.how is How.COUNT:
            return self.count
        if indicator.how is How.SUM:
            return self.total.quantize(Decimal(1).scaleb(-indicator.places))
        return _rounded(self.total / self.amounts) if self.amounts else None


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of the period and that of the same period a year before. key: of what, where it is told apart."""

    now: Figure
    before: Figure
    key: Any = ""

    @property
    def change(self) -> Figure:
        """By how much it grew; None where one of both is missing."""
        return None if self.now is None or self.before is None else self.now - self.before

    @property
    def percent(self) -> Decimal | None:
        """The change in percent of the year before; None where that is nothing or missing."""
        if not self.before or self.change is None:
            return None
        return _rounded(100 * Decimal(self.change) / Decimal(self.before))


def reckoned(rows: QuerySet[CountedAct], asked: Iterable[Indicator], period: Period) -> dict[str, Told]:  # fmt: skip
    """The figures of these indicators by code; one query."""
    wanted = list(asked)
    kinds = {each.acts.code for each in wanted}
    tallies: dict[tuple[str, bool], Tally] = {}
    for found in _grouped(rows.filter(acts__in=kinds), period, "acts"):
        tallies[found["acts"], found["is_now"]] = _tally(found)
    return {each.code: of_indicator(each, lambda now, kind=each.acts.code: tallies.get((kind, now), Tally())) for each in wanted}  # fmt: skip


def of_indicator(indicator: Indicator, tally: Any, key: Any = "") -> Told:
    """``tally(is_now)`` gives the tally of either period."""
    now, before = (tally(each).figure(indicator) for each in (True, False))
    return Told(now, before, key)


def share_of(share: Share, told: dict[str, Told]) -> Told:
    """Of figures that ``reckoned`` told, both of its indicators among them."""
    part, whole = told[share.part.code], told[share.whole.code]
    return Told(_percent(part.now, whole.now), _percent(part.before, whole.before))


def told_apart(rows: QuerySet[CountedAct], indicator: Indicator, period: Period, by: str) -> list[Told]:  # fmt: skip
    """One figure by month, town, case type, …; one query. Months: each month of the period. Others: what there is in
    either period, the greatest first; key None or "" is what cannot be told."""
    found = _grouped(rows.filter(acts=indicator.acts.code), period, by)
    tallies: dict[Any, dict[bool, Tally]] = defaultdict(dict)
    for each in found:
        tallies[each[by]][each["is_now"]] = _tally(each)
    keys: Sequence[Any] = [month for _year, month in period.months()] if by == "month" else list(tallies)  # fmt: skip
    lines = [of_indicator(indicator, lambda now, key=key: tallies[key].get(now, Tally()), key) for key in keys]  # fmt: skip
    return lines if by == "month" else sorted(lines, key=_greatest_first)


def _greatest_first(told: Told) -> tuple[Any, ...]:
    return (-(told.now or 0), -(told.before or 0), str(told.key or ""))


def tally_of(rows: QuerySet[CountedAct]) -> Tally:
    """All of these rows as one; one query."""
    return _tally(rows.aggregate(**_COUNTS))


def _grouped(rows: QuerySet[CountedAct], period: Period, by: str) -> Iterable[dict[str, Any]]:
    before = period.year_before
    within = Q(day__range=(period.first, period.last))
    known = rows.filter(within | Q(day__range=(before.first, before.last)))
    apart = known.annotate(
        is_now=Case(When(within, then=Value(True)), default=Value(False), output_field=BooleanField())
    )  # fmt: skip
    if by == "month":
        apart = apart.annotate(month=ExtractMonth("day"))
    return apart.order_by().values(by, "is_now").annotate(**_COUNTS)


def _tally(found: dict[str, Any]) -> Tally:
    # SQLite sums decimals as floats: the fen is exact up to ten billion yuan
    return Tally(found["n"], Decimal(found["total"] or 0).quantize(_FEN), found["amounts"])


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_TENTH, ROUND_HALF_EVEN)


def _percent(part: Figure, whole: Figure) -> Decimal | None:
    return _rounded(100 * Decimal(part or 0) / Decimal(whole)) if whole else None
