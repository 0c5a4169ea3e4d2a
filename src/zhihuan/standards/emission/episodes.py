"""Runs of consecutive exceeding hours: how long, how far, when worst.

    >>> from datetime import date
    >>> from zhihuan.standards.emission.judgement import judge_hours
    >>> limit = Limit("氮氧化物", "mg/m³", Period.HOUR, "某排放标准", "表1",
    ...               date(2019, 1, 1), upper=50.0)
    >>> found = episodes(judge_hours([60.0, 75.0, 40.0, 55.0], date(2026, 3, 1), [limit]))
    >>> found.first.tolist(), found.hours.tolist(), found.worst.tolist()
    ([0, 3], [2, 1], [1, 3])

Any hour that does not exceed ends a run, an unjudged one too: it refuses to bridge what nobody
measured.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.derivation import Derivation, Fact, Step
from zhihuan.standards.emission.judgement import LimitJudgement
from zhihuan.standards.emission.limits import Limit, Period  # noqa: F401 - Limit: the doctest
from zhihuan.standards.emission.verdict import Verdict

__all__ = ["Episodes", "episodes"]

Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Episodes:
    """One entry a run, in order of series and time.

    series: which series (0 for a single one; the leading axes flattened). first: its first hour's
    place on the time axis. hours: its length. worst: the place of the largest excess (the first of
    equals). mean_excess: mean distance beyond the limit, in its unit.
    """

    series: Places
    first: Places
    hours: Places
    worst: Places
    mean_excess: NDArray[np.float64]
    judgement: LimitJudgement

    def __len__(self) -> int:
        return len(self.first)

    def derivation(self, index: int) -> Derivation:
        """The run at ``index``: its worst hour's derivation, with its extent before it."""
        place = (int(self.series[index]), int(self.worst[index]))
        flat = np.unravel_index(
            place[0] * self.judgement.value.shape[-1] + place[1], self.judgement.value.shape
        )
        worst = self.judgement.derivation(tuple(int(one) for one in flat))
        length, first = int(self.hours[index]), int(self.first[index])
        return Derivation(
            title=f"连续超标时段（{length} 小时）",
            conclusion=f"自第 {first + 1} 小时起连续 {length} 小时；最严重时{worst.conclusion}",
            basis=worst.basis,
            facts=(Fact("最严重的小时", f"第 {place[1] + 1} 小时"), *worst.facts),
            steps=(
                Step(
                    "平均超出量", "各超标小时超出限值之差的平均", f"{self.mean_excess[index]:.6g}"
                ),
                *worst.steps,
            ),
            cautions=worst.cautions,
        )


def episodes(judgement: LimitJudgement) -> Episodes:
    """All runs of consecutive exceeding hours in a judgement of shape (..., hours)."""
    exceeds = np.atleast_1d(judgement.verdict == Verdict.EXCEEDS)
    length = exceeds.shape[-1]
    places = np.flatnonzero(exceeds)
    series, hour = np.divmod(places, max(length, 1))
    starts = np.flatnonzero((np.diff(places, prepend=-2) != 1) | (hour == 0))
    counts = np.diff(np.append(starts, len(places)))
    excess = judgement.excess.reshape(-1)[places]
    return Episodes(
        series=series[starts], first=hour[starts], hours=counts,
        worst=hour[_first_largest(excess, starts, counts)],
        mean_excess=_sums(excess, starts) / np.maximum(counts, 1),
        judgement=judgement,
    )  # fmt: skip


def _first_largest(values: NDArray[np.float64], starts: Places, counts: Places) -> Places:
    """For each run, the place among ``values`` of its largest; the first of equals."""
    if not len(starts):
        return starts
    largest = np.repeat(np.maximum.reduceat(values, starts), counts)
    run = np.repeat(np.arange(len(starts)), counts)
    hits = np.flatnonzero(values == largest)
    return hits[np.unique(run[hits], return_index=True)[1]]


def _sums(values: NDArray[np.float64], starts: Places) -> NDArray[np.float64]:
    return np.add.reduceat(values, starts) if len(starts) else np.zeros(0)
