"""Which extensions of a matter's clocks are not in their turn: the law's ways come one after another.

    out_of_turn(procedure, matter, steps)     # {"extend_again": "“办案期限”须先办理“延长办案期限”。"}

The engine refuses such a step when it is taken; pages ask here, so that nobody is offered it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock import time_limit
from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.matters.declaration import Clock, Procedure, Step
from zhihuan.bureau.matters.models import ClockMark, Matter, RunningClock

__all__ = ["out_of_turn"]


def out_of_turn(procedure: Procedure, matter: Matter, steps: Iterable[Step]) -> dict[str, Any]:
    """By code of the step why it extends nothing now; asks the database only where a step extends a clock."""
    codes = {step.code for step in steps}
    clocks = [clock for clock in procedure.clocks if codes & set(clock.extends)]
    if not clocks:
        return {}
    rows = RunningClock.objects.filter(
        matter_id=matter.pk,
        code__in=[clock.code for clock in clocks],
        outcome=RunningClock.Outcome.RUNNING,
    )
    running = {row.code: row for row in rows}
    granted: dict[int, int] = defaultdict(int)
    marks = ClockMark.objects.filter(clock__in=running.values(), kind=ClockMark.Kind.EXTEND)
    for clock_id in marks.order_by().values_list("clock_id", flat=True):
        granted[clock_id] += 1
    found: dict[str, Any] = {}
    for clock in clocks:
        row = running.get(clock.code)
        due = _next_way(row, granted[row.pk]) if row is not None else ""
        for step, way in clock.extends.items():
            if step in codes and way != due:
                found[step] = _why(procedure, clock, due, is_running=row is not None)
    return found


def _next_way(row: RunningClock, granted: int) -> str:
    """The law's next way of extension; "" when there is none left."""
    limit = time_limit(row.limit, on=beijing_day(row.began_at))
    ways = [way.code for way in limit.extendable for _time in range(way.times)]
    return ways[granted] if granted < len(ways) else ""


def _why(procedure: Procedure, clock: Clock, due: str, *, is_running: bool) -> Any:
    if not is_running:
        return _("“%(clock)s”不在计算，无可延长。") % {"clock": clock.title}
    first = next((step for step, way in clock.extends.items() if way == due), "")
    if not first:
        return _("“%(clock)s”已延长到法定次数。") % {"clock": clock.title}
    told = {"clock": clock.title, "step": procedure.step(first).title}
    return _("“%(clock)s”须先办理“%(step)s”。") % told
