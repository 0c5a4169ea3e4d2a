"""How grave episodes are, beside the earlier ones of the same outlet and factor; read once for many."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.exceedance.found import Found, moment
from zhihuan.bureau.exceedance.models import Episode
from zhihuan.bureau.registry.models import MonitoringPoint
from zhihuan.supervision.exceedance import Gravity, gravity_of
from zhihuan.supervision.exceedance.gravity import repeated_within_days

__all__ = ["Weighing"]

_EXPLAINED_AWAY = (
    Episode.Outcome.INNOCENT,
    Episode.Outcome.FALSE_ALARM,
    *Episode.BY_THE_PLATFORM,
)


@dataclass(slots=True)
class Weighing:
    """points: with town and enterprise read along. earlier: (point, factor, span) → begin of each episode
    that was not explained away, with its key."""

    points: dict[int, MonitoringPoint]
    earlier: dict[tuple[int, str, str], dict[int, dt.datetime]]

    @classmethod
    def of(cls, points: Sequence[int], span: tuple[int, int], now: dt.datetime) -> Weighing:
        """Two queries."""
        rows = MonitoringPoint.objects.select_related("site__enterprise", "town")
        within = dt.timedelta(days=repeated_within_days(beijing_day(now)))
        since, until = moment(span[0]) - within, moment(span[1])
        past = Episode.objects.filter(
            point__in=points, first_at__gte=since, first_at__lt=until, warning=False
        ).exclude(outcome__in=_EXPLAINED_AWAY)
        earlier: dict[tuple[int, str, str], dict[int, dt.datetime]] = defaultdict(dict)
        for row in past.only("point_id", "factor", "span", "first_at").order_by("pk"):
            earlier[row.point_id, row.factor, row.span][row.pk] = row.first_at
        return cls({row.pk: row for row in rows.filter(pk__in=points)}, earlier)

    def point(self, key: int) -> MonitoringPoint:
        """Of the points that are weighed."""
        return self.points[key]

    def gravity(self, found: Found, row: Episode | None = None) -> Gravity:
        """Of an episode, ``row`` where it is kept already. Warnings are never grave: the day decides."""
        begin = moment(found.start)
        since = begin - dt.timedelta(days=repeated_within_days(found.day))
        known = self.earlier.get(found.key, {})
        own = row.pk if row else None
        before = sum(since <= at < begin for key, at in known.items() if key != own)
        return gravity_of(
            multiple=found.multiple,
            standing=0 if found.warning else found.standing,
            by_hour=found.span == Episode.Span.HOUR,
            episodes_before=before,
            day=found.day,
        )

    def count(self, row: Episode) -> None:
        """It counts among the earlier ones of those that follow."""
        if not row.warning and row.outcome not in _EXPLAINED_AWAY:
            self.earlier.setdefault((row.point_id, row.factor, row.span), {})[row.pk] = row.first_at
