"""Trends over years: Spearman's rank correlation, as HJ 663 has it.

    >>> from datetime import date
    >>> found = trend([47, 40, 38, 35, 33, 30], on=date(2024, 12, 31))
    >>> float(found.coefficient), found.words()
    (-1.0, '显著下降')

r = 1 − 6·Σd² ÷ (n³ − n), d being the rank of the value minus the rank of the year. A trend is
significant where |r| reaches the critical value of n years at level 0.05. Nothing is printed about
equal values: they share the mean of their ranks, and r is then the correlation of the ranks, which is
the printed formula where none are equal and 0 where all are (the printed one would give a constant
series 0.5, "rising"). It refuses series of fewer than five years, and years with a gap.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.air.law import Law, Place, governing, place_of
from zhihuan.standards.dated import When
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.derivation import Derivation, Fact, Step
from zhihuan.standards.parameters import Edition
from zhihuan.standards.rounding import round_half_even_array

__all__ = ["Trend", "trend"]

Floats = NDArray[np.float64]
_YEARS = "air/evaluation/trend_years"
_TABLE_DECIMALS = 3
_CRITICAL = "air/evaluation/trend_critical_values"


@dataclass(frozen=True, slots=True)
class Trend:
    """Rank correlation of a series of years.

    coefficient: r (...), NaN where there are too few years or one is missing; critical: the value
    |r| must reach, NaN with too few years; significant: whether it does; years: their number n;
    squares: Σd²; ties: Σ(t³−t) over groups of t equal values.
    """

    coefficient: Floats
    critical: float
    significant: NDArray[np.bool_]
    years: int
    squares: Floats
    ties: Floats
    laws: tuple[Law, Law]

    def words(self, index: int | Place = ()) -> str:
        """The trend at ``index`` in words."""
        place = place_of(index)
        r = float(self.coefficient[place])
        if np.isnan(r):
            return "年数不足或缺年，不作趋势评价"
        if not r:
            return "无变化趋势"
        way = "上升" if r > 0 else "下降"
        return f"显著{way}" if self.significant[place] else f"有{way}趋势，但不显著"

    def derivation(self, index: int | Place = ()) -> Derivation:
        """The reasons of the trend at ``index``."""
        place, n = place_of(index), self.years
        r = float(self.coefficient[place])
        steps: tuple[Step, ...] = ()
        if not np.isnan(r):
            how = _formula(n, float(self.squares[place]), float(self.ties[place]))
            sign = "≥" if self.significant[place] else "<"
            steps = (
                Step("秩相关系数", how, f"{r:.3f}"),
                Step(
                    "显著性",
                    f"|{r:.3f}| {sign} {self.critical:.3f}",
                    self.words(place),
                    deciding=True,
                ),
            )
        return Derivation(
            title="变化趋势（Spearman 秩相关系数法）",
            conclusion=self.words(place),
            basis=tuple(law.basis_at(()) for law in self.laws),
            facts=(Fact("年数", str(n), "年"),),
            steps=steps,
        )


def trend(annual: ArrayLike, *, on: When | None = None, edition: str | None = None) -> Trend:
    """Rank correlation of consecutive years, and whether it is significant at level 0.05.

    annual: (..., years), reported annual statistics of consecutive years, any unit. A missing year
    leaves that series unjudged. on: last day of the last year. Returns ``Trend`` (...).
    Source: HJ 663-2013 (second hand): at least 5 years; critical values from memory (UNCONFIRMED).
    Rounding: |r| to the three decimals of the table before it is compared (0.8286 reaches 0.829).
    """
    series = np.atleast_1d(decimal_floats(annual))
    n = series.shape[-1]
    laws = (
        governing(_YEARS, decides="趋势评价的最少年数", on=on, edition=edition),
        governing(_CRITICAL, decides="秩相关系数临界值", on=on, edition=edition),
    )
    ranks, ties = _ranks(series)
    squares = np.asarray(((ranks - np.arange(1, n + 1)) ** 2).sum(axis=-1))
    enough = n >= laws[0].spans[0].edition.number
    judged = enough & ~np.isnan(series).any(axis=-1)
    r = np.where(judged, _correlation(n, squares, ties), np.nan)
    critical = _critical(laws[1].spans[0].edition, n) if enough else np.nan
    reached = round_half_even_array(np.abs(r), _TABLE_DECIMALS) >= critical
    return Trend(r, critical, reached, n, squares, ties, laws)


def _ranks(series: Floats) -> tuple[Floats, Floats]:
    """Ranks from 1, equals sharing the mean of theirs: how many are smaller, and half the equal;
    and Σ(t³−t), to which each of t equal values adds t²−1."""
    mine, others = series[..., :, np.newaxis], series[..., np.newaxis, :]
    smaller, equal = (others < mine).sum(axis=-1), (others == mine).sum(axis=-1)
    ties = np.where(equal, equal**2 - 1.0, 0.0).sum(axis=-1)
    return np.asarray(smaller + (equal + 1) / 2), np.asarray(ties)


def _correlation(n: int, squares: Floats, ties: Floats) -> Floats:
    """Of the ranks with 1 … n: their deviations square to A = (n³−n)/12, and to B = A − Σ(t³−t)/12
    with ties; r = (A + B − Σd²) ÷ 2√(A·B), without ties 1 − 6·Σd²/(n³−n). Constant ranks have none."""
    full = float(max(n**3 - n, 1))
    tied = full - ties
    with np.errstate(divide="ignore", invalid="ignore"):
        r = (full + tied - 12.0 * squares) / (2.0 * np.sqrt(full * tied))
    return np.asarray(np.where(ties == 0, 1.0 - 6.0 * squares / full, np.where(tied > 0, r, 0.0)))


def _formula(n: int, squares: float, ties: float) -> str:
    if not ties:
        return f"1−6×{squares:g}÷({n}³−{n})"
    if ties == n**3 - n:
        return "各年数值全部相等"
    full = f"({n}³−{n})"
    return f"有相等数值：({full}+({full}−{ties:g})−12×{squares:g})÷2√({full}×({full}−{ties:g}))"


def _critical(edition: Edition, years: int) -> float:
    fitting = [row for row in edition.rows if int(row["years"]) <= years]
    return float(fitting[-1]["critical"])
