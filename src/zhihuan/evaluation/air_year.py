"""A year of a nation's hourly air: from one Parquet file to every city's evaluation and rank.

    found = evaluate_air_year(Path("2025.parquet"), 2025)
    found.columns()                                # a table, the best city first
    print(found.evaluation.derivation((3, 0)).text())

Columns of the file: ``station`` and ``city`` (text), ``time`` (the hour's end, with time zone),
``SO2 NO2 CO O3 PM10 PM25`` (µg/m³; CO mg/m³; empty or NaN: missing), and, where the network has them,
``control`` (true for control points, which no city mean contains).

Hours become station days (means; MDA8 of ozone), station days city days, city days the year's
statistics, verdicts, composite index and rank. Rounding and minima are those of ``standards.air``;
this module only carries arrays from one function to the next. It refuses what ``air_hours_file``
and the standards refuse.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.evaluation.air_hours_file import AirHoursFile
from zhihuan.standards.air.annual import AnnualEvaluation, evaluate_annual
from zhihuan.standards.air.aqi import daily_aqi
from zhihuan.standards.air.city_means import CityMeans, city_means
from zhihuan.standards.air.composite_index import CompositeIndex, composite_index
from zhihuan.standards.air.good_days import GoodDays, good_days
from zhihuan.standards.air.means import daily_means
from zhihuan.standards.air.ozone_8h import mda8
from zhihuan.standards.air.rankings import Ranking, rank_cities
from zhihuan.standards.air.reporting import POLLUTANTS, name_of
from zhihuan.standards.dated import Days

__all__ = ["AirYear", "evaluate_air_year"]

_VERDICTS = np.array(["无法判定", "不达标", "达标"])  # -1, 0, 1


@dataclass(frozen=True, slots=True)
class AirYear:
    """One year of all cities.

    cities: sorted by name; days: of the year; stations: points, control points too; rows: read;
    outside: of these, hours of other years, left out. city_days: pollutant to its city values
    (cities, days), unrounded. evaluation, index: (cities, 1); ranking, good: (cities,).
    """

    cities: tuple[str, ...]
    days: Days
    stations: int
    rows: int
    outside: int
    city_days: dict[str, CityMeans]
    evaluation: AnnualEvaluation
    index: CompositeIndex
    ranking: Ranking
    good: GoodDays

    def columns(self) -> dict[str, NDArray[Any]]:
        """One row a city, best first, unranked (rank 0) last, under Chinese headings."""
        ranks = self.ranking.ranks
        order = np.lexsort((np.arange(len(ranks)), ranks, ranks < 0))
        figures = self.evaluation.statistics.index_figures()
        table: dict[str, NDArray[Any]] = {
            "名次": np.maximum(ranks, 0),
            "城市": np.array(self.cities, dtype=np.str_),
            "综合指数": self.index.composite[:, 0],
            **{_heading(name): figures[name][:, 0] for name in POLLUTANTS},
            "优良天数比例": self.good.ratio_percent,
            "有效天数": self.good.valid,
            "年评价": _VERDICTS[self.evaluation.attained[:, 0] + 1],
        }
        return {name: column[order] for name, column in table.items()}


def evaluate_air_year(
    path: Path, year: int, *, area_class: int = 2, told: Callable[[str], None] | None = None
) -> AirYear:
    """Evaluate and rank the cities of a year of hourly station records.

    path: the Parquet file. year: a calendar year of Beijing; hours of other years are left out and
    counted. area_class: of the limits. told: called with a line of progress.
    Raises FileRefusedError; InputRefusedError of the standards for implausible values.
    Source: ``standards.air``: each day by its own edition, the year by that of its last day.
    """
    say = told or (lambda _line: None)
    hours = AirHoursFile.opened(path, year)
    say(f"{len(hours.where):,} 行，{len(hours.stations):,} 个点位")
    city_days = {}
    for pollutant in POLLUTANTS:
        city_days[pollutant] = _city_days(hours, pollutant)
        say(f"{name_of(pollutant)}：城市日评价值已求得")
    return _judged(hours, city_days, area_class)


def _city_days(hours: AirHoursFile, pollutant: str) -> CityMeans:
    grid = hours.grid(pollutant)
    if pollutant == "O3":
        daily = mda8(grid, on=hours.days).values
    else:
        daily = daily_means(grid, pollutant, on=hours.days).values
    return city_means(daily, hours.cities, control=hours.control, on=hours.days)


def _judged(hours: AirHoursFile, city_days: dict[str, CityMeans], area_class: int) -> AirYear:
    days, last = hours.days, hours.days[-1:]
    values = {name: found.values for name, found in city_days.items()}
    evaluation = evaluate_annual(values, days, area_class=area_class, checked=False)
    index = composite_index(evaluation.statistics.index_figures(), on=last, checked=False)
    cities = city_days["PM25"].cities
    ranking = rank_cities(index.composite[:, 0], names=cities, on=last[0])
    items = {("O3_8h" if name == "O3" else name): column for name, column in values.items()}
    good = good_days(daily_aqi(items, on=days, checked=False).aqi, on=last[0])
    return AirYear(
        cities,
        days,
        len(hours.stations),
        len(hours.where),
        hours.outside,
        city_days,
        evaluation,
        index,
        ranking,
        good,
    )


def _heading(pollutant: str) -> str:
    what = {"CO": "第95百分位数", "O3": "第90百分位数"}.get(pollutant, "年平均")
    return f"{name_of(pollutant)} {what}"
