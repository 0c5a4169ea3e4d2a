"""When the suspicion was found that a case is about: where it grew out of a clue, as that clue has it.

The fifteen days until a case is filed (E01, 生态环境行政处罚办法 §18) have one start, in the clue and in its case: the clock
that began first among the matters the case grew out of. Lines know each other by codes alone, and here by that of the limit.
"""

from __future__ import annotations

from zhihuan.bureau.matters.engine.calendar import the_calendar
from zhihuan.bureau.matters.engine.clocks import lengthen_like
from zhihuan.bureau.matters.kin import kin_of
from zhihuan.bureau.matters.models import Matter, RunningClock

__all__ = ["FILING", "filing_elsewhere", "go_on_with_it"]

FILING = "E01"


def filing_elsewhere(matter: Matter) -> RunningClock | None:
    """The clock of filing that began first in a matter this one grew out of; None where there is none."""
    sources = kin_of([matter.pk])[matter.pk].sources
    if not sources:
        return None
    rows = RunningClock.objects.filter(matter__in=sources, limit=FILING).select_related("started")
    return min(rows, key=lambda row: row.began_at, default=None)


def go_on_with_it(case: Matter) -> None:
    """What was granted there beyond the fifteen days holds here: it is granted once."""
    origin = filing_elsewhere(case)
    own = RunningClock.objects.filter(
        matter=case.pk, limit=FILING, outcome=RunningClock.Outcome.RUNNING
    )
    row = own.select_related("started").first()
    if origin is not None and row is not None:
        lengthen_like(row, origin, the_calendar())
