"""The statistics by which a year is evaluated: means and percentiles of daily values.

    days = np.datetime64("2024-01-01", "D") + np.arange(366)
    found = period_statistics({"PM25": pm25, "O3": mda8}, days)
    found.figures("O3", "percentile")       # reported P90 of MDA8, (..., years)

Which statistics there are (mean and P98 for SO2 and NO2, mean and P95 for PM10 and PM2.5, P95 for
CO, P90 of MDA8 for O3) is read from the edition in force on the last day of each period. Daily
values go unrounded into means and rounded to their reporting decimals into percentiles; the order
is a dated parameter, because no text confirms it. It refuses periods with too few days: their
statistic is kept (``unjudged``), but not reported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.air.law import Law, Place, governing
from zhihuan.standards.air.percentiles import percentile
from zhihuan.standards.air.periods import (
    DayCounts,
    Slices,
    day_counts,
    refuse_unequal,
    slices_of,
)
from zhihuan.standards.air.plausible import refuse_bad_series
from zhihuan.standards.air.reporting import POLLUTANTS, decimals_law, name_of, reported, unit_of
from zhihuan.standards.dated import Days, When, as_days
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.derivation import Step
from zhihuan.standards.parameters import Edition

__all__ = ["Item", "PeriodStatistics", "Statistic", "items_of", "period_statistics"]

Floats = NDArray[np.float64]
_ITEMS = "air/evaluation/annual_items"
_DAILY_VALUES = "air/evaluation/daily_values"


@dataclass(frozen=True, slots=True)
class Item:
    """One evaluation item. statistic: ``mean`` or ``percentile``; percent: of the percentile, else
    None; limit_averaging: the column of the limits it is held against.
    """

    pollutant: str
    statistic: str
    percent: int | None
    limit_averaging: str

    @property
    def name(self) -> str:
        """How people call it: ``PM2.5 年平均``, ``O3 第90百分位数``."""
        what = f"第{self.percent}百分位数" if self.percent else "平均"
        return f"{name_of(self.pollutant)} {what}"


@dataclass(frozen=True, slots=True)
class Statistic:
    """One item over all periods: exact and reported, with the days behind it, (..., periods).

    unjudged: from what days there were; exact, reported: NaN where days were too few.
    """

    item: Item
    unjudged: Floats
    exact: Floats
    reported: Floats
    days: DayCounts

    def step(self, place: Place) -> Step:
        """How the figure came about, as a step of a derivation."""
        exact, shown = float(self.unjudged[place]), float(self.reported[place])
        unit = unit_of(self.item.pollutant)
        if np.isnan(shown):
            how = "没有有效数据" if np.isnan(exact) else f"{exact:.6g} {unit}，但有效天数不足"
            return Step(self.item.name, how, "不予评价")
        count = int(self.days.counts[place])
        return Step(
            self.item.name,
            f"{count} 个日值，得 {exact:.6g}",
            f"{shown:g} {unit}",
            rounding="GB/T 8170",
        )


@dataclass(frozen=True, slots=True)
class PeriodStatistics:
    """All items of the periods of one series of daily values.

    items: in the standard's order; slices: the periods; shape: of one statistic (..., periods).
    """

    items: tuple[Statistic, ...]
    slices: Slices
    shape: tuple[int, ...]
    laws: tuple[Law, ...]

    @property
    def first_day(self) -> Days:
        """First calendar day of each period."""
        return self.slices.first_day

    @property
    def last_day(self) -> Days:
        """Last calendar day of each period."""
        return self.slices.last_day

    def figures(self, pollutant: str, statistic: str = "mean") -> Floats:
        """Reported figures (..., periods); all NaN when the pollutant was not given."""
        for found in self.items:
            if (found.item.pollutant, found.item.statistic) == (pollutant, statistic):
                return found.reported
        return np.full(self.shape, np.nan)

    def index_figures(self) -> dict[str, Floats]:
        """What the composite index takes: means, but P95 of CO and P90 of O3."""
        return {
            pollutant: self.figures(
                pollutant, "percentile" if pollutant in {"CO", "O3"} else "mean"
            )
            for pollutant in POLLUTANTS
        }


def items_of(edition: Edition) -> tuple[Item, ...]:
    """The evaluation items of an edition, in the order of its table."""
    return tuple(
        Item(
            row["pollutant"],
            row["statistic"],
            int(row["percent"]) if row["percent"] else None,
            row["limit_averaging"],
        )
        for row in edition.rows
    )


def period_statistics(
    daily: Mapping[str, ArrayLike],
    days: When,
    *,
    period: str = "year",
    edition: str | None = None,
    checked: bool = True,
) -> PeriodStatistics:
    """Means and percentiles of daily values over calendar periods, with validity.

    daily: pollutant to (..., days) [µg/m³; CO mg/m³]: daily means, for O3 the MDA8, unrounded, NaN
    missing; the arrays broadcast. Pollutants left out have no statistic. days: (days,), strictly
    increasing. period: ``month quarter half_year year year_to_date``. Each period goes by the
    edition of its last day. checked: whether implausible values are refused.
    Raises InputRefusedError, OutsideEditionsError, UnknownEditionError, ValueError.
    Source: HJ 663-2013, table 1, appendix A (second hand); minima by GB 3095, table 4.
    """
    calendar = np.atleast_1d(as_days(days))
    series = _given(daily, calendar, checked=checked)
    slices = slices_of(calendar, period)
    law = governing(_ITEMS, decides="评价项目", on=slices.last_day, edition=edition)
    order = governing(_DAILY_VALUES, decides="日值先后修约", on=slices.last_day, edition=edition)
    digits = decimals_law(slices.last_day, edition)
    leading = next((values.shape[:-1] for values in series.values()), ())
    statistics = tuple(
        _statistic(item, series[item.pollutant], slices, (law, order), edition)
        for item in _all_items(law)
        if item.pollutant in series
    )
    return PeriodStatistics(
        statistics, slices, (*leading, len(slices.last_day)), (law, order, digits)
    )


def _given(daily: Mapping[str, ArrayLike], calendar: Days, *, checked: bool) -> dict[str, Floats]:
    unknown = sorted(set(daily) - set(POLLUTANTS))
    if unknown:
        raise ValueError(f"{', '.join(unknown)}: the annual items are of {', '.join(POLLUTANTS)}")
    if checked:
        refuse_bad_series(daily)
    arrays = [decimal_floats(values) for values in daily.values()]
    for values in arrays:
        refuse_unequal(values, calendar)
    return dict(zip(daily, np.broadcast_arrays(*arrays), strict=True))


def _all_items(law: Law) -> Sequence[Item]:
    """The items of all editions that govern any period, each once."""
    return tuple(dict.fromkeys(item for span in law.spans for item in items_of(span.edition)))


def _statistic(
    item: Item, values: Floats, slices: Slices, laws: tuple[Law, Law], edition: str | None
) -> Statistic:
    counted = day_counts(values, slices, item.pollutant, edition=edition)
    unjudged = np.full(counted.counts.shape, np.nan)
    for span in laws[1].spans:
        part = _values_of(span.edition, item, values)
        found = _of_periods(item, part, slices, edition=span.edition.name)
        unjudged[..., span.where] = found[..., span.where]
    applies = laws[0].numbers(lambda found: float(item in items_of(found))) > 0
    exact = np.where(counted.enough & applies, unjudged, np.nan)
    rounded = reported(exact, item.pollutant, on=slices.last_day, edition=edition)
    return Statistic(item, unjudged, exact, rounded, counted)


def _values_of(edition: Edition, item: Item, values: Floats) -> Floats:
    if edition.table[item.statistic] == "exact":
        return values
    return reported(values, item.pollutant, edition=edition.name)


def _of_periods(item: Item, values: Floats, slices: Slices, *, edition: str) -> Floats:
    parts = [values[..., first:end] for first, end in pairwise(slices.first_rows.tolist())]
    if not parts:
        return np.empty((*values.shape[:-1], 0))
    if item.percent is None:
        return np.stack([_mean(part) for part in parts], axis=-1)
    share = Fraction(item.percent)
    return np.stack([percentile(part, share, edition=edition).values for part in parts], axis=-1)


def _mean(values: Floats) -> Floats:
    known = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(known, values, 0.0).sum(axis=-1) / known.sum(axis=-1))
