"""Ozone while the day runs: MDA8 so far, and what mean the remaining hours may have.

    >>> from datetime import date
    >>> hours = np.full(24, np.nan)
    >>> hours[:14] = [40] * 9 + [120, 150, 170, 180, 190]      # until 14:00
    >>> found = ozone_so_far(hours, 14, target=160, on=date(2024, 7, 1))
    >>> float(found.so_far), float(found.highest_mean)
    (116.25, 148.5)

A window labelled t holds the hours t−7 to t; the windows still open are those labelled after now.
When every remaining hour stays at or below ``highest_mean`` (and none is lost), the day's MDA8 is
reported at or below the target. Reported means rounded: 160.5 becomes 160 and meets 160, 161 does
not. It refuses to forecast.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.air.law import Law, Place, place_of
from zhihuan.standards.air.means import minimum
from zhihuan.standards.air.natural_days import HOURS
from zhihuan.standards.air.ozone_8h import SPAN, window_first_label, window_laws, window_means
from zhihuan.standards.air.plausible import refuse_bad_series, refuse_bad_target
from zhihuan.standards.air.reporting import highest_reported
from zhihuan.standards.dated import When
from zhihuan.standards.derivation import Derivation, Fact, Step

__all__ = ["OzoneSoFar", "ozone_so_far"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class OzoneSoFar:
    """Where a day stands after hour ``now``.

    so_far: largest valid window labelled up to now [µg/m³], unrounded, NaN before the first;
    highest_mean: what each remaining hour may have [µg/m³], rounded down to 0.1; NaN where no
    window is open or can still be valid, and where no mean would do (``lost``); lost: the target is exceeded, or will be
    whatever comes; open_windows: how many are still open.
    """

    so_far: Floats
    highest_mean: Floats
    lost: NDArray[np.bool_]
    open_windows: int
    now: int
    target: float
    deciding_label: NDArray[np.intp]
    laws: tuple[Law, Law, Law]

    def derivation(self, index: int | Place = ()) -> Derivation:
        """The reasons of the allowance at ``index``."""
        place = place_of(index)
        so_far, highest = float(self.so_far[place]), float(self.highest_mean[place])
        label = int(self.deciding_label[place])
        steps = [Step("截至目前的日最大8小时平均", f"时标 08 至 {self.now:02d}", _shown(so_far))]
        if label > 0:
            how = f"时标 {label:02d} 的 8 小时平均不超过目标所允许的平均"
            steps.append(Step("剩余各小时的最高平均", how, _shown(highest), deciding=True))
        return Derivation(
            title=f"臭氧当日余量（目标 {self.target:g} µg/m³）",
            conclusion=self._conclusion(place, highest),
            basis=tuple(law.basis_at(place) for law in self.laws[:2]),
            facts=(
                Fact("已有小时", f"01 至 {self.now:02d} 时"),
                Fact("尚未结束的8小时平均", str(self.open_windows), "个"),
            ),
            steps=tuple(steps),
        )

    def _conclusion(self, place: Place, highest: float) -> str:
        if self.lost[place]:
            return "已无法达到目标"
        if np.isnan(highest):
            return "已没有能影响结果的小时"
        return f"剩余各小时均不高于 {highest:.1f} µg/m³ 时可达目标"


def ozone_so_far(  # noqa: PLR0913 - the day, the goal, and the law
    hours: ArrayLike,
    now: int,
    *,
    target: float,
    on: When | None = None,
    edition: str | None = None,
    checked: bool = True,
) -> OzoneSoFar:
    """MDA8 so far, and the highest mean of the remaining hours that still meets the target.

    hours: (..., 24) [µg/m³], labelled 01:00 to 24:00; what stands after ``now`` is not looked at.
    now: label of the last hour known, 0 to 24. target: highest MDA8 as reported [µg/m³]: 160, or a
    break point of the index (100, 160, 215). on: days that broadcast to (...).
    A missing hour before now stays missing: a window holds the hours it has.
    Raises InputRefusedError, OutsideEditionsError, ValueError for an hour outside 0–24.
    Source: windows as ``mda8``; the allowance is arithmetic on them.
    """
    if not 0 <= now <= HOURS:
        raise ValueError(f"now is {now}; give the label of the last known hour, 0 to 24")
    known = np.array(hours, dtype=np.float64)
    known[..., now:] = np.nan
    if checked:
        refuse_bad_series({"O3": known})
        refuse_bad_target(target, "O3")
    laws = window_laws(on, edition)
    shape, rows = known.shape[:-1], known.reshape(-1, HOURS)
    needed = np.broadcast_to(minimum(laws[0], "O3"), shape).reshape(-1)
    first = window_first_label(laws[1])
    so_far = _largest_until(rows, now, first, needed)
    top = highest_reported(target, "O3", on=on, edition=edition)
    allowed, label = _allowance(rows, now, first, needed, top)
    lost = (so_far > top) | (allowed < 0)
    shown = np.where(lost, np.nan, np.floor(np.round(allowed * 10, 9)) / 10)
    return OzoneSoFar(
        so_far.reshape(shape),
        shown.reshape(shape),
        lost.reshape(shape),
        HOURS - max(now, first - 1),
        now,
        target,
        label.reshape(shape),
        laws,
    )


def _largest_until(rows: Floats, now: int, first: int, needed: Floats) -> Floats:
    if now < first:
        return np.full(len(rows), np.nan)
    means = window_means(rows, first, needed)[: now - first + 1]
    return np.asarray(np.fmax.reduce(means, axis=0))


def _allowance(
    rows: Floats, now: int, first: int, needed: Floats, top: float
) -> tuple[Floats, NDArray[np.intp]]:
    """The smallest of what each open window allows, and that window's label (0: none is open)."""
    allowed, deciding = np.full(len(rows), np.nan), np.zeros(len(rows), dtype=np.intp)
    for label in range(max(first, now + 1), HOURS + 1):
        inside = rows[:, label - SPAN : now] if label - SPAN < now else rows[:, :0]
        remaining = label - max(now, label - SPAN)
        have = np.count_nonzero(~np.isnan(inside), axis=1)
        bound = (top * (have + remaining) - np.nansum(inside, axis=1)) / remaining
        counts = have + remaining >= needed
        smaller = counts & ~(bound >= allowed)
        allowed, deciding = np.where(smaller, bound, allowed), np.where(smaller, label, deciding)
    return allowed, deciding


def _shown(value: float) -> str:
    return "无" if np.isnan(value) else f"{value:.6g} µg/m³"
