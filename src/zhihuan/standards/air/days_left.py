"""What the rest of a year may still be like when a target is to be met: three budgets.

    >>> from datetime import date
    >>> year = np.full(365, np.nan)
    >>> year[:200] = 120.0
    >>> year[:20] = 180.0                                       # 20 days over 160 until 19 July
    >>> found = percentile_budget(year, 90, 160, "O3", on=date(2025, 12, 31))
    >>> int(found.exceeding_so_far), int(found.days_allowed)
    (20, 16)

``percentile_budget``: how many more days may exceed before the percentile does. ``mean_budget``: what
mean the remaining days may have. ``good_day_budget``: how many good days may still be lost. All three
assume that every remaining day will be valid (or as many as the caller says), and count with the
reported figures: 160.5 is reported as 160. They refuse to forecast.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.air.good_days import good_days
from zhihuan.standards.air.law import Law, Place, governing, place_of
from zhihuan.standards.air.plausible import refuse_bad_series, refuse_bad_target
from zhihuan.standards.air.reporting import (
    decimals_law,
    highest_reported,
    name_of,
    reported,
    unit_of,
)
from zhihuan.standards.dated import When
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.derivation import Derivation, Fact, Step

__all__ = [
    "GoodDayBudget",
    "MeanBudget",
    "PercentileBudget",
    "good_day_budget",
    "mean_budget",
    "percentile_budget",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class PercentileBudget:
    """How many more days may exceed a target before the period's percentile does.

    days_allowed: however far those days exceed, the percentile still meets the target; -1 where
    already too many did. days_possible: may still do, when the values next to the percentile are
    low enough; never less than days_allowed. exceeding_so_far, valid_so_far, remaining: counts.
    """

    days_allowed: Ints
    days_possible: Ints
    exceeding_so_far: Ints
    valid_so_far: Ints
    remaining: Ints
    percent: Fraction
    target: float
    pollutant: str
    laws: tuple[Law, Law]

    def derivation(self, index: int | Place = ()) -> Derivation:
        """The reasons of the budget at ``index``."""
        place = place_of(index)
        valid, remaining = int(self.valid_so_far[place]), int(self.remaining[place])
        allowed, possible = int(self.days_allowed[place]), int(self.days_possible[place])
        total, p = valid + remaining, f"{float(self.percent):g}"
        rank = 1 + max(total - 1, 0) * self.percent / 100
        return Derivation(
            title=f"{name_of(self.pollutant)} 第 {p} 百分位数的超标天数余量",
            conclusion=self._conclusion(allowed, possible),
            basis=tuple(law.basis_at(()) for law in self.laws),
            facts=(
                Fact("已有有效天数", str(valid), "天"),
                Fact("其中超过目标", str(int(self.exceeding_so_far[place])), "天"),
                Fact("剩余天数", str(remaining), "天", "假定均为有效"),
            ),
            steps=(
                Step("百分位数的位次", f"k = 1+({total}−1)×{p}%", f"{float(rank):g}"),
                Step(
                    "允许的超标天数",
                    f"全年 {total} 天中至多 {total - _last_needed(rank)} 天超过目标，减去已超过的",
                    str(allowed),
                    deciding=True,
                ),
                Step(
                    "视相邻浓度而定的上限",
                    f"至多 {total - int(rank)} 天，减去已超过的",
                    str(possible),
                ),
            ),
        )

    def _conclusion(self, allowed: int, possible: int) -> str:
        over = f"超过 {self.target:g} {unit_of(self.pollutant)}"
        if allowed >= 0:
            return f"还可以有 {allowed} 天{over}"
        if possible >= 0:
            return f"{over}的天数已多于必然达标的天数，能否达标取决于百分位数两侧的浓度"
        return f"{over}的天数过多，已无法达到目标"


def percentile_budget(  # noqa: PLR0913 - the series, the goal, and the law
    daily: ArrayLike,
    percent: float | Fraction,
    target: float,
    pollutant: str,
    *,
    remaining: ArrayLike | None = None,
    on: When | None = None,
    edition: str | None = None,
    checked: bool = True,
) -> PercentileBudget:
    """How many more days may exceed the target before the period's percentile exceeds it.

    daily: (..., days) [µg/m³; CO mg/m³], daily values so far, unrounded (O3: MDA8); NaN is missing.
    percent: of the item, 90 for O3. target: highest reported percentile. remaining: days still to
    come that will be valid; left out, all NaN at the end of each series (a whole year given).
    on: last day of the period. Returns ``PercentileBudget`` (...).
    Raises InputRefusedError, OutsideEditionsError.
    Source: HJ 663-2013, appendix A (second hand): with n days the percentile lies between the s-th
    and the next value, so n − s − 1 days above the target never move it above (n − s where k is
    whole). Rounding: days count as exceeding by their reported value.
    """
    values = np.atleast_1d(decimal_floats(daily))
    if checked:
        refuse_bad_series({pollutant: values})
        refuse_bad_target(target, pollutant)
    share = percent if isinstance(percent, Fraction) else Fraction(str(percent))
    method = governing(
        "air/evaluation/percentile_method", decides="百分位数算法", on=on, edition=edition
    )
    digits = decimals_law(on, edition)
    exceeding = np.count_nonzero(
        reported(values, pollutant, on=on, edition=edition) > target, axis=-1
    )
    valid, left = _so_far(values, remaining)
    total = valid + left
    steps = np.maximum(total - 1, 0) * share.numerator
    denominator = 100 * share.denominator
    whole = 1 + steps // denominator  # s
    needed = whole + (steps % denominator > 0)  # the last value that must not exceed
    allowed = np.minimum(total - needed - exceeding, left)
    possible = np.minimum(np.maximum(total - whole - exceeding, -1), left)
    return PercentileBudget(
        np.maximum(allowed, -1), possible, np.asarray(exceeding), valid, left, share, target,
        pollutant, (method, digits),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class MeanBudget:
    """What mean the remaining days may have so that the period's mean meets a target.

    highest_mean: of the remaining valid days [µg/m³; CO mg/m³], unrounded; NaN where none remains;
    lost: even days of zero would not do; mean_so_far: unrounded; met: nothing remains, and the
    target is met.
    """

    highest_mean: Floats
    mean_so_far: Floats
    valid_so_far: Ints
    remaining: Ints
    lost: Bools
    met: Bools
    target: float
    highest_total: float
    pollutant: str
    law: Law

    def derivation(self, index: int | Place = ()) -> Derivation:
        """The reasons of the budget at ``index``."""
        place, unit = place_of(index), unit_of(self.pollutant)
        valid, left = int(self.valid_so_far[place]), int(self.remaining[place])
        mean, highest = float(self.mean_so_far[place]), float(self.highest_mean[place])
        how = (
            f"({self.highest_total:.6g}×{valid + left}−{mean:.6g}×{valid})÷{left}"
            if left
            else "没有剩余天数"
        )
        return Derivation(
            title=f"{name_of(self.pollutant)} 平均浓度余量（目标 {self.target:g} {unit}）",
            conclusion=self._conclusion(place, highest),
            basis=(self.law.basis_at(()),),
            facts=(
                Fact("已有有效天数", str(valid), "天"),
                Fact("截至目前平均", f"{mean:.6g}", unit),
                Fact("剩余天数", str(left), "天", "假定均为有效"),
            ),
            steps=(
                Step(
                    "修约后仍达标的最高平均",
                    f"修约后不大于 {self.target:g}",
                    f"{self.highest_total:.6g} {unit}",
                ),
                Step(
                    "剩余各日的最高平均",
                    how,
                    f"{highest:.6g} {unit}" if left else "无",
                    deciding=True,
                ),
            ),
        )

    def _conclusion(self, place: Place, highest: float) -> str:
        if self.lost[place]:
            return "已无法达到目标"
        if not self.remaining[place]:
            return "已达到目标" if self.met[place] else "没有有效数据"
        return f"剩余各日平均不高于 {highest:.6g} {unit_of(self.pollutant)} 时可达目标"


def mean_budget(  # noqa: PLR0913 - the series, the goal, and the law
    daily: ArrayLike,
    target: float,
    pollutant: str,
    *,
    remaining: ArrayLike | None = None,
    on: When | None = None,
    edition: str | None = None,
    checked: bool = True,
) -> MeanBudget:
    """The highest mean of the remaining days with which the period's reported mean meets the target.

    daily, remaining, on: as ``percentile_budget``. target: highest reported mean (30 for PM2.5).
    Raises InputRefusedError, OutsideEditionsError.
    Source: GB 3095, 3.13 (a year's mean is that of its daily means). Rounding: the target is met by
    every mean that is reported as it or less.
    """
    values = np.atleast_1d(decimal_floats(daily))
    if checked:
        refuse_bad_series({pollutant: values})
        refuse_bad_target(target, pollutant)
    top = highest_reported(target, pollutant, on=on, edition=edition)
    valid, left = _so_far(values, remaining)
    total = np.nansum(values, axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(valid > 0, total / valid, np.nan)
        allowed = np.where(left > 0, (top * (valid + left) - total) / left, np.nan)
    met = (left == 0) & (mean <= top)
    lost = np.where(left > 0, allowed < 0, mean > top)
    return MeanBudget(
        np.where(lost, np.nan, allowed), mean, valid, left, lost, met, target, top, pollutant,
        decimals_law(on, edition),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class GoodDayBudget:
    """How many of the remaining days may be other than good.

    may_lose: remaining days that need not be good; -1 where the target is out of reach;
    must_be_good: at least so many of the remaining; good_so_far, valid_so_far, remaining: counts.
    """

    may_lose: Ints
    must_be_good: Ints
    good_so_far: Ints
    valid_so_far: Ints
    remaining: Ints
    target_percent: float
    laws: tuple[Law, ...]

    def derivation(self, index: int | Place = ()) -> Derivation:
        """The reasons of the budget at ``index``."""
        place = place_of(index)
        good, valid, left = (
            int(counts[place]) for counts in (self.good_so_far, self.valid_so_far, self.remaining)
        )
        lose, must = int(self.may_lose[place]), int(self.must_be_good[place])
        said = f"剩余 {left} 天中还可以有 {lose} 天不是优良" if lose >= 0 else "已无法达到目标"
        return Derivation(
            title=f"优良天数余量（目标 {self.target_percent:g}%）",
            conclusion=said,
            basis=tuple(law.basis_at(()) for law in self.laws),
            facts=(
                Fact("已有有效天数", str(valid), "天"),
                Fact("其中优良", str(good), "天"),
                Fact("剩余天数", str(left), "天", "假定均为有效"),
            ),
            steps=(
                Step(
                    "全年至少需要的优良天数",
                    f"{valid + left} 天中，比例修约后不低于 {self.target_percent:g}%",
                    f"{good + must} 天",
                ),
                Step(
                    "剩余天数中需要的优良天数", f"{good + must}−{good}", f"{must} 天", deciding=True
                ),
            ),
        )


def good_day_budget(
    aqi: ArrayLike,
    target_percent: float,
    *,
    remaining: ArrayLike | None = None,
    on: When | None = None,
    edition: str | None = None,
) -> GoodDayBudget:
    """How many of the remaining days may be other than good, and how many must be.

    aqi: daily AQI so far (..., days), NaN missing. target_percent: reported good-day ratio to
    reach [%]. remaining: as ``percentile_budget``. on: last day of the period.
    Source: ratio as ``good_days``. Rounding: the target is met by every ratio that is reported as it
    or more (GB/T 8170, so a tie below the target may still reach it).
    """
    series = np.atleast_1d(decimal_floats(aqi))
    counted = good_days(series, on=on, edition=edition)
    valid, left = _so_far(series, remaining)
    decimals = int(counted.laws[1].numbers())
    needed = _good_needed(valid + left, target_percent, decimals)
    must = np.maximum(needed - counted.good, 0)
    lose = np.where(must > left, -1, left - must)
    return GoodDayBudget(lose, must, counted.good, valid, left, target_percent, counted.laws)


def _so_far(values: Floats, remaining: ArrayLike | None) -> tuple[Ints, Ints]:
    """Valid days so far, and days to come: as given, or the missing end of each series."""
    known = ~np.isnan(values)
    valid = np.asarray(known.sum(axis=-1))
    if remaining is not None:
        given = np.asarray(remaining, dtype=np.intp)
        if (given < 0).any():
            raise ValueError("remaining counts days to come; it cannot be negative")
        return valid, np.broadcast_to(given, valid.shape)
    last = values.shape[-1] - np.argmax(known[..., ::-1], axis=-1)
    return valid, np.where(valid > 0, values.shape[-1] - last, values.shape[-1])


def _good_needed(totals: Ints, target_percent: float, decimals: int) -> Ints:
    """The fewest good days of each total whose reported ratio reaches the target."""
    distinct, places = np.unique(totals, return_inverse=True)
    needed = [_fewest(int(total), Decimal(str(target_percent)), decimals) for total in distinct]
    return np.asarray(np.array(needed, dtype=np.intp)[places].reshape(totals.shape))


def _fewest(total: int, target: Decimal, decimals: int) -> int:
    """Begin at the exact share, and go down while the rounded ratio still reaches the target."""
    good = int((target * total / 100).to_integral_value(ROUND_CEILING))
    step = Decimal(1).scaleb(-decimals)
    while good > 0 and _ratio(good - 1, total).quantize(step, ROUND_HALF_EVEN) >= target:
        good -= 1
    return good


def _ratio(good: int, total: int) -> Decimal:
    return Decimal(100 * good) / total


def _last_needed(rank: Fraction) -> int:
    return int(rank) + (rank.denominator > 1)
