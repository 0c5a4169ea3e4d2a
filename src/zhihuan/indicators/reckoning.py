"""Figures of rows: counted, summed, averaged; in a period and in the same one a year before; as a whole or told apart.

    told = reckoned(rows, indicators(), period)        # all figures: one query
    lines = told_apart(rows, indicator, period, "town")   # one figure by town: one query

``rows``: the counted acts that the reader may see, narrowed as asked: as ``ActsWithin``, which reads kept sums where it
can, or as rows, each of which is counted. Sums are Decimal, to the fen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.db.models import QuerySet

from zhihuan.indicators.declaration import How, Indicator, Share
from zhihuan.indicators.models import CountedAct
from zhihuan.indicators.periods import Period
from zhihuan.indicators.summing import COUNTED
from zhihuan.indicators.within import ActsWithin, counted

__all__ = ["DIMENSIONS", "Figure", "Tally", "Told", "of_indicator", "reckoned", "share_of", "tally_of", "told_apart"]  # fmt: skip

#: What a figure can be told apart by.
DIMENSIONS = ("month", "town", "case_type", "source", "law", "industry")
Figure = int | Decimal | None
Acts = ActsWithin | QuerySet[CountedAct]


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
            return _to_places(self.total, indicator.places)
        return _to_places(self.total / self.amounts, indicator.places) if self.amounts else None


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


def reckoned(rows: Acts, asked: Iterable[Indicator], period: Period) -> dict[str, Told]:
    """The figures of these indicators by code; one query."""
    wanted = list(asked)
    tallies = _tallies(rows, {each.acts.code for each in wanted}, period, "acts")
    return {each.code: of_indicator(each, lambda now, kind=each.acts.code: tallies.get((kind, now), Tally())) for each in wanted}  # fmt: skip


def of_indicator(indicator: Indicator, tally: Any, key: Any = "") -> Told:
    """``tally(is_now)`` gives the tally of either period."""
    now, before = (tally(each).figure(indicator) for each in (True, False))
    return Told(now, before, key)


def share_of(share: Share, told: dict[str, Told]) -> Told:
    """Of figures that ``reckoned`` told, both of its indicators among them."""
    part, whole = told[share.part.code], told[share.whole.code]
    return Told(_percent(part.now, whole.now), _percent(part.before, whole.before))


def told_apart(rows: Acts, indicator: Indicator, period: Period, by: str) -> list[Told]:
    """One figure by month, town, case type, …; one query. Months: each month of the period. Others: what there is in
    either period, the greatest first; key None or "" is what cannot be told."""
    tallies: dict[Any, dict[bool, Tally]] = defaultdict(dict)
    for (key, is_now), tally in _tallies(rows, {indicator.acts.code}, period, by).items():
        tallies[key][is_now] = tally
    keys: Sequence[Any] = [month for _year, month in period.months()] if by == "month" else list(tallies)  # fmt: skip
    lines = [of_indicator(indicator, lambda now, key=key: tallies[key].get(now, Tally()), key) for key in keys]  # fmt: skip
    return lines if by == "month" else sorted(lines, key=_greatest_first)


def _greatest_first(told: Told) -> tuple[Any, ...]:
    return (-(told.now or 0), -(told.before or 0), str(told.key or ""))


def tally_of(rows: QuerySet[CountedAct]) -> Tally:
    """All of these rows as one; one query."""
    named = {f"sum_of_{name}": each for name, each in COUNTED.items()}
    return _tally(rows.aggregate(**named).values())


def _tallies(
    rows: Acts, kinds: Collection[str], period: Period, by: str
) -> dict[tuple[Any, bool], Tally]:
    """(key, whether of the period) → what there is of it; nothing where there is nothing."""
    if isinstance(rows, ActsWithin):
        found = rows.grouped(kinds, period, by)
    else:
        found = counted(rows.filter(acts__in=kinds), period, by)
    sums: dict[tuple[Any, bool], list[int]] = defaultdict(lambda: [0, 0, 0])
    for key, is_now, *amounts in found:
        known = sums[key, bool(is_now)]
        for place, amount in enumerate(amounts):
            known[place] += int(amount)
    return {which: _tally(amounts) for which, amounts in sums.items() if amounts[0]}


def _tally(sums: Iterable[int]) -> Tally:
    """Of acts, those with an amount, and their sum in hundredths."""
    count, amounts, hundredths = sums
    return Tally(count, Decimal(hundredths).scaleb(-2), amounts)


def _rounded(value: Decimal) -> Decimal:
    return _to_places(value, 1)


def _to_places(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)


def _percent(part: Figure, whole: Figure) -> Decimal | None:
    return _rounded(100 * Decimal(part or 0) / Decimal(whole)) if whole else None
