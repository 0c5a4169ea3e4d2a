"""Months, quarters and years of daily values: means, and whether there were enough days.

    >>> days = np.datetime64("2024-02-01", "D") + np.arange(29)
    >>> values = np.where(np.arange(29) < 25, 30.0, np.nan)      # 25 days: just enough in February
    >>> period_means(values, days, "PM25", period="month").values
    array([30.])

Period means are arithmetic means of daily means, never of hours. A year needs 324 valid days and 27
in each month (25 in February); TSP, BaP and Pb need 60 and 5; a quarter of Pb 15 and 5. For other
quarters and for half-years nothing is printed: here each of their months must be valid. In
``year_to_date`` only the months already over are asked.

It refuses to guess at calendar gaps: a day without a row is a missing day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.air.law import Law, Place, governing, place_of
from zhihuan.standards.air.means import minimum
from zhihuan.standards.air.plausible import refuse_bad_series
from zhihuan.standards.air.reporting import name_of, reported, unit_of
from zhihuan.standards.dated import Days, When, as_days
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.errors import InputProblem, InputRefusedError

__all__ = [
    "PERIODS",
    "DayCounts",
    "PeriodMeans",
    "Slices",
    "day_counts",
    "period_means",
    "slices_of",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]

_MONTHS_IN = {"month": 1, "quarter": 3, "half_year": 6, "year": 12, "year_to_date": 12}
PERIODS = tuple(_MONTHS_IN)
_NAMES = {
    "month": "月",
    "quarter": "季",
    "half_year": "半年",
    "year": "年",
    "year_to_date": "年初至今",
}
_FEBRUARY = 1  # months counted from January = 0


@dataclass(frozen=True, slots=True)
class Slices:
    """How the days of a series fall into calendar months and periods.

    first_day, last_day: of each period, by the calendar (year_to_date: until the last day given),
    (periods,). months: first day of each calendar month of the periods, (months,); month_of: the
    period each month belongs to; rows: position of each month's first row and one more, (months+1,);
    over: whether a month lies within the series' reach and is to be asked for its minimum.
    """

    period: str
    first_day: Days
    last_day: Days
    months: NDArray[np.datetime64]
    month_of: Ints
    rows: Ints
    over: Bools

    @property
    def first_rows(self) -> Ints:
        """Position of each period's first row and one more, (periods+1,)."""
        firsts = np.flatnonzero(np.diff(self.month_of, prepend=-1))
        return np.append(self.rows[firsts], self.rows[-1])


def slices_of(days: When, period: str) -> Slices:
    """Cut days into periods: ``month quarter half_year year year_to_date``.

    days: strictly increasing calendar days, (days,). Raises InputRefusedError naming the row that
    is out of order; ValueError for an unknown period.
    """
    if period not in _MONTHS_IN:
        raise ValueError(f"period is {period!r}; choose one of: {', '.join(PERIODS)}")
    calendar = _in_order(as_days(days))
    size = _MONTHS_IN[period]
    touched = calendar.astype("datetime64[M]").astype(np.int64) // size
    blocks = np.unique(touched)
    months = (blocks[:, np.newaxis] * size + np.arange(size)).ravel().astype("datetime64[M]")
    rows = np.searchsorted(calendar, np.append(months, months[-1:] + 1).astype("datetime64[D]"))
    last_days = (months + 1).astype("datetime64[D]") - 1
    firsts, lasts = months[::size].astype("datetime64[D]"), last_days[size - 1 :: size]
    over = np.ones(months.shape, dtype=bool)
    if period == "year_to_date" and calendar.size:
        over = last_days <= calendar[-1]
        lasts = np.minimum(lasts, calendar[-1])
    month_of = np.repeat(np.arange(blocks.size), size)
    if not calendar.size:
        rows = np.zeros(1, dtype=np.intp)
    return Slices(period, firsts, lasts, months, month_of, rows, over)


@dataclass(frozen=True, slots=True)
class DayCounts:
    """Valid days of each period and whether they are enough.

    counts: valid days (..., periods); required: the printed minimum of the whole period, 0 where
    none is printed (periods,); short_months: months below their own minimum (..., periods);
    by_month: valid days (..., months), beside ``slices.months``; month_required: (months,).
    """

    slices: Slices
    pollutant: str
    counts: Ints
    required: Floats
    short_months: Ints
    by_month: Ints
    month_required: Floats
    laws: tuple[Law, Law, Law]

    @property
    def enough(self) -> Bools:
        """Where the period can be judged."""
        return np.asarray(
            (self.counts >= self.required) & (self.short_months == 0) & (self.counts > 0)
        )

    def facts(self, place: Place) -> tuple[Fact, ...]:
        """The counts as data of a derivation."""
        months = self._short(place)
        return (
            Fact("有效日均值数", str(int(self.counts[place])), "天"),
            Fact("不足最少天数的月份", "、".join(months) or "无"),
        )

    def step(self, place: Place) -> Step:
        """The test of validity as a step of a derivation."""
        count, needed = int(self.counts[place]), self.required[place[-1]]
        short = int(self.short_months[place])
        whole = (
            f"{count} {'≥' if count >= needed else '<'} {needed:g} 天" if needed else f"{count} 天"
        )
        how = f"{whole}；{short} 个月不足最少天数" if short else f"{whole}；各月均满足最少天数"
        return Step("数据有效性", how, "有效" if self.enough[place] else "无效", deciding=True)

    def _short(self, place: Place) -> list[str]:
        return [
            f"{self.slices.months[month]}（{count} 天，需 {self.month_required[month]:g}）"
            for month in np.flatnonzero(self.slices.month_of == place[-1]).tolist()
            if self.slices.over[month]
            and (count := int(self.by_month[(*place[:-1], month)])) < self.month_required[month]
        ]


def day_counts(
    daily: ArrayLike, slices: Slices, pollutant: str, *, edition: str | None = None
) -> DayCounts:
    """Count the valid days of each period and hold them against the minima.

    daily: (..., days), NaN where a day is missing or invalid.
    Source: GB 3095-2012 and GB 3095-2026, table 4; for CO and O3 HJ 663-2013 (second hand).
    """
    known = ~np.isnan(np.asarray(daily, dtype=np.float64))
    month_law, february_law = (
        _law(name, slices.months.astype("datetime64[D]"), edition)
        for name in ("air/validity/days_per_month", "air/validity/days_per_february")
    )
    february = slices.months.astype(np.int64) % 12 == _FEBRUARY
    needed = np.where(february, minimum(february_law, pollutant), minimum(month_law, pollutant))
    by_month = _added(known, slices.rows)
    short = by_month < np.where(slices.over, needed, 0)
    period_law, required = _period_minimum(slices, pollutant, edition)
    return DayCounts(
        slices,
        pollutant,
        _grouped(by_month, slices),
        required,
        _grouped(short.astype(np.intp), slices),
        by_month,
        needed,
        (period_law, month_law, february_law),
    )


@dataclass(frozen=True, slots=True)
class PeriodMeans:
    """Means of daily values over calendar periods.

    values: [µg/m³; CO mg/m³], unrounded, NaN where days were too few, (..., periods); unjudged: the
    mean of what there was; days: the counts behind it.
    """

    values: Floats
    unjudged: Floats
    days: DayCounts
    pollutant: str

    @property
    def first_day(self) -> Days:
        """First calendar day of each period."""
        return self.days.slices.first_day

    @property
    def last_day(self) -> Days:
        """Last calendar day of each period."""
        return self.days.slices.last_day

    def derivation(self, index: int | Place) -> Derivation:
        """The reasons of the mean at ``index`` (its last part is the period)."""
        place = place_of(index)
        slices, name = self.days.slices, name_of(self.pollutant)
        mean, unit = float(self.unjudged[place]), unit_of(self.pollutant)
        edition = self.days.laws[0].edition_at(place[-1:]).name
        shown = float(reported(mean, self.pollutant, edition=edition))
        span = f"{slices.first_day[place[-1]]} 至 {slices.last_day[place[-1]]}"
        enough = bool(self.days.enough[place])
        return Derivation(
            title=f"{name} {_NAMES[slices.period]}平均（{span}）",
            conclusion=f"{shown:g} {unit}" if enough else "有效数据不足，不予评价",
            basis=self._basis(place[-1]),
            facts=self.days.facts(place),
            steps=(
                self.days.step(place),
                Step(
                    "算术平均",
                    f"{int(self.days.counts[place])} 个日均值的平均 = {mean:.6g}",
                    f"{shown:g} {unit}",
                    rounding="报告值按 GB/T 8170 修约，计算中不修约",
                ),
            ),
        )

    def _basis(self, period: int) -> tuple[Basis, ...]:
        month = int(np.flatnonzero(self.days.slices.month_of == period)[-1])
        whole, monthly, _ = self.days.laws
        return (whole.basis_at((period,)), monthly.basis_at((month,)))


def period_means(  # noqa: PLR0913 - the last two are switches
    daily: ArrayLike,
    days: When,
    pollutant: str,
    *,
    period: str,
    edition: str | None = None,
    checked: bool = True,
) -> PeriodMeans:
    """Means of months, quarters, half-years or years from daily means.

    daily: (..., days) [µg/m³; CO mg/m³], unrounded daily means, NaN missing or invalid. days:
    (days,), strictly increasing. period: one of ``PERIODS``. Each period is judged by the edition
    of its last day, each month by that of its first. Returns ``PeriodMeans`` (..., periods).
    Raises InputRefusedError, OutsideEditionsError, UnknownEditionError, ValueError.
    Source: GB 3095-2012 and GB 3095-2026, 3.10–3.13 and table 4. Nothing is rounded.
    """
    values, calendar = decimal_floats(daily), np.atleast_1d(as_days(days))
    refuse_unequal(values, calendar)
    slices = slices_of(calendar, period)
    if checked:
        refuse_bad_series({pollutant: values})
    counted = day_counts(values, slices, pollutant, edition=edition)
    sums = _grouped(_added(np.where(np.isnan(values), 0.0, values), slices.rows), slices)
    with np.errstate(invalid="ignore", divide="ignore"):
        unjudged = sums / counted.counts
    return PeriodMeans(np.where(counted.enough, unjudged, np.nan), unjudged, counted, pollutant)


def _law(name: str, days: Days, edition: str | None) -> Law:
    return governing(name, decides=_DECIDES[name], on=days, edition=edition)


_DECIDES = {
    "air/validity/days_per_month": "每月最少有效天数",
    "air/validity/days_per_february": "二月最少有效天数",
    "air/validity/days_per_quarter": "季均值的有效性",
    "air/validity/days_per_year": "年均值的有效性",
}


def _period_minimum(slices: Slices, pollutant: str, edition: str | None) -> tuple[Law, Floats]:
    name = {"quarter": "air/validity/days_per_quarter", "year": "air/validity/days_per_year"}.get(
        slices.period, "air/validity/days_per_month"
    )
    law = _law(name, slices.last_day, edition)
    if slices.period == "year":
        return law, minimum(law, pollutant)
    if slices.period == "quarter":
        return law, law.numbers(lambda found: _printed(found.table, pollutant))
    return law, np.zeros(slices.last_day.shape)


def _printed(table: Mapping[str, object], pollutant: str) -> float:
    return float(str(table.get(pollutant, 0)))


def _added(values: NDArray[Any], rows: Ints) -> NDArray[Any]:
    """Sums over the rows of each month; months without rows are zero."""
    kind = np.intp if values.dtype == bool else np.float64
    sums = np.zeros((*values.shape[:-1], len(rows) - 1), dtype=kind)
    filled = np.flatnonzero(np.diff(rows))
    if filled.size:
        sums[..., filled] = np.add.reduceat(values, rows[filled], axis=-1, dtype=kind)
    return sums


def _grouped(by_month: NDArray[Any], slices: Slices) -> NDArray[Any]:
    size = _MONTHS_IN[slices.period]
    folded = by_month.reshape(*by_month.shape[:-1], len(slices.first_day), size)
    return np.asarray(folded.sum(axis=-1))


def _in_order(days: Days) -> Days:
    calendar = np.atleast_1d(days)
    steps = np.diff(calendar).astype(np.int64)
    if calendar.ndim != 1 or (steps <= 0).any():
        row = int(np.argmax(steps <= 0)) + 1 if calendar.ndim == 1 else -1
        problem = "日期重复" if row > 0 and steps[row - 1] == 0 else "日期早于上一行"
        raise InputRefusedError(
            [InputProblem(row, "日期", str(calendar[row]), problem, "每天一行，按日期升序排列")]
        )
    return calendar


def refuse_unequal(daily: Floats, calendar: Days) -> None:
    """Raise InputRefusedError when the last axis does not hold one value for each day."""
    if daily.shape[-1:] != calendar.shape:
        shown = f"{calendar.shape}，数值 {daily.shape}"
        problem = "日期与日均值的个数不一致"
        raise InputRefusedError(
            [InputProblem(-1, "日期", shown, problem, "每个日期对应一个日均值")]
        )
