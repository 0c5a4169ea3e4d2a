"""The order of the pool, and how many machine-found clues an officer is asked to look at in a week.

What people brought comes first: somebody waits for it, and the law's limits run. Among what machines found the tier
decides, then the category of consequence. Nothing is dropped: what lies beyond the week's budget stays in the pool, found
by its own filter.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils import timezone

from zhihuan.lines.clues.consequence import Consequence, weight_of
from zhihuan.lines.clues.models import Clue
from zhihuan.lines.clues.rules import week_budget

__all__ = ["TO_JUDGE", "Budget", "by_urgency", "with_urgency"]

#: States in which the desk has to judge.
TO_JUDGE = ("pooled", "doubtful")
_TIERS = {Clue.Tier.A: 30, Clue.Tier.B: 20, Clue.Tier.C: 10}
_BROUGHT = 40


@dataclass(frozen=True, slots=True)
class Budget:
    """Of one officer in one week (Monday to Sunday, Beijing). used: machine-found clues judged since Monday."""

    most: int
    used: int

    @classmethod
    def of(cls, user: Any, now: dt.datetime) -> Budget:
        """One query."""
        monday = timezone.localdate(now) - dt.timedelta(days=timezone.localdate(now).weekday())
        since = timezone.make_aware(dt.datetime.combine(monday, dt.time.min))
        judged = Clue.objects.filter(
            judged_by=user, judged_at__gte=since, source__in=Clue.BY_MACHINE
        )
        return cls(week_budget(monday), judged.count())

    @property
    def left(self) -> int:
        return max(0, self.most - self.used)


def with_urgency(rows: QuerySet[Clue], on: dt.date) -> QuerySet[Clue]:
    """The rows with ``urgency``, the most urgent greatest, by the weights of that day."""
    brought = [each for each in Clue.Source if each not in Clue.BY_MACHINE]
    tier = Case(
        When(source__in=brought, then=Value(_BROUGHT)),
        *[When(tier=code, then=Value(points)) for code, points in _TIERS.items()],
        default=Value(0),
        output_field=IntegerField(),
    )
    weight = Case(
        *[When(consequence=code, then=Value(weight_of(code, on))) for code in Consequence],
        default=Value(0),
        output_field=IntegerField(),
    )
    return rows.annotate(urgency=tier + weight)


def by_urgency(rows: QuerySet[Clue], budget: Budget) -> QuerySet[Clue]:
    """Of rows with ``urgency`` those to judge this week: all that people brought, and of what machines found the
    most urgent ones within the budget, the older first among equals. One query more."""
    waiting = rows.filter(state__in=TO_JUDGE)
    found = waiting.filter(source__in=Clue.BY_MACHINE).order_by("-urgency", "opened_at", "pk")
    chosen = list(found.values_list("pk", flat=True)[: budget.left])
    return waiting.exclude(source__in=Clue.BY_MACHINE) | waiting.filter(pk__in=chosen)
