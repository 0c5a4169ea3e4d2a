"""Percentiles of daily values by HJ 663, appendix A.

    >>> percentile(range(1, 366), 90, edition="HJ 663-2013").values
    array(328.6)

The n valid values are sorted ascending; k = 1 + (n − 1)·p, s = ⌊k⌋, and the percentile lies
between the s-th and the next value: X(s) + (X(s+1) − X(s))·(k − s). k is reckoned in whole
numbers, so 0.95 × 20 is nineteen and not a hair less. It refuses to judge: whether there were
enough days, and whether the result meets a limit, is said in ``annual``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.air.law import Law, Place, governing, place_of
from zhihuan.standards.dated import When
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.derivation import Derivation, Fact, Step

__all__ = ["Percentiles", "percentile"]

Floats = NDArray[np.float64]
_METHOD = "air/evaluation/percentile_method"


@dataclass(frozen=True, slots=True)
class Percentiles:
    """Percentiles along one axis, and what they were interpolated between.

    values: NaN where no value was valid; counts: valid values n; below, above: X(s) and X(s+1);
    percent: p [%].
    """

    values: Floats
    counts: NDArray[np.intp]
    below: Floats
    above: Floats
    percent: Fraction
    law: Law

    def step(self, index: int | Place = ()) -> Step:
        """The interpolation of one element as a step of a derivation."""
        place = place_of(index)
        n, p = int(self.counts[place]), f"{float(self.percent):g}"
        if not n:
            return Step(f"第 {p} 百分位数", "没有有效数据", "无法计算")
        rank = 1 + (n - 1) * self.percent / 100
        low, high = float(self.below[place]), float(self.above[place])
        s, rest = int(rank), float(rank - int(rank))
        how = (
            f"k = 1+({n}−1)×{p}% = {float(rank):g}，X({s}) = {low:g}，X({min(s + 1, n)}) = {high:g}，"
            f"{low:g}+({high:g}−{low:g})×{rest:g}"
        )
        return Step(f"第 {p} 百分位数", how, f"{float(self.values[place]):.10g}")

    def derivation(self, index: int | Place = ()) -> Derivation:
        """The reasons of the percentile at ``index``."""
        place, step = place_of(index), self.step(index)
        return Derivation(
            title="百分位数",
            conclusion=f"{step.what}：{step.result}",
            basis=(self.law.basis_at(place),),
            facts=(Fact("有效数据个数", str(int(self.counts[place]))),),
            steps=(step,),
        )


def percentile(  # noqa: PLR0913 - two of them choose the edition
    values: ArrayLike,
    percent: float | Fraction,
    *,
    axis: int = -1,
    decimals: int | None = None,
    on: When | None = None,
    edition: str | None = None,
) -> Percentiles:
    """The percentile of the valid values along an axis, by HJ 663 appendix A.

    values: any unit, any shape (a scalar is a series of one); NaN is left out. percent: p [%], from 0 to 100. decimals: how many
    the values have, when they are reported figures; then the result is the float nearest to the
    exact decimal one, and a tie in its rounding is a real tie. on or edition: which law.
    Returns ``Percentiles`` in the shape without the axis; NaN where nothing was valid.
    Raises ValueError when percent is outside 0–100.
    Source: HJ 663-2013, appendix A (in force 2013-10-01 to 2026-02-28; second hand); HJ 663-2026
    is taken to be the same (unconfirmed). Nothing is rounded.
    """
    law = governing(_METHOD, decides="百分位数算法", on=on, edition=edition)
    share = percent if isinstance(percent, Fraction) else Fraction(str(percent))
    if not 0 <= share <= 100:
        raise ValueError(f"percent is {percent}; give a number from 0 to 100, 90 for the P90")
    series = np.atleast_1d(decimal_floats(values))
    ordered = np.sort(np.moveaxis(series, axis, -1), axis=-1)
    counts = np.asarray(np.count_nonzero(~np.isnan(ordered), axis=-1), dtype=np.intp)
    whole, rest, denominator = _rank(counts, share)
    below, above = _at(ordered, whole), _at(ordered, np.minimum(whole + 1, counts - 1))
    found = _between(below, above, rest, denominator, decimals)
    return Percentiles(found, counts, below, above, share, law)


def _rank(
    counts: NDArray[np.intp], share: Fraction
) -> tuple[NDArray[np.intp], NDArray[np.intp], int]:
    """(n − 1)·p as a whole part, and a rest over a common denominator."""
    denominator = 100 * share.denominator
    steps = np.maximum(counts - 1, 0) * share.numerator
    return steps // denominator, steps % denominator, denominator


def _at(ordered: Floats, places: NDArray[np.intp]) -> Floats:
    if not ordered.shape[-1]:
        return np.full(places.shape, np.nan)
    inside = np.maximum(places, 0)[..., np.newaxis]
    return np.asarray(np.take_along_axis(ordered, inside, axis=-1)[..., 0])


def _between(
    below: Floats, above: Floats, rest: NDArray[np.intp], denominator: int, decimals: int | None
) -> Floats:
    if decimals is None:
        return np.asarray(below + (above - below) * (rest / denominator))
    scale = 10.0**decimals  # in whole numbers up to the one division
    low, high = np.rint(below * scale), np.rint(above * scale)
    return np.asarray((low * denominator + (high - low) * rest) / (denominator * scale))
