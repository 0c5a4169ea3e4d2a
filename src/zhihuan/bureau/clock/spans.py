"""The days on which a clock stood still, as day intervals that neither touch nor overlap.

An interval (after, until] holds the days after ``after`` up to and with ``until``; an open one ends
with None. Suspensions for several reasons at once take a day away once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zhihuan.bureau.clock.history import Suspension, beijing_day

__all__ = ["Still", "still_days"]


@dataclass(frozen=True, slots=True)
class Still:
    """Days not counted: after ``after``, not after ``until``; until None: it goes on."""

    after: date
    until: date | None

    def holds(self, day: date) -> bool:
        """Whether ``day`` is not counted."""
        return self.after < day and (self.until is None or day <= self.until)


def still_days(suspensions: Iterable[Suspension]) -> tuple[Still, ...]:
    """Merged, in order; those that take no day away are gone."""
    merged: list[Still] = []
    for one in sorted(map(_days, suspensions), key=lambda each: each.after):
        last = merged[-1] if merged else None
        if last is None or (last.until is not None and one.after > last.until):
            merged.append(one)
        else:
            merged[-1] = Still(last.after, _later(last.until, one.until))
    return tuple(each for each in merged if each.until != each.after)


def _days(one: Suspension) -> Still:
    until = None if one.until is None else beijing_day(one.until)
    return Still(beijing_day(one.since), until)


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)
