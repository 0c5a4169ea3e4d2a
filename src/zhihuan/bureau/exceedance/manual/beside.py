"""Each manual result beside the automatic periods of the same time, judged as the episode was. Reads the store once."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.exceedance.models import Episode, ManualResult
from zhihuan.bureau.exceedance.outlets import outlets
from zhihuan.bureau.exceedance.reading import read_hours
from zhihuan.standards.emission import Verdict
from zhihuan.standards.hours import BEIJING_OFFSET_SECONDS
from zhihuan.supervision.exceedance import Judged, judged_days, judged_hours
from zhihuan.supervision.exceedance.manual import (
    Automatic,
    Bounds,
    Compared,
    Finding,
    Prevails,
    Sample,
    compared,
)

__all__ = ["Beside", "Held", "beside"]

_DAY = 86_400
_FINDINGS = {Verdict.EXCEEDS: Finding.ABOVE, Verdict.WITHIN: Finding.WITHIN}


@dataclass(frozen=True, slots=True)
class Held:
    """One result held against its time. limit: in words, "" where none was in force."""

    row: ManualResult
    compared: Compared
    limit: str


@dataclass(frozen=True, slots=True)
class Beside:
    """exceeding: starts [epoch s] of the episode's exceeding periods, as measured."""

    held: tuple[Held, ...] = ()
    exceeding: frozenset[int] = frozenset()

    @property
    def clears_all(self) -> bool:
        """Manual data that prevail are within the limit in every exceeding period, and none of them exceeds."""
        cleared = {
            period.start
            for each in self._prevailing(Finding.WITHIN)
            for period in each.compared.periods
        }
        return (
            bool(self.exceeding)
            and self.exceeding <= cleared
            and not any(self._prevailing(Finding.ABOVE))
        )

    @property
    def exceeds(self) -> bool:
        """Manual data that prevail exceed the limit."""
        return any(self._prevailing(Finding.ABOVE))

    def _prevailing(self, finding: Finding) -> Iterator[Held]:
        for each in self.held:
            if each.compared.prevails is Prevails.MANUAL and each.compared.manual is finding:
                yield each


def beside(episode: Episode, results: Sequence[ManualResult]) -> Beside:
    """Nothing is read where there is no result. Store errors reach the caller."""
    if not results:
        return Beside()
    judged, row = _judged(episode)
    is_day = episode.span == Episode.Span.DAY
    held = tuple(_held(each, judged, row, is_day=is_day) for each in results)
    span = (episode.first_at.timestamp(), episode.end_at.timestamp())
    exceeding = frozenset(
        each.start
        for each in _periods(judged, row)
        if each.finding is Finding.ABOVE and span[0] <= each.start < span[1]
    )
    return Beside(held, exceeding)


def _judged(episode: Episode) -> tuple[Judged | None, int]:
    """Of whole days around it; None where the outlet has no limit of this factor any more."""
    outlet = outlets([episode.point_id]).get(episode.point_id)
    if outlet is None or episode.factor not in outlet.factors:
        return None, 0
    start, end = _whole_days(episode.first_at, episode.end_at)
    read = read_hours([outlet], start, end, end)
    judge = judged_days if episode.span == Episode.Span.DAY else judged_hours
    return judge(read.window, read.series), read.keys.index((episode.point_id, episode.factor))


def _whole_days(first: dt.datetime, last: dt.datetime) -> tuple[int, int]:
    start = (int(first.timestamp()) + BEIJING_OFFSET_SECONDS) // _DAY * _DAY
    end = -(-(int(last.timestamp()) + BEIJING_OFFSET_SECONDS) // _DAY) * _DAY
    return start - BEIJING_OFFSET_SECONDS, end - BEIJING_OFFSET_SECONDS


def _periods(judged: Judged | None, row: int) -> list[Automatic]:
    if judged is None:
        return []
    measured = judged.measured
    return [
        Automatic(
            *judged.span(place),
            float(measured.given[row, place]),
            _FINDINGS.get(Verdict(int(measured.verdict[row, place])), Finding.UNKNOWN),
        )
        for place in range(measured.value.shape[-1])
    ]


def _held(result: ManualResult, judged: Judged | None, row: int, *, is_day: bool) -> Held:
    sample = Sample(
        int(result.sampled_from.timestamp()), int(result.sampled_until.timestamp()), result.value,
        below=result.below, lawful=result.lawful,
    )  # fmt: skip
    bounds, limit = _bounds(sample, judged, row)
    day = beijing_day(result.sampled_from)
    found = compared(sample, _periods(judged, row), bounds, day=day, whole=is_day)
    return Held(result, found, limit)


def _bounds(sample: Sample, judged: Judged | None, row: int) -> tuple[Bounds, str]:
    """Of the limit that governs the period in which sampling began."""
    if judged is None:
        return Bounds(), ""
    place = (sample.start - judged.window.start) // judged.step_seconds
    place = min(max(place, 0), judged.judged.shape[-1] - 1)
    if not judged.judged[row, place]:
        return Bounds(math.nan, math.nan), ""
    limit = judged.measured.limit_at((row, place))
    return Bounds(limit.upper, limit.lower), limit.text
