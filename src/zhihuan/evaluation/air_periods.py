"""Days of stations to months, quarters and years of cities (or of stations, where none is named).

    found = air_periods(days, "year")
    found.columns["综合指数"], found.derivation(0).text()

Each day's city value is made of its points first; then means and percentiles over the valid days are
held against the limits, and single indices are summed. Places are ranked where there are several.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.evaluation.labels import joined, texts_of
from zhihuan.evaluation.rows import Rows
from zhihuan.standards.air.annual import AnnualEvaluation, evaluate_annual
from zhihuan.standards.air.aqi import daily_aqi
from zhihuan.standards.air.city_means import city_means
from zhihuan.standards.air.composite_index import CompositeIndex, composite_index
from zhihuan.standards.air.good_days import good_days
from zhihuan.standards.air.rankings import rank_cities
from zhihuan.standards.derivation import Derivation

__all__ = ["AirPeriods", "air_periods"]

Floats = NDArray[np.float64]
_POLLUTANTS = ("SO2", "NO2", "PM10", "PM25", "CO", "O3")
_FIGURES = {
    "SO2": "SO2均值(µg/m³)",
    "NO2": "NO2均值(µg/m³)",
    "PM10": "PM10均值(µg/m³)",
    "PM25": "PM2.5均值(µg/m³)",
    "CO": "CO第95百分位数(mg/m³)",
    "O3": "O3第90百分位数(µg/m³)",
}
_VERDICTS = {1: "达标", 0: "不达标", -1: "无法判定"}


@dataclass(frozen=True, slots=True)
class AirPeriods:
    """One result a place and period, places one after another. numbers: the file's first row of
    the place; days: the last day of the period."""

    numbers: NDArray[np.int64]
    columns: dict[str, NDArray[Any]]
    days: NDArray[np.datetime64]
    evaluation: AnnualEvaluation
    composite: CompositeIndex

    def derivation(self, place: int) -> Derivation:
        """The verdict of the period, then its composite index."""
        index = divmod(place, len(self.evaluation.statistics.last_day))
        return joined(self.evaluation.derivation(index), self.composite.derivation(index))


def air_periods(rows: Rows, period: str) -> AirPeriods:
    """Evaluate the periods of daily values.

    rows: ``day`` and unrounded daily means, ``O3_8h`` for ozone, as ``station_days`` gives them or
    a file of days holds them. period: month, quarter, half_year, year or year_to_date.
    """
    calendar, grid = _grid(rows)
    places, numbers, daily = _places(rows, calendar, grid)
    judged = evaluate_annual(daily, calendar, period=period, checked=False)
    statistics = judged.statistics
    index = composite_index(statistics.index_figures(), on=statistics.last_day, checked=False)
    count = len(statistics.last_day)
    columns: dict[str, NDArray[Any]] = {
        "城市或点位": np.repeat(places, count),
        "起": np.tile(statistics.first_day, len(places)),
        "止": np.tile(statistics.last_day, len(places)),
        "评价": texts_of(judged.attained.ravel(), _VERDICTS),
        **{_FIGURES[name]: figure.ravel() for name, figure in statistics.index_figures().items()},
        "综合指数": index.composite.ravel(),
        "名次": _ranks(index.composite, statistics.last_day).ravel(),
        **_good_days(daily, calendar, judged),
    }
    return AirPeriods(
        _first_rows(rows, places, statistics.first_day, numbers),
        columns,
        np.tile(statistics.last_day, len(places)),
        judged,
        index,
    )


def _first_rows(
    rows: Rows,
    places: NDArray[np.str_],
    first_days: NDArray[np.datetime64],
    otherwise: NDArray[np.int64],
) -> NDArray[np.int64]:
    """The file's first row of each place and period; that of the place where a period has none."""
    named = rows.text("city" if "city" in rows else "station").astype(str)
    period = np.searchsorted(first_days, rows["day"], side="right") - 1
    place = np.minimum(np.searchsorted(places, named), len(places) - 1)
    known = places[place] == named  # a city of control points only has no result
    slot = place * len(first_days) + period
    found = np.full(len(places) * len(first_days), np.iinfo(np.int64).max)
    np.minimum.at(found, slot[known], rows.numbers[known])
    missing = found == np.iinfo(np.int64).max
    found[missing] = np.repeat(otherwise, len(first_days))[missing]
    return found


def _grid(rows: Rows) -> tuple[NDArray[np.datetime64], dict[str, Floats]]:
    """The calendar of the file, and each pollutant as (stations, days), NaN where no row is."""
    first, last = rows["day"].min(), rows["day"].max()
    calendar = np.arange(first, last + np.timedelta64(1, "D"))
    _names, station = np.unique(rows.text("station").astype(str), return_inverse=True)
    column = (rows["day"] - first).astype(np.int64)
    grid = {}
    for name in _POLLUTANTS:
        source = "O3_8h" if name == "O3" else name
        values = np.full((int(station.max()) + 1, len(calendar)), np.nan)
        values[station, column] = rows.number(source)
        grid[name] = values
    return calendar, grid


def _places(
    rows: Rows, calendar: NDArray[np.datetime64], grid: dict[str, Floats]
) -> tuple[NDArray[np.str_], NDArray[np.int64], dict[str, Floats]]:
    """Names, first rows and daily values of the cities; of the stations where no city is named."""
    names, firsts = np.unique(rows.text("station").astype(str), return_index=True)
    if "city" not in rows:
        return names, rows.numbers[firsts], grid
    cities = rows["city"].astype(str)[firsts]
    control = rows.text("control")[firsts] == "1"
    means = {
        name: city_means(values, cities, control=control, on=calendar)
        for name, values in grid.items()
    }
    _cities, first = np.unique(cities[~control], return_index=True)
    named = np.array(means["PM25"].cities)
    daily = {name: one.values for name, one in means.items()}
    return named, rows.numbers[firsts[~control][first]], daily


def _ranks(composite: Floats, last_days: NDArray[np.datetime64]) -> Floats:
    """The rank of each place within its period; NaN for a single place and without an index."""
    ranks = np.full(composite.shape, np.nan)
    if len(composite) > 1:
        for period, day in enumerate(last_days):
            found = rank_cities(composite[:, period], on=day).ranks
            ranks[:, period] = np.where(found > 0, found, np.nan)
    return ranks


def _good_days(
    daily: dict[str, Floats], calendar: NDArray[np.datetime64], judged: AnnualEvaluation
) -> dict[str, NDArray[Any]]:
    named = {("O3_8h" if name == "O3" else name): values for name, values in daily.items()}
    aqi = daily_aqi(named, on=calendar, checked=False).aqi.astype(np.float64)
    slices = judged.statistics.slices
    cuts = zip(slices.first_rows[:-1], slices.first_rows[1:], slices.last_day, strict=True)
    counted = [good_days(aqi[:, begin:end], on=day) for begin, end, day in cuts]
    return {
        "优良天数": np.stack([one.good for one in counted], axis=-1).ravel(),
        "有效天数": np.stack([one.valid for one in counted], axis=-1).ravel(),
        "优良天数比例(%)": np.stack([one.ratio_percent for one in counted], axis=-1).ravel(),
    }
