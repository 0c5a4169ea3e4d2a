"""The acts that count for somebody: as many questions of figures as there are, asked of sums where these were made.

    acts = ActsWithin(caller.scope(VIEW), Q(town="442000104"))
    reckoned(acts, indicators(), period)

Towns are read from the sums. What a reader sees beside whole towns (acts of bodies below their organisation) is counted
itself, and so is everything until the sums were made; it comes in the same question, so a figure is of one moment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import BooleanField, Case, Q, QuerySet, Sum, Value, When
from django.db.models.functions import ExtractMonth

from zhihuan.bureau.people.scope import Scope
from zhihuan.bureau.sums.making import are_made
from zhihuan.indicators.models import ActSum, CountedAct, Grain
from zhihuan.indicators.periods import Period
from zhihuan.indicators.summing import COUNTED, TRAITS, all_sums

__all__ = ["ActsWithin", "counted"]

_SUMS = {name: Sum(name) for name in ActSum.SUMMED}


@dataclass(frozen=True)
class ActsWithin:
    """scope: where the reader sees figures. narrowed: on the fields that acts and their sums share; by_traits: whether it
    asks for one of ``TRAITS``."""

    scope: Scope
    narrowed: Q = field(default_factory=Q)
    by_traits: bool = False

    @property
    def rows(self) -> QuerySet[CountedAct]:
        """The acts themselves."""
        return self.scope.filter(CountedAct.objects.all()).filter(self.narrowed)

    @cached_property
    def _is_summed(self) -> bool:
        return are_made(all_sums())

    def grouped(self, kinds: Collection[str], period: Period, by: str) -> Iterable[tuple[Any, ...]]:
        """(key, whether of the period and not of the year before, acts, those with an amount, sum of these in hundredths),
        several of one key among them."""
        if not self._is_summed:
            return counted(self.rows.filter(acts__in=kinds), period, by)
        spans = (period, period.year_before)
        parts = [_told(self._sums(kinds, spans, by), "first", period, by, _SUMS)]
        parts += [_told(rows, "day", period, by, COUNTED) for rows in self._acts(kinds, spans, by)]
        return parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]

    def _sums(self, kinds: Collection[str], spans: Collection[Period], by: str) -> QuerySet[Any]:
        sums = self.scope.filter(ActSum.objects.filter(acts__in=kinds)).filter(self.narrowed)
        months = _any(Q(first__range=(each.first, each.last)) for span in spans for each in span.whole_months)  # fmt: skip
        if self._needs_traits(by):
            return sums.filter(months, grain=Grain.TRAITS)
        ends = _any(Q(first__range=(each.first, each.last)) for span in spans for each in span.ends)
        return sums.filter((Q(grain=Grain.MONTH) & months) | (Q(grain=Grain.DAY) & ends))

    def _acts(
        self, kinds: Collection[str], spans: Collection[Period], by: str
    ) -> Iterable[QuerySet[Any]]:
        """What is counted beside the sums."""
        acts, whole_towns = CountedAct.objects.filter(self.narrowed, acts__in=kinds), self._towns
        ends = [(each.first, each.last) for span in spans for each in span.ends]
        if ends and self._needs_traits(by):
            yield acts.filter(whole_towns, _any(Q(day__range=each) for each in ends))
        if self.scope.paths and not self.scope.city:
            elsewhere = Q(town__isnull=True) | ~whole_towns
            yield self.scope.filter(acts).filter(elsewhere, _days(spans))

    @property
    def _towns(self) -> Q:
        return Q() if self.scope.city else Q(town__in=sorted(self.scope.towns))

    def _needs_traits(self, by: str) -> bool:
        return self.by_traits or by in TRAITS


def counted(rows: QuerySet[CountedAct], period: Period, by: str) -> Iterable[tuple[Any, ...]]:
    """As ``ActsWithin.grouped``, each act counted."""
    within = rows.filter(_days((period, period.year_before)))
    return _told(within, "day", period, by, COUNTED)


def _told(rows: QuerySet[Any], day: str, period: Period, by: str, sums: Any) -> QuerySet[Any]:
    now = When(**{f"{day}__range": (period.first, period.last)}, then=Value(True))
    is_now = Case(now, default=Value(False), output_field=BooleanField())
    known = rows.order_by().annotate(is_now=is_now, month_of=ExtractMonth(day))
    key = {"month": "month_of", "town": "town_id"}.get(by, by)
    named = {f"sum_of_{name}": each for name, each in sums.items()}
    return known.values(key, "is_now").annotate(**named).values_list(key, "is_now", *named)


def _days(spans: Iterable[Period]) -> Q:
    return _any(Q(day__range=(each.first, each.last)) for each in spans)


def _any(conditions: Iterable[Q]) -> Q:
    return reduce(or_, conditions, Q(pk__in=[]))
