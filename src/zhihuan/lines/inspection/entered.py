"""What is known of firms' visits on a day: credit class, visits of the year, one that waits, the positive list.

records = records_of(firm_keys, day)      # four queries, however many firms
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count

from zhihuan.bureau.clock.history import BEIJING
from zhihuan.lines.inspection.models import Inspection, PositiveListing, Standing
from zhihuan.lines.inspection.rules import DEFAULT_CREDIT, Record, visits_edition

__all__ = ["record_of", "records_of"]

#: Assigned, and nobody has gone yet.
_WAITING = ("assigned",)


def record_of(firm: int | None, day: date, but: int | None = None) -> Record:
    """Of one firm, leaving one visit out of account; an empty record for no firm."""
    return records_of([firm], day, but)[firm] if firm else Record()


def records_of(firms: Collection[int], day: date, but: int | None = None) -> dict[int, Record]:
    """By the firm's key; every firm asked for has one. but: the key of a visit that does not count."""
    credit, entered = _credit(firms, day), _entered(firms, day, but)
    waiting, exempt = _waiting(firms, but), _exempt(firms, day)
    return {
        each: Record(
            credit.get(each, DEFAULT_CREDIT),
            entered.get(each, 0),
            waiting.get(each, ""),
            exempt.get(each),
        )
        for each in firms
    }


def _credit(firms: Collection[int], day: date) -> dict[int, str]:
    rows = Standing.objects.filter(enterprise__in=firms, since__lte=day).order_by("since")
    return dict(rows.values_list("enterprise_id", "credit"))


def _entered(firms: Collection[int], day: date, but: int | None) -> dict[int, int]:
    beyond: Any = visits_edition(day).table["beyond_the_cap"]
    begins, ends = (
        datetime.combine(date(year, 1, 1), time(), BEIJING) for year in (day.year, day.year + 1)
    )
    rows = Inspection.objects.filter(party__in=firms, begun_at__gte=begins, begun_at__lt=ends)
    counted = rows.exclude(kind__in=beyond).exclude(pk=but).order_by().values("party")
    return dict(counted.annotate(count=Count("pk")).values_list("party", "count"))


def _waiting(firms: Collection[int], but: int | None) -> dict[int, str]:
    rows = Inspection.objects.filter(party__in=firms, state__in=_WAITING).exclude(pk=but)
    return dict(rows.order_by("-pk").values_list("party_id", "title"))


def _exempt(firms: Collection[int], day: date) -> dict[int, date]:
    rows = PositiveListing.objects.filter(
        party__in=firms, state="listed", listed_from__lte=day, listed_until__gte=day
    )
    return dict(rows.order_by("listed_until").values_list("party_id", "listed_until"))
