"""The composite index of ambient air, by which cities are ranked.

    >>> from datetime import date
    >>> half_year = {"SO2": 5, "NO2": 22, "PM10": 33, "PM25": 20, "CO": 0.8, "O3": 133}
    >>> composite_index(half_year, on=date(2024, 6, 30)).composite
    array(2.7)

Each pollutant's single index is its reported statistic over a limit: the period's mean for SO2,
NO2, PM10 and PM2.5, the P95 of days for CO, the P90 of MDA8 for O3. Month, quarter and year use
the same limits. Each single index is rounded to two decimals first and then added: that reproduces
what is published. ``appendix_c_index`` is the other reading, by HJ 663 appendix C.

It refuses to add up fewer than six pollutants: one missing leaves the composite index missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.air.law import Law, Place, governing, place_of
from zhihuan.standards.air.plausible import refuse_bad_series
from zhihuan.standards.air.reporting import POLLUTANTS, name_of, round_reported, unit_of
from zhihuan.standards.dated import When
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.derivation import Derivation, Fact, Step
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.parameters import Edition

__all__ = ["CompositeIndex", "appendix_c_index", "composite_index"]

Floats = NDArray[np.float64]

_LIMITS = "air/ranking/index_limits"
_WEIGHTS = {
    "plain": "air/ranking/index_weights",
    "alternative": "air/ranking/index_weights_alternative",
}
_ROUNDING = "air/ranking/index_rounding"
_DAILY_LIMITS = "air/ranking/appendix_c_daily_limits"
_STATISTIC = {"CO": "日均值第95百分位数", "O3": "日最大8小时平均第90百分位数"}


@dataclass(frozen=True, slots=True)
class CompositeIndex:
    """Single indices and their sum, for any number of cities and periods.

    pollutants: the order of the first axis of ``single``, ``concentrations`` and ``limits``.
    single: reported single indices (6, ...); composite: reported sum (...), NaN where a pollutant
    is missing; largest: position of the pollutant with the largest single index, -1 where none.
    """

    pollutants: tuple[str, ...]
    concentrations: Floats
    limits: Floats
    weights: Floats
    single: Floats
    composite: Floats
    largest: NDArray[np.intp]
    laws: tuple[Law, ...]
    by_percentile: NDArray[np.bool_]

    def derivation(self, index: int | Place = ()) -> Derivation:
        """The reasons of the composite index at ``index``."""
        place = place_of(index)
        value = float(self.composite[place])
        order = str(self.laws[2].edition_at(place).table["order"])
        return Derivation(
            title="环境空气质量综合指数",
            conclusion="缺少项目，不能计算综合指数" if np.isnan(value) else f"综合指数 {value:.2f}",
            basis=tuple(law.basis_at(place) for law in self.laws),
            facts=tuple(self._fact(row, place) for row in range(len(self.pollutants))),
            steps=(*self._single_steps(place), self._sum_step(place, order)),
        )

    def _fact(self, row: int, place: Place) -> Fact:
        pollutant, value = self.pollutants[row], self.concentrations[(row, *place)]
        what = _STATISTIC.get(pollutant, "平均浓度")
        if self.by_percentile[(row, *place)]:
            what = "日均值特定百分位数"
        text = "缺" if np.isnan(value) else f"{value:g}"
        return Fact(f"{name_of(pollutant)} {what}", text, unit_of(pollutant))

    def _single_steps(self, place: Place) -> tuple[Step, ...]:
        return tuple(
            Step(
                f"{name_of(self.pollutants[row])} 单项指数",
                f"{self.concentrations[(row, *place)]:g}÷{self.limits[(row, *place)]:g}",
                f"{self.single[(row, *place)]:.2f}",
                rounding="GB/T 8170，2 位小数",
                deciding=row == self.largest[place],
            )
            for row in range(len(self.pollutants))
            if not np.isnan(self.concentrations[(row, *place)])
        )

    def _sum_step(self, place: Place, order: str) -> Step:
        terms = [
            f"{self.single[(row, *place)]:.2f}" + (f"×{weight:g}" if weight != 1 else "")
            for row, weight in enumerate(np.moveaxis(self.weights, 0, -1)[place].tolist())
        ]
        words = {"single_first": "先修约各单项再相加", "sum_first": "相加后修约"}[order]
        value = float(self.composite[place])
        result = "缺" if np.isnan(value) else f"{value:.2f}"
        return Step("综合指数", "+".join(terms), result, rounding=words)


def composite_index(
    concentrations: Mapping[str, ArrayLike],
    *,
    on: When | None = None,
    edition: str | None = None,
    weights: str = "plain",
    checked: bool = True,
) -> CompositeIndex:
    """Single and composite index by the ranking rule.

    concentrations: reported statistics by pollutant [µg/m³; CO mg/m³], arrays that broadcast:
    SO2, NO2, PM10, PM25 the period's mean, CO the P95 of daily means, O3 the P90 of MDA8. NaN:
    missing. on: last day of the period, or days that broadcast to the result; edition forces one
    (``排名规则（GB 3095-2012 限值）``). weights: "plain", or "alternative" for the weighted sum that no
    official text confirms. checked: whether implausible values are refused.
    Raises InputRefusedError, OutsideEditionsError, UnknownEditionError.
    Source: 城市环境空气质量排名技术规定 (2018; second hand), limits of GB 3095 class 2; from 2026-03-01
    the denominators are unconfirmed. Rounding: single indices to 2 decimals, then the sum.
    """
    values = _stacked(concentrations, checked=checked)
    laws = _laws(on, edition, weights)
    limits = _by_pollutant(laws[0], values.shape)
    return _summed(values, limits, laws, np.zeros(values.shape, dtype=bool))


def appendix_c_index(
    concentrations: Mapping[str, ArrayLike],
    percentiles: Mapping[str, ArrayLike],
    *,
    on: When | None = None,
    edition: str | None = None,
    checked: bool = True,
) -> CompositeIndex:
    """Single and composite index by HJ 663 appendix C (informative): the larger of two ratios.

    As ``composite_index``; percentiles: of daily values of SO2 and NO2 (P98), PM10 and PM25 (P95).
    For these four the single index is the larger of mean over yearly limit and percentile over
    daily limit; a missing one of the two leaves the other to decide.
    Source: HJ 663-2013, appendix C (second hand).
    """
    values = _stacked(concentrations, checked=checked)
    if checked:
        refuse_bad_series(percentiles)
    laws = (*_laws(on, edition, "plain"), _law(_DAILY_LIMITS, "百分位数的分母", on, edition))
    limits, daily_limits = (_by_pollutant(law, values.shape) for law in (laws[0], laws[3]))
    days = np.stack([_row(percentiles, name, values.shape[1:]) for name in POLLUTANTS])
    with np.errstate(invalid="ignore"):
        larger = np.asarray(
            (days / daily_limits > values / limits) | (np.isnan(values) & ~np.isnan(days))
        )
    return _summed(
        np.where(larger, days, values), np.where(larger, daily_limits, limits), laws, larger
    )


def _stacked(concentrations: Mapping[str, ArrayLike], *, checked: bool) -> Floats:
    missing = [name for name in POLLUTANTS if name not in concentrations]
    if missing:
        raise InputRefusedError([_absent(name) for name in missing])
    if checked:
        refuse_bad_series({name: concentrations[name] for name in POLLUTANTS})
    rows = [decimal_floats(concentrations[name]) for name in POLLUTANTS]
    return np.stack(np.broadcast_arrays(*rows))


def _absent(pollutant: str) -> InputProblem:
    return InputProblem(
        -1, name_of(pollutant), "无", "综合指数需要六项污染物", "请补上该列；没有数据时整列留空"
    )


def _row(table: Mapping[str, ArrayLike], name: str, shape: tuple[int, ...]) -> Floats:
    return np.broadcast_to(np.asarray(table.get(name, np.nan), dtype=np.float64), shape)


def _law(name: str, decides: str, on: When | None, edition: str | None) -> Law:
    return governing(name, decides=decides, on=on, edition=edition)


def _laws(on: When | None, edition: str | None, weights: str) -> tuple[Law, ...]:
    if weights not in _WEIGHTS:
        raise ValueError(f"weights is {weights!r}; choose one of: {', '.join(_WEIGHTS)}")
    return (
        _law(_LIMITS, "单项指数的分母", on, edition),
        _law(_WEIGHTS[weights], "各项权重", on, edition),
        _law(_ROUNDING, "修约次序", on, edition),
    )


def _by_pollutant(law: Law, shape: tuple[int, ...]) -> Floats:
    """A table's numbers by pollutant, (6, ...); NaN where the table has none."""
    rows = [law.numbers(lambda edition, name=name: _number(edition, name)) for name in POLLUTANTS]  # type: ignore[misc]
    return np.stack([np.broadcast_to(row, shape[1:]) for row in rows])


def _number(edition: Edition, pollutant: str) -> float:
    return float(str(edition.table.get(pollutant, "nan")))


def _summed(
    values: Floats, limits: Floats, laws: tuple[Law, ...], by_percentile: NDArray[np.bool_]
) -> CompositeIndex:
    weights = _by_pollutant(laws[1], values.shape)
    exact = values / limits
    single, composite = np.full(values.shape, np.nan), np.full(values.shape[1:], np.nan)
    for span in laws[2].spans:
        where = np.broadcast_to(span.where, composite.shape)
        decimals = int(str(span.edition.table["decimals"]))
        sums = _ORDERS[str(span.edition.table["order"])]
        single[:, where] = round_reported(exact[:, where], decimals)
        composite[where] = sums(exact[:, where], weights[:, where], decimals)
    known = ~np.isnan(exact)
    largest = np.where(known.any(axis=0), np.argmax(np.where(known, exact, -np.inf), axis=0), -1)
    return CompositeIndex(
        POLLUTANTS, values, limits, weights, single, composite, largest, laws, by_percentile
    )


def _single_first(exact: Floats, weights: Floats, decimals: int) -> Floats:
    return round_reported((round_reported(exact, decimals) * weights).sum(axis=0), decimals)


def _sum_first(exact: Floats, weights: Floats, decimals: int) -> Floats:
    return round_reported((exact * weights).sum(axis=0), decimals)


_ORDERS: Mapping[str, Callable[[Floats, Floats, int], Floats]] = {
    "single_first": _single_first,
    "sum_first": _sum_first,
}
