"""Episodes (超标过程): exceeding periods of one factor at one outlet that belong together.

    found = episodes_of(judged_hours(window, series))
    found.first, found.last, found.periods, found.standing, found.worst

Runs are those of ``standards.emission.episodes``; runs of hours with a short pause between them are one
episode (a dated parameter), so that an outlet which wavers about its limit is one alarm. Counted are
exceeding periods, never the pause. An episode is made of what was measured; how many of its periods
still stand after the discharger's marks is told beside it, so no mark makes an episode disappear.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.dated import numbers_on
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.emission import Episodes, LimitJudgement, Verdict, episodes
from zhihuan.standards.parameters import parameter
from zhihuan.supervision.exceedance.circumstances import shown_moment
from zhihuan.supervision.exceedance.judged import Judged

__all__ = ["EpisodeTable", "episodes_of"]

Places = NDArray[np.intp]
Bools = NDArray[np.bool_]
_JOINED = "exceedance/joined_within_hours"
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class EpisodeTable:
    """One entry an episode, by series and time. series: row of the window. first, last: places of its first
    and last exceeding period. periods: how many exceed; standing: how many still do after marks. worst: the
    place of the largest excess (the first of equals)."""

    judged: Judged
    series: Places
    first: Places
    last: Places
    periods: Places
    standing: Places
    worst: Places

    def __len__(self) -> int:
        return len(self.series)

    def worst_value(self, index: int) -> tuple[float, float, float]:
        """Value, excess [both in the limit's unit] and multiple (超标倍数, NaN where there is none)."""
        at = (int(self.series[index]), int(self.worst[index]))
        found = self.judged.measured
        return float(found.value[at]), float(found.excess[at]), float(found.multiple[at])

    def span(self, index: int) -> tuple[int, int]:
        """From the start of its first exceeding period to the end of its last [epoch s]."""
        return (
            self.judged.span(int(self.first[index]))[0],
            self.judged.span(int(self.last[index]))[1],
        )

    def derivation(self, index: int) -> Derivation:
        """Its extent, then why its worst period came out as it did."""
        row, place = int(self.series[index]), int(self.worst[index])
        worst = self.judged.derivation(row, place)
        count = self._count(int(self.periods[index]))
        kind = "预警过程" if self.judged.warns[row] else "超标过程"
        return replace(
            worst,
            title=f"{kind}（{self._extent(index)}）",
            conclusion=f"共 {count}超过限值；最严重时{worst.conclusion}",
            basis=(*worst.basis, *self._joining(place)),
            facts=(Fact("最严重的时段", self._told(self.judged.span(place)[0])), *worst.facts),
            steps=(*worst.steps, self._step(index)),
        )

    def _extent(self, index: int) -> str:
        """From when to when; of days from the first to the last, a single one alone."""
        start, end = self.span(index)
        last = end if self._hourly else end - self.judged.step_seconds
        return self._told(start) if start == last else f"{self._told(start)} 至 {self._told(last)}"

    def _told(self, moment: int) -> str:
        """To the minute; a day has none."""
        told = shown_moment(moment)
        return told if self._hourly else told[: len("2026-01-01")]

    def _step(self, index: int) -> Step:
        left = int(self.standing[index])
        how = f"{self._count(int(self.periods[index]))}超过限值，扣除排污单位标记的时段"
        return Step("扣除标记后", how, self._count(left) if left else "全部被标记")

    def _count(self, periods: int) -> str:
        return f"{periods} 个小时" if self._hourly else f"{periods} 日"

    def _joining(self, place: int) -> tuple[Basis, ...]:
        if not self._hourly:
            return ()
        rule = parameter(_JOINED)
        day = self.judged.measured.days[0, place].astype(object)
        return (Basis.of(rule.on(day), decides=rule.title),)

    @property
    def _hourly(self) -> bool:
        return self.judged.step_seconds == _HOUR


def episodes_of(judged: Judged, settled: Bools | None = None) -> EpisodeTable:
    """All episodes of the judged periods. settled: periods (series, periods) to be left out, for somebody
    has dealt with them; an episode goes neither into nor across them."""
    runs = episodes(_unsettled(judged.measured, settled))
    starts = _starts(judged, runs, settled)
    last = runs.first + runs.hours - 1
    ends = np.append(starts, len(runs))[1:] - 1
    return EpisodeTable(
        judged=judged, series=runs.series[starts], first=runs.first[starts], last=last[ends],
        periods=_sums(runs.hours, starts), standing=_standing(judged, runs, starts),
        worst=runs.worst[_worst(judged, runs, starts)],
    )  # fmt: skip


def _unsettled(measured: LimitJudgement, settled: Bools | None) -> LimitJudgement:
    if settled is None:
        return measured
    return replace(measured, verdict=np.where(settled, np.int8(Verdict.EXEMPT), measured.verdict))


def _starts(judged: Judged, runs: Episodes, settled: Bools | None) -> Places:
    """Where an episode begins among the runs."""
    if not len(runs):
        return np.zeros(0, dtype=np.intp)
    pause = runs.first[1:] - (runs.first[:-1] + runs.hours[:-1])
    allowed = np.zeros(len(pause))
    if judged.step_seconds == _HOUR:
        days = judged.measured.days[runs.series[1:], runs.first[1:]]
        allowed = numbers_on(parameter(_JOINED), days)
    apart = (np.diff(runs.series) != 0) | (pause > allowed)
    if settled is not None:
        between = np.cumsum(settled, axis=-1)
        here = between[runs.series, runs.first]
        apart |= np.diff(here) != 0
    return np.flatnonzero(np.concatenate(([True], apart)))


def _standing(judged: Judged, runs: Episodes, starts: Places) -> Places:
    """How many of each episode's exceeding periods still exceed after marks."""
    still = judged.standing.verdict == Verdict.EXCEEDS
    before = np.concatenate(
        (np.zeros((len(still), 1), dtype=np.intp), np.cumsum(still, axis=-1)), axis=-1
    )
    of_run = before[runs.series, runs.first + runs.hours] - before[runs.series, runs.first]
    return _sums(of_run, starts)


def _worst(judged: Judged, runs: Episodes, starts: Places) -> Places:
    """Of each episode the run with the largest excess; the first of equals."""
    excess = judged.measured.excess[runs.series, runs.worst]
    edges = [*starts.tolist(), len(runs)]
    return np.array(
        [a + int(np.argmax(excess[a:b])) for a, b in pairwise(edges)],
        dtype=np.intp,
    )


def _sums(values: Places, starts: Places) -> Places:
    return np.add.reduceat(values, starts) if len(starts) else np.zeros(0, dtype=np.intp)
