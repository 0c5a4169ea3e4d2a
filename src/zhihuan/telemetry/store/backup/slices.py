# ruff: noqa: S608 - every value in the SQL is a literal made by sql.py
"""Into which pieces a store falls: one a table, kind and Beijing day; and a fingerprint of each.

A day never moves: what corrects a row has the row's own time, so it stays in the same slice. Two
looks at one slice with the same fingerprint saw the same rows, and a file made after the first look
need not be made again. Another fingerprint does not say that an answer changed (copies of a row that
a merge removed count too), only that the file is written anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from zhihuan.telemetry.store.engine import Bounds, Engine
from zhihuan.telemetry.store.history import current_layout
from zhihuan.telemetry.store.sql import moment

__all__ = ["LONG", "Slice", "day_of", "slices"]

#: Whole tables are looked through, by a process of its own: an hour, not the 20 s of a page.
LONG = Bounds(seconds=3600)

_DAY_SECONDS = 86_400
_BEIJING_SECONDS = 28_800
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Slice:
    """One piece. kind: 0 in tables without kinds. day: Beijing days since 1970-01-01, -1 in tables
    without days. rows: copies that are not merged yet counted again."""

    table: str
    kind: int
    day: int
    rows: int
    fingerprint: int

    @property
    def name(self) -> str:
        """``measurement-2-2026-06-01``: of the file, and for people."""
        return f"{self.table}-{self.kind}-{day_of(self.day)}" if self.day >= 0 else self.table

    def condition(self) -> str:
        """The WHERE; only of columns of the key, so that all copies of a row are seen or none."""
        of_day = _CUTS[self.table].of_day(self.day)
        return f"kind = {self.kind} AND {of_day}" if _CUTS[self.table].by_kind else of_day


def day_of(number: int) -> str:
    """The day as people write it."""
    return (_EPOCH + timedelta(days=number)).isoformat()


@dataclass(frozen=True, slots=True)
class _Cut:
    """How one table falls into days. day: SQL of the day's number. of_day: the condition of a day."""

    day: str
    of_day: Callable[[int], str]
    by_kind: bool = False


def _moments(column: str) -> Callable[[int], str]:
    def of_day(day: int) -> str:
        start = day * _DAY_SECONDS - _BEIJING_SECONDS
        last = start + _DAY_SECONDS - 1  # inclusive: the last moment there is belongs to a day too
        return f"{column} >= {moment(start)} AND {column} <= {moment(last)}"

    return of_day


def _by_moment(column: str, *, by_kind: bool = False) -> _Cut:
    day = f"intDiv(toUInt32({column}) + {_BEIJING_SECONDS}, {_DAY_SECONDS})"
    return _Cut(day, _moments(column), by_kind)


def _event_day(day: int) -> str:
    start = (day * _DAY_SECONDS - _BEIJING_SECONDS) * 1000
    return f"time >= {start} AND time < {start + _DAY_SECONDS * 1000}"


def _seal_day(day: int) -> str:
    return f"day = {day_of(day).replace('-', '')}"


_SEALED = "concat(toString(intDiv(day, 10000)), '-', {month}, '-', {of_month})".format(
    month="substring(toString(100 + intDiv(day, 100) % 100), 2)",
    of_month="substring(toString(100 + day % 100), 2)",
)
_CUTS = {
    "measurement": _by_moment("time", by_kind=True),
    "latest": _Cut("-1", lambda _day: "1"),
    "frame": _by_moment("sent"),
    "device_event": _Cut("intDiv(time + 28800000, 86400000)", _event_day),
    "statistic": _by_moment("time", by_kind=True),
    "seal": _Cut(f"toUInt32(toDate({_SEALED}))", _seal_day),
}


def slices(engine: Engine) -> list[Slice]:
    """All there are, by table, kind and day. One pass over the keys of every table."""
    return [each for name in current_layout() for each in _slices(engine, name)]


def _slices(engine: Engine, name: str) -> list[Slice]:
    cut, table = _CUTS[name], current_layout()[name]
    kind = "kind" if cut.by_kind else "0"
    key = ", ".join((*table.order_by, table.version))
    found = engine.read(
        f"SELECT toInt64({kind}) AS k, toInt64({cut.day}) AS d, toUInt64(count()) AS n, "
        f"sum(cityHash64({key})) AS f FROM @{name} GROUP BY k, d ORDER BY k, d",
        bounds=LONG,
    )
    rows = zip(*(found[column].tolist() for column in "kdnf"), strict=True)
    return [Slice(name, *map(int, row)) for row in rows if row[2]]
