"""The order of time within each station: repeated or unsorted rows are refused, with their row.

    for rows in in_order(source.pieces(refusals), refusals):
        …

What stands between two stations does not matter: a file may be sorted by time or by station. Only
the last moment of each station is remembered, so memory does not grow with the file. Where the
caller says that order does not matter, ``sorted_rows`` sorts (all rows in memory) and only refuses
repetitions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.evaluation.errors import Refusals
from zhihuan.evaluation.rows import Rows, gathered
from zhihuan.evaluation.times import MISSING
from zhihuan.standards.hours import BEIJING_OFFSET_SECONDS

__all__ = ["in_order", "sorted_rows"]

_BEFORE_ALL = np.iinfo(np.int64).min
_REPEATED = ("与本点位前面某行的时间重复", "同一点位同一时刻只能有一行，请合并或删除")
_UNSORTED = ("早于本点位前面某行的时间", "请按时间升序排列，或用 --any-order 说明顺序无关")


def in_order(
    pieces: Iterable[Rows], refusals: Refusals, by: tuple[str, ...] = ("station",)
) -> Iterator[Rows]:
    """The rows whose time is later than every earlier row's of the same station."""
    seen: dict[Any, int] = {}
    latest = np.empty(0, dtype=np.int64)
    for rows in pieces:
        if not len(rows):
            continue
        groups = _groups(rows, by, seen)
        latest = np.concatenate(
            [latest, np.full(len(seen) - len(latest), _BEFORE_ALL, dtype=np.int64)]
        )
        yield _advancing(rows, groups, latest, refusals)


def sorted_rows(
    pieces: Iterable[Rows], refusals: Refusals, by: tuple[str, ...] = ("station",)
) -> Iterator[Rows]:
    """All rows, sorted by station and time; repetitions are refused."""
    rows = gathered(pieces)
    if not len(rows):
        return
    groups, stamps = _groups(rows, by, {}), _stamps(rows)
    order = np.lexsort((rows.numbers, stamps, groups))
    repeated = np.zeros(len(rows), dtype=bool)
    repeated[1:] = (np.diff(groups[order]) == 0) & (np.diff(stamps[order]) == 0)
    sorted_ = rows.take(order)
    _refuse(sorted_, repeated, _REPEATED, refusals)
    yield sorted_.take(~repeated)


def _groups(rows: Rows, by: tuple[str, ...], seen: dict[Any, int]) -> NDArray[np.int64]:
    """The number of each row's station; new ones get the next number in ``seen``."""
    code = np.zeros(len(rows), dtype=np.int64)
    labels: list[tuple[str, ...]] = [()]
    for key in by:
        names, place = np.unique(rows.text(key).astype(str), return_inverse=True)
        pairs, code = np.unique(code * len(names) + place, return_inverse=True)
        labels = [(*labels[pair // len(names)], str(names[pair % len(names)])) for pair in pairs]
    numbers = np.array([seen.setdefault(label, len(seen)) for label in labels], dtype=np.int64)
    return numbers[code]


def _stamps(rows: Rows) -> NDArray[np.int64]:
    """What rows are ordered by: the day or the moment; the time of day within a day where both are."""
    if "day" not in rows or "time" not in rows:
        return rows["day" if "day" in rows else "time"].astype(np.int64)
    known = rows["time"] != MISSING
    of_day = np.where(known, (rows["time"] + BEIJING_OFFSET_SECONDS) % 86_400, 0)
    return rows["day"].astype(np.int64) * 86_400 + of_day


def _advancing(
    rows: Rows, groups: NDArray[np.int64], latest: NDArray[np.int64], refusals: Refusals
) -> Rows:
    """Keeps the rows later than the latest before them, and moves ``latest`` on."""
    stamps = _stamps(rows)
    order = np.argsort(groups, kind="stable")
    before = np.empty(len(rows), dtype=np.int64)
    cuts = np.flatnonzero(np.diff(groups[order])) + 1
    for part in np.split(order, cuts):  # one turn a station, not a row
        group = groups[part[0]]
        highest = np.maximum.accumulate(np.concatenate([latest[group : group + 1], stamps[part]]))
        before[part] = highest[:-1]
        latest[group] = highest[-1]
    repeated, earlier = stamps == before, stamps < before
    if not (repeated | earlier).any():
        return rows
    repeated |= earlier & _seen_within(stamps, groups)
    _refuse(rows, repeated, _REPEATED, refusals)
    _refuse(rows, earlier & ~repeated, _UNSORTED, refusals)
    return rows.take(~(repeated | earlier))


def _seen_within(stamps: NDArray[np.int64], groups: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Rows whose station and moment already stood higher up in this piece."""
    order = np.lexsort((stamps, groups))
    same = (np.diff(groups[order]) == 0) & (np.diff(stamps[order]) == 0)
    seen = np.zeros(len(stamps), dtype=bool)
    seen[order[1:]] = same
    return seen


def _refuse(
    rows: Rows, which: NDArray[np.bool_], words: tuple[str, str], refusals: Refusals
) -> None:
    places = np.flatnonzero(which)
    if len(places):
        column = "日期" if "day" in rows else "时间"
        shown = np.array([_shown(rows, place) for place in places[:10_000]], dtype=object)
        refusals.add_each(rows.numbers[places], column, shown, words)


def _shown(rows: Rows, place: int) -> str:
    if "day" in rows:
        return str(rows["day"][place])
    moment = np.datetime64(int(rows["time"][place]) + BEIJING_OFFSET_SECONDS, "s")
    return f"{np.datetime_as_string(moment)}+08:00"
