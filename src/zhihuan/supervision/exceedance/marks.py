"""What a discharger marks of its own monitoring: equipment or working condition, from when to when.

    in_effect(marks)             those that count: newest of each chain, neither taken back nor refused
    marked_states(state, …)      the hours' states with what those marks say

Marks are appended: one that is wrong is superseded by another. A mark made after its deadline is late, says
so, and counts as the dated rule says. It refuses marks of kinds that the rule in force does not know.

Source: 《污染物排放自动监测设备标记规则》, in force 2023-01-01; its lists and limits are dated parameters
under ``exceedance/``, unconfirmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.derivation import Basis
from zhihuan.standards.emission.states import HourState, States
from zhihuan.standards.hours import BEIJING_OFFSET_SECONDS
from zhihuan.standards.parameters import Edition, parameter

__all__ = [
    "Mark",
    "MarkKind",
    "basis_of_marks",
    "deadline_of",
    "in_effect",
    "is_late",
    "mark_kinds",
    "marked_states",
]

_KINDS, _DEADLINE = "exceedance/discharger_mark", "exceedance/mark_deadline"
_LATE = "exceedance/late_mark"
_HOUR, _DAY = 3600, 86_400


@dataclass(frozen=True, slots=True)
class MarkKind:
    """code: kept; name: for people; of_equipment: False for a working condition; state: what an hour is."""

    code: str
    name: str
    of_equipment: bool
    state: HourState


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of one outlet over [start, end) [epoch s]. number: the caller's key. factor: "" for every
    factor. made: when it was made [epoch s]. supersedes: number of the mark it takes the place of.
    withdraws: it only takes that one back. accepted: what the bureau decided, None for nothing yet."""

    number: int
    kind: str
    start: int
    end: int
    made: int
    factor: str = ""
    supersedes: int | None = None
    withdraws: bool = False
    accepted: bool | None = None

    @property
    def last_day(self) -> date:
        """The day of Beijing on which the marked span ended."""
        return _day(self.end - 1)


def mark_kinds(day: date) -> Mapping[str, MarkKind]:
    """The kinds in force on a day, by code. Raises OutsideEditionsError before 2023-01-01."""
    table = parameter(_KINDS).on(day).table
    return {code: _kind(code, entry) for code, entry in table.items() if isinstance(entry, Mapping)}


def _kind(code: str, entry: Mapping[str, object]) -> MarkKind:
    state = HourState[str(entry["state"]).upper()]
    return MarkKind(code, str(entry["name"]), entry["class"] == "equipment", state)


def deadline_of(end: int) -> int:
    """Until when [epoch s] a span that ended then must have been marked; OutsideEditionsError."""
    day = _day(end - 1)
    local_midnight = ((end - 1 + BEIJING_OFFSET_SECONDS) // _DAY + 1) * _DAY
    hours = parameter(_DEADLINE).on(day).number
    return int(local_midnight - BEIJING_OFFSET_SECONDS + hours * _HOUR)


def is_late(mark: Mark) -> bool:
    """Whether it was made after its deadline."""
    return mark.made > deadline_of(mark.end)


def in_effect(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The marks that count, in the order they were made.

    Left out: superseded ones, withdrawals, what the bureau refused, and late ones that the rule lets
    count only once the bureau has accepted them. A refused mark does not bring back the one it superseded.
    """
    given = sorted(marks, key=lambda one: (one.made, one.number))
    gone = {one.supersedes for one in given}
    return tuple(one for one in given if one.number not in gone and _counts(one))


def _counts(mark: Mark) -> bool:
    if mark.withdraws or mark.accepted is False:
        return False
    waits = parameter(_LATE).on(mark.last_day).text == "until_accepted"
    return mark.accepted is True or not waits or not is_late(mark)


def marked_states(
    state: States, start: int, needed_minutes: Sequence[float], marks: Sequence[Mark]
) -> States:
    """The states of one series' hours (hours,) with marks laid over them.

    start: of the first hour [epoch s]. needed_minutes: valid minutes each hour needs (hours,): an hour
    is marked when the marks of a state leave it fewer; where none are needed, when they cover it wholly.
    Of several marks the last in ``marks`` decides; an hour the device itself marked stays as it is.
    """
    found = state.copy()
    spare = 3600.0 - 60.0 * np.asarray(needed_minutes, dtype=np.float64)
    for mark in marks:
        known = mark_kinds(_day(mark.start)).get(mark.kind)
        covered = _seconds_within(start, len(state), mark)
        where = (covered > spare) | (covered >= _HOUR)
        if known is not None:
            found[where & (state == HourState.NORMAL)] = known.state
    return found


def basis_of_marks(day: date) -> tuple[Basis, ...]:
    """The rules that a mark of that day rests on."""
    names = (_KINDS, _DEADLINE, _LATE)
    editions: list[tuple[str, Edition]] = [
        (parameter(name).title, parameter(name).on(day)) for name in names
    ]
    return tuple(Basis.of(edition, decides=title) for title, edition in editions)


def _seconds_within(start: int, hours: int, mark: Mark) -> NDArray[np.float64]:
    begins = start + _HOUR * np.arange(hours, dtype=np.int64)
    covered = np.minimum(begins + _HOUR, mark.end) - np.maximum(begins, mark.start)
    return np.asarray(np.maximum(covered, 0), dtype=np.float64)


def _day(moment: int) -> date:
    return datetime.fromtimestamp(moment + BEIJING_OFFSET_SECONDS, UTC).date()
