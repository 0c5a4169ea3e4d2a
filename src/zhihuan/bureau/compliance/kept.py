"""The shelf of past quarters in the database: looked up, put down, and cleared where data arrived late.

One question for a whole file, however many points, quarters and years. It keeps no running quarter, and
nothing of a file as of a past day: limits and devices of then are judged each time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from django.utils import timezone

from zhihuan.bureau.compliance.models import KeptQuarter
from zhihuan.bureau.compliance.quarter import Quarter
from zhihuan.bureau.compliance.reckoning import Figures

__all__ = ["Place", "forget_quarters", "look_up", "put_down"]

_FIGURES = ("due", "received", "valid", "exceeding", "by_factor")
_PORTION = 500

#: A point (primary key) in a quarter.
Place = tuple[int, Quarter]


def look_up(wanted: Mapping[Place, str]) -> dict[Place, Figures]:
    """What is kept of these places under these digests. One query."""
    if not wanted:
        return {}
    years = {quarter.year for _point, quarter in wanted}
    rows = KeptQuarter.objects.filter(
        point__in={point for point, _quarter in wanted}, year__in=years
    )
    found = {}
    for point, year, number, digest, *figures in rows.order_by().values_list(
        "point_id", "year", "number", "digest", *_FIGURES
    ):
        place = (point, Quarter(year, number))
        if wanted.get(place) == digest:
            found[place] = Figures(*figures)
    return found


def put_down(reckoned: Mapping[Place, tuple[str, Figures]]) -> None:
    """Keep these, in place of what was there; a digest and figures for each."""
    now = timezone.now()
    rows = [_row(place, digest, figures, now) for place, (digest, figures) in reckoned.items()]
    KeptQuarter.objects.bulk_create(
        rows,
        batch_size=_PORTION,
        update_conflicts=True,
        unique_fields=["point", "year", "number"],
        update_fields=["digest", *_FIGURES, "reckoned_at"],
    )


def forget_quarters(points: Collection[int], span: tuple[int, int], now: dt.datetime) -> int:
    """Clear what data received for [start, end) [epoch s] may have changed: how many places. The running
    quarter is not kept, so that data that come in time cost nothing."""
    quarters = [each for each in _quarters_in(span) if each.end <= now.timestamp()]
    gone = 0
    for quarter in quarters:
        rows = KeptQuarter.objects.filter(year=quarter.year, number=quarter.number)
        gone += rows.filter(point__in=points).delete()[0]
    return gone


def _quarters_in(span: tuple[int, int]) -> Iterable[Quarter]:
    first, last = (timezone.localdate(dt.datetime.fromtimestamp(at, dt.UTC)) for at in span)
    quarter = Quarter.of(first)
    while quarter.first <= last:
        yield quarter
        quarter = quarter.next


def _row(place: Place, digest: str, figures: Figures, now: dt.datetime) -> KeptQuarter:
    point, quarter = place
    told = {name: getattr(figures, name) for name in _FIGURES}
    told["by_factor"] = dict(figures.by_factor)
    return KeptQuarter(
        point_id=point, year=quarter.year, number=quarter.number, digest=digest,
        reckoned_at=now, **told,
    )  # fmt: skip
