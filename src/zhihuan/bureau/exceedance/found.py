"""What judging found: episodes as values, with what is written down of each."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from zhihuan.bureau.exceedance.models import Episode
from zhihuan.bureau.exceedance.reading import Read
from zhihuan.supervision.exceedance import (
    EpisodeTable,
    Judged,
    Mark,
    episodes_of,
    in_effect,
    is_late,
    judged_days,
    judged_hours,
    mark_kinds,
)

__all__ = ["Found", "Settled", "found_in"]

#: (point, factor, span) → stretches [epoch s] that people have closed: nothing new is found in them.
Settled = dict[tuple[int, str, str], list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Found:
    """An episode as judged now. start, end, worst_at: epoch s. excused: a mark of a working condition that nobody has
    accepted yet (启停、停运) takes hours of it out of judgement. table, index: whence its reasons come."""

    point: int
    factor: str
    span: str
    warning: bool
    start: int
    end: int
    periods: int
    standing: int
    worst_at: int
    value: float
    excess: float
    multiple: float
    late_mark: bool
    excused: bool
    table: EpisodeTable
    index: int

    @property
    def key(self) -> tuple[int, str, str]:
        """What it may be the same episode within."""
        return self.point, self.factor, self.span

    @property
    def day(self) -> dt.date:
        """The day of Beijing of its worst period."""
        judged = self.table.judged.measured
        day: dt.date = judged.days[self._at].astype(object)
        return day

    def fields(self) -> dict[str, object]:
        """The columns of ``Episode`` that follow from judging."""
        limit = self.table.judged.measured.limit_at(self._at)
        return {
            "warning": self.warning,
            "first_at": moment(self.start),
            "end_at": moment(self.end),
            "periods": self.periods,
            "standing": self.standing,
            "worst_at": moment(self.worst_at),
            "worst_value": self.value,
            "excess": self.excess,
            "multiple": None if math.isnan(self.multiple) else self.multiple,
            "limit_words": limit.text[:60],
            "basis": f"{limit.standard} {limit.clause}".strip()[:220],
            "late_mark": self.late_mark,
        }

    def derivation(self) -> dict[str, object]:
        """Its reasons as JSON-ready values."""
        return self.table.derivation(self.index).to_json()

    @property
    def _at(self) -> tuple[int, int]:
        return int(self.table.series[self.index]), int(self.table.worst[self.index])


def found_in(read: Read, settled: Settled) -> list[Found]:
    """All episodes of hours and of days, in no order."""
    hours, days = judged_hours(read.window, read.series), judged_days(read.window, read.series)
    return [
        *_found(read, hours, Episode.Span.HOUR, settled),
        *_found(read, days, Episode.Span.DAY, settled),
    ]


def _found(read: Read, judged: Judged, span: str, settled: Settled) -> Iterator[Found]:
    left_out = _settled_periods(read.keys, judged, span, settled)
    table = episodes_of(judged, left_out)
    for index in range(len(table)):
        row = int(table.series[index])
        point, factor = read.keys[row]
        start, end = table.span(index)
        value, excess, multiple = table.worst_value(index)
        yield Found(
            point, factor, span, bool(judged.warns[row]), start, end,
            int(table.periods[index]), int(table.standing[index]),
            judged.span(int(table.worst[index]))[0], value, excess, multiple,
            _has_late_mark(read, row, start, end), _is_excused(read, row, start, end), table, index,
        )  # fmt: skip


def _settled_periods(
    keys: Sequence[tuple[int, str]], judged: Judged, span: str, settled: Settled
) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]] | None:
    if not settled:
        return None
    shape = judged.measured.value.shape
    found = np.zeros(shape, dtype=bool)
    begins = judged.window.start + judged.step_seconds * np.arange(shape[-1])
    for row, (point, factor) in enumerate(keys):
        for start, end in settled.get((point, factor, span), ()):
            found[row] |= (begins >= start) & (begins < end)
    return found


def _has_late_mark(read: Read, row: int, start: int, end: int) -> bool:
    one = read.series[row]
    touching = [
        each for each in one.marks
        if each.factor in ("", one.factor) and each.start < end and each.end > start
    ]  # fmt: skip
    standing = {each.number for each in in_effect(touching)}
    superseded = {each.supersedes for each in touching}
    return any(
        is_late(each)
        for each in touching
        if each.number in standing or (each.number not in superseded and each.accepted is None)
    )


def _is_excused(read: Read, row: int, start: int, end: int) -> bool:
    """Which hours of start-up and shut-down an outlet is exempt for stands in its permit or sector standard, and a plant
    that discharges does not stand still: no such mark counts unseen."""
    one = read.series[row]
    return any(
        each.accepted is not True and _is_condition(each)
        for each in in_effect(one.marks)
        if each.factor in ("", one.factor) and each.start < end and each.end > start
    )


def _is_condition(mark: Mark) -> bool:
    known = mark_kinds(mark.last_day).get(mark.kind)
    return known is not None and not known.of_equipment


def moment(seconds: int) -> dt.datetime:
    """Epoch seconds as an aware moment."""
    return dt.datetime.fromtimestamp(seconds, dt.UTC)
