"""Good days: how many of the valid days were 优 or 良, with the denominator said aloud.

    >>> day_ratio(175, 182, edition="HJ 663-2013")
    array(96.2)

A valid day is one whose AQI could be had; days without AQI are in neither number. It refuses to
divide by the calendar: 329 of 365 and 329 of 360 are different ratios, so both counts are kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.air.law import Law, Place, governing, place_of
from zhihuan.standards.air.levels import level_numbers
from zhihuan.standards.air.reporting import round_reported
from zhihuan.standards.dated import When
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.derivation import Derivation, Fact, Step
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.inputs import refuse_bad

__all__ = ["GoodDays", "day_ratio", "good_days", "level_days", "region_ratio"]

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
_HIGHEST_AQI = "air/evaluation/good_day_highest_aqi"
_DECIMALS = "air/evaluation/ratio_decimals"


@dataclass(frozen=True, slots=True)
class GoodDays:
    """Good days along the last axis of a series of daily AQI.

    good, valid, all_days: counts; ratio_percent: reported, NaN without a valid day;
    label: which days were counted.
    """

    good: Ints
    valid: Ints
    all_days: int
    ratio_percent: Floats
    label: str
    laws: tuple[Law, Law]

    def derivation(self, index: int | Place = ()) -> Derivation:
        """The reasons of the ratio at ``index``."""
        place = place_of(index)
        good, valid, ratio = self.good[place], self.valid[place], self.ratio_percent[place]
        result = "无有效监测天数，无法计算" if np.isnan(ratio) else f"{ratio:.1f}%"
        return Derivation(
            title=f"优良天数比例（{self.label}）",
            conclusion=f"优良天数比例：{result}",
            basis=tuple(law.basis_at(()) for law in self.laws),
            facts=(
                Fact("统计天数", str(self.all_days), "天"),
                Fact("有效监测天数", str(valid), "天", "能得出 AQI 的天数，作为分母"),
            ),
            steps=(
                Step(
                    "优良天数比例", f"{good}÷{valid}×100%", result, rounding="GB/T 8170，1 位小数"
                ),
            ),
        )


def day_ratio(
    days: ArrayLike,
    valid_days: ArrayLike,
    *,
    on: When | None = None,
    edition: str | None = None,
) -> Floats:
    """Share of days among the valid days [%], to one decimal; NaN without a valid day.

    days, valid_days: counts that broadcast. on or edition: which law. Raises InputRefusedError when days exceed valid days
    or a count is negative.
    Source: HJ 663-2013, attainment ratio D = attained ÷ valid × 100 % (second hand); bulletins.
    """
    part, whole = decimal_floats(days), decimal_floats(valid_days)
    wrong = np.atleast_1d((part > whole) | (part < 0))
    if wrong.any():
        row = int(np.argwhere(wrong)[0][0])
        raise InputRefusedError([_too_many(row, part, whole)])
    with np.errstate(divide="ignore", invalid="ignore"):
        return round_reported(
            np.where(whole > 0, 100.0 * part / whole, np.nan), _decimals(on, edition)
        )


def good_days(
    aqi: ArrayLike,
    *,
    on: When | None = None,
    edition: str | None = None,
    label: str = "实况",
) -> GoodDays:
    """Count good days in a series of daily AQI and give their ratio.

    aqi: (..., days), NaN where no AQI could be had. on: last day of the period. label: how the
    series is called in derivations (``实况``, ``扣除沙尘``).
    Raises InputRefusedError for a negative or infinite index: -9999 for a missing day is no good day.
    Source: HJ 633 (levels 1 and 2 are AQI ≤ 100); ratio as ``day_ratio``.
    """
    daily = np.atleast_1d(decimal_floats(aqi))
    refuse_bad([("air/aqi", daily)])
    highest = governing(_HIGHEST_AQI, decides="优良天的 AQI 上限", on=on, edition=edition)
    digits = governing(_DECIMALS, decides="比例的修约位数", on=on, edition=edition)
    good = np.count_nonzero(daily <= highest.numbers(), axis=-1)
    valid = np.count_nonzero(~np.isnan(daily), axis=-1)
    return GoodDays(
        np.asarray(good),
        np.asarray(valid),
        daily.shape[-1],
        day_ratio(good, valid, on=on, edition=edition),
        label,
        (highest, digits),
    )


def level_days(aqi: ArrayLike, *, on: When) -> Ints:
    """Days in each of the six levels (..., 6): 优, 良, 轻度, 中度, 重度, 严重污染.

    aqi: (..., days), NaN where no AQI could be had; those days are in no level. on: last day of
    the period. Raises InputRefusedError as ``good_days``. Source: HJ 633, levels.

    >>> level_days([30, 80, 120, float("nan")], on=np.datetime64("2024-12-31"))
    array([1, 1, 1, 0, 0, 0])
    """
    daily = np.atleast_1d(decimal_floats(aqi))
    refuse_bad([("air/aqi", daily)])
    numbers = level_numbers(daily, on=on)
    return np.stack([np.count_nonzero(numbers == level, axis=-1) for level in range(1, 7)], axis=-1)


def region_ratio(
    city_ratios_percent: ArrayLike,
    *,
    axis: int = -1,
    on: When | None = None,
    edition: str | None = None,
) -> Floats:
    """Ratio of a region [%]: the mean of its cities' reported ratios, to one decimal.

    NaN cities are left out; NaN when none is left. Source: wording of the bulletins ("平均").
    """
    ratios = np.atleast_1d(decimal_floats(city_ratios_percent))
    known = ~np.isnan(ratios)
    with np.errstate(invalid="ignore"):
        mean = np.where(known, ratios, 0.0).sum(axis=axis) / known.sum(axis=axis)
    return round_reported(mean, _decimals(on, edition))


def _decimals(on: When | None, edition: str | None) -> int:
    return int(governing(_DECIMALS, decides="修约位数", on=on, edition=edition).numbers())


def _too_many(row: int, part: Floats, whole: Floats) -> InputProblem:
    pair = np.broadcast_arrays(part, whole)
    shown = " 天，有效 ".join(f"{np.atleast_1d(values).reshape(-1)[row]:g}" for values in pair)
    return InputProblem(
        row, "天数", f"{shown} 天", "天数为负或多于有效监测天数", "请核对分子与分母是否填反"
    )
