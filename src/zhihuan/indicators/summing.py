"""Keeps the sums of counted acts (``ActSum``), in the transaction that changes them, at three grains: by month and by day in
each town, and by month in each town with all traits.

Figures of whole months are read from months, the days at either end of a period from days; what is narrowed or told apart
by a trait from the third, with the days at its ends counted themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import BigIntegerField, CharField, Count, DateField, F, QuerySet, Sum, Value
from django.db.models.functions import Cast, Coalesce, Round, TruncMonth

from zhihuan.bureau.sums.kept import Key, append
from zhihuan.bureau.sums.making import Summed
from zhihuan.indicators.catalogue import kinds
from zhihuan.indicators.models import ActSum, CountedAct, Grain

__all__ = ["COUNTED", "TRAITS", "all_sums", "sum_acts", "sums_of"]

TRAITS = ("case_type", "source", "law", "industry")
_UNTOLD = ("",) * len(TRAITS)
_HUNDREDTHS = Cast(Round(F("amount") * 100), BigIntegerField())
#: Of acts, what ``ActSum.SUMMED`` sums. Whole numbers, which both databases sum without error.
COUNTED = {
    "count": Count("pk"),
    "amounts": Count("amount"),
    "hundredths": Coalesce(Sum(_HUNDREDTHS), 0, output_field=BigIntegerField()),
}


def sum_acts(gone: Iterable[CountedAct], come: Iterable[CountedAct]) -> None:
    """Acts that count no more as they did, and those that count now; one insert."""
    append(ActSum, [*_moved(gone, -1), *_moved(come, 1)])


def all_sums() -> list[Summed]:
    """Those of every kind there is."""
    return [sums_of(each.code) for each in kinds()]


def sums_of(kind: str) -> Summed:
    """Those of one kind of acts."""

    def records() -> list[QuerySet[Any]]:
        rows = CountedAct.objects.filter(acts=kind).order_by()
        return [_by_days(rows, Grain.MONTH), _by_days(rows, Grain.DAY), _by_traits(rows)]

    return Summed(f"acts:{kind}", ActSum, {"acts": kind}, records)


def _by_days(rows: QuerySet[Any], grain: Grain) -> QuerySet[Any]:
    """``records`` without traits."""
    untold = {f"no_{name}": Value("", output_field=CharField()) for name in TRAITS}
    first = TruncMonth("day") if grain is Grain.MONTH else Cast("day", DateField())
    return _counted(rows.annotate(**untold), grain, first, list(untold))


def _by_traits(rows: QuerySet[Any]) -> QuerySet[Any]:
    return _counted(rows, Grain.TRAITS, TruncMonth("day"), TRAITS)


def _counted(rows: QuerySet[Any], grain: Grain, first: Any, traits: Iterable[str]) -> QuerySet[Any]:
    kind = Value(grain.value, output_field=CharField())
    key = ("acts", "grain", "first", "town_id", *traits)
    told = rows.annotate(grain=kind, first=first).values(*key).annotate(**COUNTED)
    return told.values_list(*key, *COUNTED)


def _moved(rows: Iterable[CountedAct], sign: int) -> Iterator[tuple[Key, tuple[int, ...]]]:
    for row in rows:
        month, traits = row.day.replace(day=1), (row.case_type, row.source, row.law, row.industry)
        amounts = (0, 0) if row.amount is None else (sign, sign * int(row.amount * 100))
        yield (row.acts, Grain.MONTH.value, month, row.town_id, *_UNTOLD), (sign, *amounts)
        yield (row.acts, Grain.DAY.value, row.day, row.town_id, *_UNTOLD), (sign, *amounts)
        yield (row.acts, Grain.TRAITS.value, month, row.town_id, *traits), (sign, *amounts)
