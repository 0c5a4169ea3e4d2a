"""The funnel: how many clues were found, valid, assigned and proved, by source, rule and month.

    found      registered, void ones left out; what went into another clue was found all the same
    valid      judged valid
    assigned   with a branch: sent out, and not sent back since
    proved     found proved, wholly or in part, by two officers

Each stage is a condition that a list can be asked by, so every figure is the number of rows of a list. Counts only;
what a rule is worth is for people to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.lines.clues.models import Clue

__all__ = ["REACHED", "STAGES", "Count4", "by_month", "by_rule", "by_source", "in_all"]

_FOUND = ~Q(state="void") & ~Q(state="draft")
#: The stages in order, each the condition on a clue that came so far.
REACHED: dict[str, Q] = {
    "found": _FOUND,
    "valid": _FOUND & Q(verdict=Clue.Verdict.TRUE),
    "assigned": _FOUND & Q(branch__isnull=False),
    "proved": _FOUND & Q(finding__in=Clue.PROVED),
}
STAGES = [
    ("found", _("发现")),
    ("valid", _("有效")),
    ("assigned", _("派发")),
    ("proved", _("查实")),
]


@dataclass(frozen=True, slots=True)
class Count4:
    """Of one source, rule or month (``key``): how many came how far."""

    key: Any
    found: int = 0
    valid: int = 0
    assigned: int = 0
    proved: int = 0

    @property
    def share(self) -> float | None:
        """Proved of those found, 0 to 1; None where nothing was found."""
        return self.proved / self.found if self.found else None


_COUNTS = {name: Count("pk", filter=condition) for name, condition in REACHED.items()}


def in_all(rows: QuerySet[Clue]) -> Count4:
    """All of them; one query."""
    return Count4("", **rows.aggregate(**_COUNTS))


def by_source(rows: QuerySet[Clue]) -> list[Count4]:
    """A row for each source there is in the declaration, zeros too."""
    known = {each.key: each for each in _grouped(rows, "source")}
    return [known.get(code, Count4(code)) for code in Clue.Source.values]


def by_rule(rows: QuerySet[Clue]) -> list[Count4]:
    """Rules that found something, the busiest first; what no rule found is left out."""
    found = [each for each in _grouped(rows.exclude(rule=""), "rule") if each.found]
    return sorted(found, key=lambda each: (-each.found, each.key))


def by_month(rows: QuerySet[Clue]) -> list[Count4]:
    """The twelve months of the year the rows are of, by when they were registered (Beijing)."""
    grouped = rows.annotate(month=TruncMonth("opened_at"))
    known = {timezone.localdate(each.key).month: each for each in _grouped(grouped, "month")}
    empty = Count4(0)
    return [
        Count4(month, *(getattr(known.get(month, empty), name) for name in REACHED))
        for month in range(1, 13)
    ]


def _grouped(rows: QuerySet[Any], name: str) -> Iterable[Count4]:
    for found in rows.order_by().values(name).annotate(**_COUNTS):
        yield Count4(found[name], *(found[stage] for stage in REACHED))
