"""Which limit governs each series on each day, and which series may be judged together.

Whether start-up and shut-down are left out may be a rule with days of its own, beside the limits: then a limit stands once for
each way of the rule, and the day of the hour chooses, whenever it is judged.

Two series whose limits have the same numbers on the same days of the window are judged in one call,
whatever their permits are called; the reasons name each one's own. It refuses to choose the stricter of
two limits: of several in force on a day the one that came into force last governs, as everywhere here.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.dated import Days
from zhihuan.standards.emission.limits import Limit, Period

__all__ = ["Governed", "Group", "governed"]

Places = NDArray[np.intp]
#: From which day on, oldest first, and whether from then on.
Changes = tuple[tuple[date, bool], ...]
_EPOCH = date(1970, 1, 1).toordinal()
_FOREVER = 10**7


@dataclass(frozen=True, slots=True)
class Group:
    """rows: series that are judged together; limits: what governs them, each cut to its days; days: which
    days of the window are governed (days,)."""

    rows: Places
    limits: tuple[Limit, ...]
    days: NDArray[np.bool_]

    @property
    def period(self) -> Period:
        """Of all its limits."""
        return self.limits[0].period


@dataclass(frozen=True, slots=True)
class Governed:
    """limits: those of all series, one after another. which: the place in them of what governs (series,
    days), -1 for none. groups: series without any limit are in none."""

    limits: tuple[Limit, ...]
    which: Places
    groups: tuple[Group, ...]


def governed(
    limits: Sequence[Sequence[Limit]],
    days: Days,
    together: Sequence[Hashable] | None = None,
    start_stop: Sequence[Changes] | None = None,
) -> Governed:
    """limits: of each series. days: consecutive (days,). together: only series with the same are grouped. start_stop: of
    each series, as ``Monitored.start_stop``."""
    numbers = days.astype(np.int64)
    left_out = _left_out(start_stop or [()] * len(limits), numbers)
    which = np.full((len(limits), len(days)), -1, dtype=np.intp)
    every: list[Limit] = []
    found: dict[Hashable, list[int]] = defaultdict(list)
    for row, given in enumerate(limits):
        own, places = given, _places(given, numbers)
        if places is None:
            continue
        if (ways := left_out[row]) is not None:
            own, places = _by_rule(own, places, ways)
        which[row] = np.where(places >= 0, places + len(every), -1)
        key = (_key(own, places), together[row] if together else None)
        found[key].append(row)
        every += own
    groups = [_group(rows, limits[rows[0]], which[rows[0]], every, days) for rows in found.values()]
    return Governed(tuple(every), which, tuple(groups))


def _places(own: Sequence[Limit], numbers: NDArray[np.int64]) -> Places | None:
    """The place in ``own`` of the limit of each day, -1 for none; None where no day has one."""
    places = np.full(len(numbers), -1, dtype=np.intp)
    for place in sorted(range(len(own)), key=lambda one: own[one].in_force_from):
        first, last = _span(own[place])
        places[(numbers >= first) & (numbers <= last)] = place
    return places if (places >= 0).any() else None


def _span(limit: Limit) -> tuple[int, int]:
    until = limit.in_force_until
    first = limit.in_force_from.toordinal() - _EPOCH
    return first, _FOREVER if until is None else until.toordinal() - _EPOCH


def _left_out(
    start_stop: Sequence[Changes], numbers: NDArray[np.int64]
) -> list[NDArray[np.bool_] | None]:
    """Of each series whether its rule leaves start-up and shut-down out, on each day; None without one."""
    known = {each: _on_days(each, numbers) if each else None for each in set(start_stop)}
    return [known[each] for each in start_stop]


def _on_days(changes: Changes, numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
    starts = np.array([day.toordinal() - _EPOCH for day, _way in changes])
    ways = np.array([False, *(way for _day, way in changes)])
    return np.asarray(ways[np.searchsorted(starts, numbers, side="right")])


def _by_rule(
    own: Sequence[Limit], places: Places, left_out: NDArray[np.bool_]
) -> tuple[Sequence[Limit], Places]:
    """The limits as the rule has them on these days, and the place among them of the limit of each day."""
    if left_out.all() or not left_out.any():
        way = bool(left_out[0])
        if all(each.exempts_start_stop == way for each in own):
            return own, places
        return [replace(each, exempts_start_stop=way) for each in own], places
    both = [replace(each, exempts_start_stop=way) for way in (False, True) for each in own]
    return both, np.where(places >= 0, places + left_out * len(own), -1)


def _key(own: Sequence[Limit], places: Places) -> Hashable:
    """The numbers that decide, and on which days; not what the limits are called."""
    kinds = tuple(_numbers(own[place]) if place >= 0 else None for place in _runs(places))
    return kinds, places.tobytes() if len(kinds) > 1 else b""


def _runs(places: Places) -> list[int]:
    return list(dict.fromkeys(places.tolist()))


def _numbers(limit: Limit) -> tuple[object, ...]:
    bounds = (None if math.isnan(each) else each for each in (limit.upper, limit.lower))
    return (*bounds, limit.period, limit.exempts_start_stop, limit.compare_decimals)


def _group(
    rows: Sequence[int], own: Sequence[Limit], which: Places, every: Sequence[Limit], days: Days
) -> Group:
    """The limits of its first series stand for all: one piece a run of days, so that none overlap."""
    covered = which >= 0
    starts = np.flatnonzero(np.diff(which, prepend=-2))
    pieces = [
        replace(
            every[which[first]],
            in_force_from=days[first].astype(object),
            in_force_until=days[last - 1].astype(object),
        )
        for first, last in zip(starts, [*starts[1:], len(which)], strict=True)
        if covered[first]
    ]
    named = [replace(each, item=own[0].item, unit=own[0].unit) for each in pieces]
    return Group(np.array(rows, dtype=np.intp), tuple(named), covered)
