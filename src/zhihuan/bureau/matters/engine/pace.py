"""Whether the bureau keeps its limits in a matter: late from which moment on, and whether any limit was met in time.

A limit that is the bureau's duty and was met late makes a matter late for good; one that runs makes it late at its end.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Case, Exists, Min, OuterRef, Subquery, Value, When

from zhihuan.bureau.matters.catalogue import procedures
from zhihuan.bureau.matters.models import RunningClock

__all__ = ["LATE_FOR_GOOD", "bureau_clocks", "pace", "pace_of"]

#: Before any matter there is: what was met late is late whenever one looks.
LATE_FOR_GOOD = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_OUTCOME = RunningClock.Outcome


def bureau_clocks(procedure: str) -> list[str]:
    """Codes of the clocks of all its editions that are the bureau's duty."""
    editions = [each for each in procedures() if each.code == procedure]
    return sorted({clock.code for each in editions for clock in each.clocks if clock.duty == "bureau"})  # fmt: skip


def pace(codes: Collection[str]) -> dict[str, Any]:
    """``late_from`` and ``is_met`` of matters of one procedure, to be asked along with them."""
    mine = RunningClock.objects.filter(matter=OuterRef("pk"), code__in=codes or [""]).order_by()
    runs = mine.filter(outcome=_OUTCOME.RUNNING).values("matter").annotate(first=Min("due_at"))
    late = Exists(mine.filter(outcome=_OUTCOME.LATE))
    return {
        "late_from": Case(When(late, then=Value(LATE_FOR_GOOD)), default=Subquery(runs.values("first"))),
        "is_met": Exists(mine.filter(outcome=_OUTCOME.MET)),
    }  # fmt: skip


def pace_of(clocks: Iterable[tuple[str, dt.datetime | None]]) -> tuple[dt.datetime | None, bool]:
    """``late_from`` and ``is_met`` of one matter, from the outcome and end of each of its clocks that are the bureau's duty:
    what ``pace`` asks of the database, which takes ten times as long to put into words for one matter."""
    found = list(clocks)
    outcomes = {outcome for outcome, _due in found}
    ends = [due for outcome, due in found if outcome == _OUTCOME.RUNNING and due is not None]
    late_from = LATE_FOR_GOOD if _OUTCOME.LATE in outcomes else min(ends, default=None)
    return late_from, _OUTCOME.MET in outcomes
