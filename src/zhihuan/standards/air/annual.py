"""Evaluation of a year: which items meet their limits, by how much others do not, the city's verdict.

    found = evaluate_annual({"SO2": …, "NO2": …, "PM10": …, "PM25": …, "CO": …, "O3": …}, days)
    found.attained             # 1, 0, or -1 where it cannot be judged
    print(found.derivation(0).text())

A pollutant attains when both its mean and its percentile do (CO and O3: the percentile). A city
attains when all six pollutants do; one that fails is enough for "not attained", even when others
lack data. The exceedance multiple is (C − S)/S. It refuses to call a missing pollutant compliant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.air.good_days import day_ratio
from zhihuan.standards.air.law import Law, Place, governing, place_of
from zhihuan.standards.air.limits import limit
from zhihuan.standards.air.period_statistics import PeriodStatistics, Statistic, period_statistics
from zhihuan.standards.air.reporting import POLLUTANTS, name_of, reported, round_reported, unit_of
from zhihuan.standards.dated import When, as_days
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.derivation import Derivation, Fact, Step

__all__ = [
    "AnnualEvaluation",
    "DayAttainment",
    "JudgedItem",
    "day_attainment",
    "evaluate_annual",
    "evaluate_statistics",
    "exceedance_multiple",
    "three_year_means",
]

Floats = NDArray[np.float64]
Verdicts = NDArray[np.int8]
_LIMITS = "air/limits"
_DECIMALS = "air/evaluation/exceedance_decimals"
_YEARS = "air/evaluation/attainment_years"
_DAILY_COLUMN = {"O3": "mda8"}
_SOME_DAY = np.datetime64("2013-10-01", "D")  # no day, no ratio: any edition says so
_WORDS = {1: "达标", 0: "不达标", -1: "无法判定"}


@dataclass(frozen=True, slots=True)
class JudgedItem:
    """One item against its limit, (..., periods).

    limits: (periods,) [µg/m³; CO mg/m³]; attained: 1, 0, -1 where it cannot be judged; multiple:
    reported exceedance multiple, 0 where attained, NaN where it cannot be judged.
    """

    statistic: Statistic
    limits: Floats
    attained: Verdicts
    multiple: Floats

    def step(self, place: Place) -> Step:
        """The comparison as a step of a derivation."""
        name, verdict = self.statistic.item.name, int(self.attained[place])
        if verdict < 0:
            return Step(f"{name} 与限值比较", "无报告值", "无法判定")
        value, limit = float(self.statistic.reported[place]), float(self.limits[place[-1]])
        sign = "≤" if verdict else ">"
        how = f"{value:g} {sign} {limit:g} {unit_of(self.statistic.item.pollutant)}"
        if verdict:
            return Step(f"{name} 与限值比较", how, "达标")
        multiple = float(self.multiple[place])
        how += f"，({value:g}−{limit:g})÷{limit:g}"
        return Step(
            f"{name} 与限值比较",
            how,
            f"超标 {multiple:.2f} 倍",
            rounding="GB/T 8170，2 位小数",
            deciding=True,
        )


@dataclass(frozen=True, slots=True)
class AnnualEvaluation:
    """The verdict on each place and period, (..., periods).

    items: every item judged; pollutant_attained: pollutant to 1, 0, -1; attained: of the city.
    """

    statistics: PeriodStatistics
    items: tuple[JudgedItem, ...]
    pollutant_attained: Mapping[str, Verdicts]
    attained: Verdicts
    area_class: int
    laws: tuple[Law, ...]

    def derivation(self, index: int | Place) -> Derivation:
        """The reasons of the verdict at ``index`` (its last part is the period)."""
        place = place_of(index)
        period = place[-1:]
        slices = self.statistics.slices
        span = f"{slices.first_day[period[0]]} 至 {slices.last_day[period[0]]}"
        failing = [n for n, v in self.pollutant_attained.items() if v[place] == 0]
        lacking = [n for n, v in self.pollutant_attained.items() if v[place] < 0]
        words = _WORDS[int(self.attained[place])]
        named = f"：{'、'.join(map(name_of, failing))}超标" if failing else ""
        counts = self.items[0].statistic.days.laws if self.items else ()
        return Derivation(
            title=f"环境空气质量评价（{span}，{'一二'[self.area_class - 1]}级标准）",
            conclusion=words + named,
            basis=(*(law.basis_at(period) for law in self.laws + counts[:1]),),
            facts=tuple(self._facts(place)),
            steps=tuple(
                step
                for item in self.items
                for step in (item.statistic.step(place), item.step(place))
            ),
            cautions=tuple(f"{name_of(n)} 无有效统计值" for n in lacking),
        )

    def _facts(self, place: Place) -> list[Fact]:
        counted = {item.statistic.item.pollutant: item.statistic.days for item in self.items}
        return [
            Fact(f"{name_of(name)} {fact.name}", fact.value, fact.unit)
            for name, days in counted.items()
            for fact in days.facts(place)
        ]


def evaluate_annual(  # noqa: PLR0913 - the standard's choices, all named
    daily: Mapping[str, ArrayLike],
    days: When,
    *,
    area_class: int = 2,
    period: str = "year",
    edition: str | None = None,
    limits_edition: str | None = None,
    checked: bool = True,
) -> AnnualEvaluation:
    """Evaluate years (or other periods) of daily values against the limits of GB 3095.

    daily, days, period, edition, checked: as ``period_statistics``. area_class: 1 or 2, of the
    functional zone. limits_edition: forces the limits' edition (``GB 3095-2012``). A year that
    saw the law change is judged by the edition of its last day.
    Returns ``AnnualEvaluation`` (..., periods). Raises as ``period_statistics``.
    Source: HJ 663-2013 (in force 2013-10-01 to 2026-02-28; second hand); HJ 663-2026 is taken to
    keep its rules (unconfirmed). Limits: GB 3095, table 1. Rounding: reported figures are
    compared; multiples to 2 decimals.
    """
    statistics = period_statistics(daily, days, period=period, edition=edition, checked=checked)
    return evaluate_statistics(
        statistics, area_class=area_class, edition=edition, limits_edition=limits_edition
    )


def evaluate_statistics(
    statistics: PeriodStatistics,
    *,
    area_class: int = 2,
    edition: str | None = None,
    limits_edition: str | None = None,
) -> AnnualEvaluation:
    """Judge statistics that were reckoned before. As ``evaluate_annual``."""
    if area_class not in {1, 2}:
        raise ValueError(f"area_class is {area_class}; GB 3095 knows 1 and 2")
    on = statistics.last_day
    limits = governing(_LIMITS, decides="浓度限值", on=on, edition=limits_edition)
    digits = governing(_DECIMALS, decides="超标倍数修约位数", on=on, edition=edition)
    years = governing(_YEARS, decides="达标判定年数", on=on, edition=edition)
    bounds = partial(limit, on=on, edition=limits_edition, area_class=area_class)
    judged = tuple(_judged(found, bounds, digits, statistics.shape) for found in statistics.items)
    by_pollutant = {name: _pollutant(judged, name, statistics.shape) for name in POLLUTANTS}
    attained = _all_of(list(by_pollutant.values()))
    laws = (*statistics.laws, limits, digits, years)
    return AnnualEvaluation(statistics, judged, by_pollutant, attained, area_class, laws)


def exceedance_multiple(values: ArrayLike, limits: ArrayLike, *, decimals: int = 2) -> Floats:
    """Exceedance multiple B = (C − S)/S; 0 where the limit is met, NaN where a value is missing.

    >>> exceedance_multiple([45, 35, 20], 35)
    array([0.29, 0.  , 0.  ])

    values, limits: reported concentrations and limits in one unit, that broadcast.
    Source: HJ 663-2013 (second hand). Rounding: 2 decimals, GB/T 8170.
    """
    figures, bounds = decimal_floats(values), decimal_floats(limits)
    return round_reported(np.maximum((figures - bounds) / bounds, 0.0), decimals)


def three_year_means(annual: ArrayLike) -> Floats:
    """Means of each year and the two before it, along the last axis; NaN for the first two.

    annual: (..., years), any unit. One missing year leaves the three years' mean missing.
    HJ 663-2026 brings a three-year moving average into attainment; its details are UNCONFIRMED, so
    nothing here uses it by itself. Nothing is rounded.

    >>> three_year_means([30.0, 33.0, 36.0, 30.0])
    array([nan, nan, 33., 33.])
    """
    values = np.atleast_1d(decimal_floats(annual))
    means = np.full(values.shape, np.nan)
    means[..., 2:] = (values[..., 2:] + values[..., 1:-1] + values[..., :-2]) / 3.0
    return means


@dataclass(frozen=True, slots=True)
class DayAttainment:
    """Days of one pollutant that met the daily limit, along the last axis.

    attained, valid: counts; ratio_percent: reported D = attained ÷ valid × 100 %; exceeds: each
    day's verdict, 1 exceeds, 0 meets, -1 no valid value (..., days).
    """

    attained: NDArray[np.intp]
    valid: NDArray[np.intp]
    ratio_percent: Floats
    exceeds: Verdicts


def day_attainment(
    daily: ArrayLike,
    days: When,
    pollutant: str,
    *,
    area_class: int = 2,
    limits_edition: str | None = None,
) -> DayAttainment:
    """How many valid days met the pollutant's daily limit, each by the limit of its own day.

    daily: (..., days) [µg/m³; CO mg/m³], unrounded; O3: MDA8. days: (days,).
    Source: HJ 663-2013, attainment ratio (second hand); GB 3095, table 1. Rounding: the daily
    value as reported is compared; the ratio has 1 decimal.
    """
    column = _DAILY_COLUMN.get(pollutant, "24h")
    limits = limit(pollutant, column, on=days, edition=limits_edition, area_class=area_class)
    figures = reported(daily, pollutant, on=days)
    valid = ~np.isnan(figures)
    over = figures > limits
    counted, met = np.asarray(valid.sum(axis=-1)), np.asarray((valid & ~over).sum(axis=-1))
    calendar = as_days(days)
    last = calendar.max() if calendar.size else _SOME_DAY
    ratio = day_ratio(met, counted, on=last)
    return DayAttainment(met, counted, ratio, np.where(valid, over, -1).astype(np.int8))


def _judged(
    found: Statistic,
    bounds: Callable[[str, str], Floats],
    digits: Law,
    shape: tuple[int, ...],
) -> JudgedItem:
    item = found.item
    limits = bounds(item.pollutant, item.limit_averaging)
    figures = np.broadcast_to(found.reported, shape)
    attained = np.where(np.isnan(figures), -1, figures <= limits).astype(np.int8)
    multiple = np.full(shape, np.nan)
    for span in digits.spans:
        part = figures[..., span.where]
        multiple[..., span.where] = exceedance_multiple(
            part, limits[span.where], decimals=int(span.edition.number)
        )
    return JudgedItem(found, limits, attained, multiple)


def _pollutant(judged: tuple[JudgedItem, ...], name: str, shape: tuple[int, ...]) -> Verdicts:
    mine = [item.attained for item in judged if item.statistic.item.pollutant == name]
    return _all_of(mine) if mine else np.full(shape, -1, dtype=np.int8)


def _all_of(verdicts: list[Verdicts]) -> Verdicts:
    """0 where any is 0, else -1 where any is -1, else 1."""
    table = np.stack(verdicts)
    failing, unknown = (table == 0).any(axis=0), (table < 0).any(axis=0)
    return np.where(failing, 0, np.where(unknown, -1, 1)).astype(np.int8)
