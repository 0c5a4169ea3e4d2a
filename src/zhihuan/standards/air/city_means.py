"""A city's value out of its points, control points left out.

    >>> from datetime import date
    >>> found = city_means([[20.0], [24.0], [90.0]], ["中山", "中山", "中山"],
    ...                    control=[False, False, True], on=date(2024, 7, 1))
    >>> found.cities, found.values.tolist()
    (('中山',), [[22.0]])

The city's value is the arithmetic mean over its evaluation points: of hourly values, of daily means
and of MDA8 alike. It stands when at least 75 % of the points have data (50 % where a city has fewer
than four points). It refuses to weigh points, and to let a control point in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.air.law import Law, Place, governing, place_of
from zhihuan.standards.air.plausible import refuse_negative
from zhihuan.standards.dated import When
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.derivation import Derivation, Fact, Step
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.parameters import Edition

__all__ = ["CityMeans", "city_means"]

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
_NEEDED = "air/evaluation/points_needed"


@dataclass(frozen=True, slots=True)
class CityMeans:
    """Means over the evaluation points of each city.

    cities: names, sorted; values: unrounded, NaN where too few points had data (cities, ...);
    unjudged: from what points there were; counts: points with data (cities, ...); points:
    evaluation points of each city (cities,).
    """

    cities: tuple[str, ...]
    values: Floats
    unjudged: Floats
    counts: Ints
    points: Ints
    law: Law

    def of(self, city: str) -> Floats:
        """The values of one city. Raises KeyError naming it."""
        if city not in self.cities:
            raise KeyError(f"{city!r} has no evaluation point among the given ones")
        return np.asarray(self.values[self.cities.index(city)])

    def derivation(self, index: int | Place) -> Derivation:
        """The reasons of the value at ``index`` (its first part is the city)."""
        place = place_of(index)
        points, count = int(self.points[place[0]]), int(self.counts[place])
        percent = _percent(self.law.edition_at(place[1:]), points)
        mean, enough = float(self.unjudged[place]), not np.isnan(self.values[place])
        sign = "≥" if enough else "<"
        return Derivation(
            title=f"{self.cities[place[0]]} 城市均值",
            conclusion=f"{mean:.6g}" if enough else "有效点位不足，不予评价",
            basis=(self.law.basis_at(place[1:]),),
            facts=(
                Fact("评价点位数", str(points), "个", "不含对照点"),
                Fact("有数据的点位数", str(count), "个"),
            ),
            steps=(
                Step(
                    "点位有效性",
                    f"{count}÷{points} {sign} {percent:g}%",
                    "有效" if enough else "无效",
                    deciding=True,
                ),
                Step("算术平均", f"{count} 个点位的平均", f"{mean:.6g}" if count else "无法计算"),
            ),
        )


def city_means(
    values: ArrayLike,
    cities: Sequence[str] | NDArray[np.str_],
    *,
    control: ArrayLike = False,
    on: When | None = None,
    edition: str | None = None,
) -> CityMeans:
    """Mean of each city over its evaluation points.

    values: (points, ...), one pollutant, any averaging time, NaN missing. cities: the city of each
    point (points,). control: whether a point is a control point (对照点), (points,). on: days that
    broadcast to the axes after the first. Returns ``CityMeans`` (cities, ...), cities sorted by name.
    Raises InputRefusedError when a point has no city, numbers differ, or a value is negative or
    infinite.
    Source: HJ 663-2013, city evaluation (from memory: UNCONFIRMED). Nothing is rounded.
    """
    table = decimal_floats(values)
    names = np.asarray(cities, dtype=np.str_)
    _refuse_misfit(table, names)
    refuse_negative(table)
    law = governing(_NEEDED, decides="城市均值的点位有效性", on=on, edition=edition)
    kept = np.flatnonzero(~np.broadcast_to(np.asarray(control, dtype=bool), names.shape))
    order = kept[np.argsort(names[kept], kind="stable")]
    found, firsts = np.unique(names[order], return_index=True)
    points = np.diff(np.append(firsts, order.size))
    sums, counts = _added(table, order, firsts, points)
    with np.errstate(invalid="ignore", divide="ignore"):
        unjudged = sums / counts
    judged = np.where(_enough(counts, points, law), unjudged, np.nan)
    return CityMeans(tuple(found.tolist()), judged, unjudged, counts, points, law)


def _added(table: Floats, order: Ints, firsts: Ints, points: Ints) -> tuple[Floats, Ints]:
    """Sums and counts of each city; one city at a time, so that no copy of the nation is made."""
    sums = np.zeros((len(firsts), *table.shape[1:]))
    counts = np.zeros(sums.shape, dtype=np.intp)
    for city, (first, number) in enumerate(zip(firsts.tolist(), points.tolist(), strict=True)):
        mine = table[order[first : first + number]]
        known = ~np.isnan(mine)
        sums[city] = np.where(known, mine, 0.0).sum(axis=0)
        counts[city] = known.sum(axis=0)
    return sums, counts


def _enough(counts: Ints, points: Ints, law: Law) -> NDArray[np.bool_]:
    """Where at least the needed share of the points had data, in whole numbers."""
    by_city = points.reshape(-1, *[1] * (counts.ndim - 1))
    enough = np.zeros(counts.shape, dtype=bool)
    for span in law.spans:
        percent = np.array([_percent(span.edition, int(n)) for n in points]).reshape(by_city.shape)
        enough |= np.broadcast_to(span.where, counts.shape[1:]) & (
            counts * 100 >= by_city * percent
        )
    return enough & (counts > 0)


def _percent(edition: Edition, points: int) -> int:
    few = points < int(str(edition.table["few_below"]))
    return int(str(edition.table["few_percent" if few else "percent"]))


def _refuse_misfit(table: Floats, names: NDArray[np.str_]) -> None:
    problems = []
    if table.ndim == 0 or table.shape[:1] != names.shape:
        problems.append(
            InputProblem(
                -1,
                "城市",
                f"{names.shape}，数值 {table.shape}",
                "城市与点位的个数不一致",
                "每个点位写明所属城市",
            )
        )
    elif (names == "").any():
        row = int(np.argmax(names == ""))
        problems.append(InputProblem(row, "城市", "空", "点位没有所属城市", "请补上城市名"))
    if problems:
        raise InputRefusedError(problems)
