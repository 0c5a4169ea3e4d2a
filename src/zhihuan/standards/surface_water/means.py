"""Means of samples, months and sections, their rounding, and the class of a mean.

    >>> from datetime import date
    >>> day = date(2024, 3, 31)
    >>> mean = mean_of([6.5, 7.9, 8.8, 9, 6.78, 8.87], "pH", on=day)
    >>> rounded(mean.values, "pH", on=day, use="hourly")
    array(7.08)

Statistics have another order than live classes: first the mean, then one rounding to the decimals
of 2020, then the class. pH is averaged through the hydrogen ion since 2020, everything else
arithmetically. Missing values are left out and counted; below the least number of values there is
no mean. It refuses to average what is not a measured item of surface water.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import Days, When, as_days, numbers_on, spans_in_force
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.parameters import Edition, parameter
from zhihuan.standards.rounding import round_half_even_array, round_significant
from zhihuan.standards.surface_water.classification import WaterClass, limited_items, water_class
from zhihuan.standards.surface_water.digits import without_noise
from zhihuan.standards.surface_water.law import law_at
from zhihuan.standards.surface_water.names import item_code, item_name, item_unit
from zhihuan.standards.surface_water.reported import Reported, read_reported

__all__ = ["PERIODS", "Mean", "MeanClass", "class_of_means", "keep_digits", "mean_of", "rounded"]

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Index = int | tuple[int, ...]

_METHOD = "surface_water/mean_method"
_DECIMALS = "surface_water/decimals"
_ZERO = "surface_water/zero_keeps_digits"
# 环办〔2011〕22号, statistics, and conventions where no text was found:
# how many values a mean of each period needs: a number, or a share of the steps along the axis
_COUNTED = {
    "day": "surface_water/least_four_hourly_a_day",
    "quarter": "surface_water/least_samples_a_quarter",
    "year": "surface_water/least_months_a_year",
}
_SHARED = {"month": "surface_water/least_share_of_month"}
PERIODS = ("day", "month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class Mean:
    """Means along one axis, unrounded. All arrays have the shape without that axis.

    values: NaN where fewer than ``least`` values were there; valid: how many were; least: how
    many were needed; days: the last day of each period; of: how many steps the axis has.
    """

    item: str
    values: Floats
    valid: Counts
    least: Counts
    days: Days
    of: int
    period: str
    edition: str | None = None

    def derivation(self, index: Index = ()) -> Derivation:
        """How one mean came about."""
        place = index if isinstance(index, tuple) else (index,)
        shape = self.values.shape
        value, valid = float(self.values[place]), int(self.valid[place])
        unit = f" {item_unit(self.item)}".rstrip()
        law = law_at(_METHOD, self.days, shape, place, edition=self.edition)
        basis = [Basis.of(law, decides="平均方法", forced=self.edition is not None)]
        if self.period:
            least = law_at(_period_law(self.period), self.days, shape, place)
            basis.append(Basis.of(least, decides="最少数据个数"))
        few = f"有效数据 {valid} 个，少于 {int(self.least[place])} 个，不计算均值"
        done = f"{item_name(self.item)}均值 {value:.12g}{unit}"
        return Derivation(
            title=f"{item_name(self.item)}均值",
            conclusion=few if np.isnan(value) else done,
            basis=tuple(basis),
            facts=(
                Fact("有效数据", str(valid), "个", f"共 {self.of} 个时段，缺测不参加平均"),
                Fact("最少数据", str(int(self.least[place])), "个"),
            ),
            steps=()
            if np.isnan(value)
            else (Step("均值", _FORMULAS[_method(self.item, law)], f"{value:.12g}"),),
        )


@dataclass(frozen=True, slots=True)
class MeanClass:
    """Classes of means: mean, then one rounding, then the class. means, reported: by item."""

    means: Mapping[str, Mean]
    reported: Mapping[str, Floats]
    judged: WaterClass

    def derivation(self, index: Index = ()) -> Derivation:
        """Means, roundings and class of one period or water body."""
        place = index if isinstance(index, tuple) else (index,)
        why = self.judged.derivation(place)
        day = np.broadcast_to(self.judged.days, self.judged.codes.shape)[place].astype(object)
        steps, facts, basis = [], [], []
        for item, mean in self.means.items():
            part, after = mean.derivation(place), float(self.reported[item][place])
            facts.append(Fact(f"{item_name(item)}有效数据", str(int(mean.valid[place])), "个"))
            basis += [entry for entry in part.basis if entry not in basis]
            if not np.isnan(after):
                words = f"{_decimals(parameter(_DECIMALS).on(day).rows, item, 'assessment')} 位小数，四舍六入五成双"
                how = f"{part.steps[0].how} = {float(mean.values[place]):.12g}"
                steps.append(Step(f"{item_name(item)}均值", how, f"{after:.12g}", words))
        return Derivation(
            title="地表水水质类别（均值评价）",
            conclusion=why.conclusion,
            basis=(*basis, Basis.of(parameter(_DECIMALS).on(day), decides="修约位数"), *why.basis),
            facts=(*facts, *why.facts),
            steps=(*steps, *why.steps),
            cautions=why.cautions,
        )


def mean_of(  # noqa: PLR0913 - values, what they are, when, along which axis, of which period
    values: ArrayLike | Reported,
    item: str,
    *,
    on: When,
    axis: int = -1,
    period: str = "",
    edition: str | None = None,
) -> Mean:
    """The mean of one item along an axis: over samples, months or sections.

    values [the item's unit]: NaN missing; texts and ``Reported`` are read, below detection counts
    as half. on: the period's last day, one for all or one for each mean. period: "day" (of
    four-hourly values: at least 4), "month" (at least 60 % of the steps along the axis),
    "quarter" (at least 2), "year" (at least 8 months), "" (at least one value). edition: forces
    the way to average.
    Raises InputRefusedError, OutsideEditionsError.
    Source: 环办〔2011〕22号 (arithmetic mean); 总站水字〔2020〕90号 (pH). Nothing is rounded.
    """
    code = item_code(item)
    read = values if isinstance(values, Reported) else read_reported(values)
    refuse_bad([(f"surface_water/{code}", read.values)])
    numbers, days = np.moveaxis(np.atleast_1d(read.values), axis, -1), as_days(on)
    if read.below.any():
        along = days[..., None] if days.ndim else days
        marks = np.moveaxis(np.atleast_1d(read.below), axis, -1)
        numbers = Reported(numbers, marks).counted(on=along)
    valid = np.asarray(np.count_nonzero(~np.isnan(numbers), axis=-1), dtype=np.int64)
    least = np.broadcast_to(_least(period, days, numbers.shape[-1]), valid.shape)
    means = np.full(valid.shape, np.nan)
    for span in spans_in_force(parameter(_METHOD), days, edition=edition):
        where = np.broadcast_to(span.where, valid.shape)
        means[where] = _MEANS[_method(code, span.edition)](numbers[where])
    means = np.where(valid >= least, means, np.nan)
    return Mean(code, means, valid, least, days, numbers.shape[-1], period, edition)


def rounded(
    values: ArrayLike,
    item: str,
    *,
    on: When,
    use: str = "assessment",
    edition: str | None = None,
) -> Floats:
    """Values rounded as the statistics of 2020 ask, half to even, in their shape.

    use: "assessment" (means that are judged) or "hourly" (single automatic values). A result of
    zero keeps one significant digit: 0.0003 at three decimals stays 0.0003. NaN stays NaN.
    edition: forces the table of digits.
    Raises InputRefusedError for an item without a rule, OutsideEditionsError before 2020.
    Source: 总站水字〔2020〕90号 (second hand).

    >>> from datetime import date
    >>> rounded([0.0345, 0.0003], "tp", on=date(2024, 3, 31))
    array([0.034 , 0.0003])
    """
    code, days, numbers = item_code(item), as_days(on), np.asarray(values, dtype=np.float64)
    result = np.full(np.broadcast_shapes(numbers.shape, days.shape), np.nan)
    numbers = np.broadcast_to(numbers, result.shape)
    for span in spans_in_force(parameter(_DECIMALS), days, edition=edition):
        where = np.broadcast_to(span.where, result.shape)
        decimals = _decimals(span.edition.rows, code, use)
        result[where] = keep_digits(numbers, decimals, on=days, edition=edition)[where]
    return result


def keep_digits(
    values: ArrayLike, decimals: int, *, on: When, edition: str | None = None
) -> Floats:
    """Round half to even; where that gives zero, keep one significant digit of what was there.

    on: day or days, broadcast to the values; edition: forces one. NaN stays NaN.
    """
    numbers = np.asarray(values, dtype=np.float64)
    result = round_half_even_array(numbers, decimals)
    for span in spans_in_force(parameter(_ZERO), on, edition=edition):
        digits = int(span.edition.number)
        vanished = (result == 0) & (numbers != 0) & span.where
        result[vanished] = [
            float(round_significant(value, digits)) for value in numbers[vanished].tolist()
        ]
    return result


def class_of_means(
    values: Mapping[str, ArrayLike | Reported],
    *,
    on: When,
    waterbody: ArrayLike = "river",
    axis: int = -1,
    period: str = "",
) -> MeanClass:
    """The class of means, as statistics and reports of a period or a small basin ask for.

    values: item -> values with the axis that is averaged away; the axis has the same length for
    all. on, period: as ``mean_of``; waterbody: as ``water_class``, in the shape of the means.
    Items without limits are left out; each other is averaged, rounded once to its assessment decimals, then judged. The digits begin
    in 2020; earlier days are refused: judge ``mean_of`` by ``water_class`` there, unrounded.
    Source: 环办〔2011〕22号; 总站水字〔2020〕90号. Raises as ``mean_of`` and ``water_class``.
    """
    limited = limited_items()  # stations publish turbidity and algae too: they have no class
    means = {
        item_code(item): mean_of(column, item, on=on, axis=axis, period=period)
        for item, column in values.items()
        if item_code(item) in limited
    }
    # GB/T 8170, 3.3: round once; the class is that of the rounded mean, as reports print it
    reported = {item: rounded(mean.values, item, on=on) for item, mean in means.items()}
    return MeanClass(means, reported, water_class(reported, on=on, waterbody=waterbody))


# ---- the two ways to average, and how many values they need -----------------------------------------


def _arithmetic(values: Floats) -> Floats:
    counts = np.count_nonzero(~np.isnan(values), axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.nansum(values, axis=-1) / counts)


def _hydrogen_ion(values: Floats) -> Floats:
    # acidity is what mixes: pH 6 and pH 8 in equal parts make pH 6.3, not 7
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(-np.log10(_arithmetic(10.0**-values)))


_MEANS: Mapping[str, Callable[[Floats], Floats]] = {
    "arithmetic": _arithmetic,
    "hydrogen_ion": _hydrogen_ion,
}
_FORMULAS = {"arithmetic": "算术平均 Σx ÷ n", "hydrogen_ion": "氢离子浓度平均 −lg(Σ10^(−pH) ÷ n)"}


def _method(item: str, edition: Edition) -> str:
    return str(edition.table.get(item, edition.table["default"]))


def _period_law(period: str) -> str:
    return {**_COUNTED, **_SHARED}[period]


def _least(period: str, days: Days, steps: int) -> Counts:
    """The least number of values of each mean, in the shape of the days."""
    if not period:
        return np.ones(days.shape, dtype=np.int64)
    if period not in PERIODS:
        remedy = f"请填其中之一：{'、'.join(PERIODS)}，或不填"
        raise InputRefusedError([InputProblem(-1, "时段", period, "不认识的时段", remedy)])
    numbers = numbers_on(parameter(_period_law(period)), days)
    if period in _SHARED:
        # a share of the steps, rounded up: 60 % of 31 days is 18.6, so 19 values are needed
        numbers = np.ceil(without_noise(numbers * steps))
    return numbers.astype(np.int64)


def _decimals(rows: Sequence[Mapping[str, str]], item: str, use: str) -> int:
    cells = {row["item"]: row for row in rows}
    cell = cells.get(item, {}).get(use, "")
    if not cell:
        problem = InputProblem(
            -1, "项目", item, f"没有 {use} 的修约位数", "请自行修约或换用其他用途"
        )
        raise InputRefusedError([problem])
    return int(cell)
