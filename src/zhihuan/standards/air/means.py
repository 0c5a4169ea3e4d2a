"""Hourly and daily means of ambient air, and whether there were enough data.

    >>> from datetime import date
    >>> hours = np.full(24, 35.0)
    >>> hours[:5] = np.nan                     # 19 hours are left: one too few
    >>> daily_means(hours, "PM25", on=date(2024, 7, 1)).values
    array(nan)

The minimum numbers are those of GB 3095, table 4. All valid data are used; a mean of too few is
invalid, not zero and not an estimate; what it would have been is kept apart (``unjudged``). Means of
months, quarters and years are made of daily means (``periods``), eight-hour means of ozone in
``ozone_8h``. It refuses a daily mean of ozone: GB 3095 has none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.air.law import Law, Place, governing, place_of
from zhihuan.standards.air.natural_days import HOURS, by_rows
from zhihuan.standards.air.plausible import refuse_bad_series
from zhihuan.standards.air.reporting import name_of, reported, unit_of
from zhihuan.standards.dated import When
from zhihuan.standards.derivation import Derivation, Fact, Step
from zhihuan.standards.parameters import Edition

__all__ = ["Means", "daily_means", "hourly_means", "minimum"]

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Means:
    """Means of one pollutant and how many valid members each had.

    values: the mean [µg/m³; CO mg/m³], unrounded, NaN where members were too few; unjudged: the
    mean of what there was, NaN only without any; counts: valid members; required: the minimum
    (broadcasts to the values). statistic, member: what was averaged of what (Chinese).
    """

    values: Floats
    unjudged: Floats
    counts: Ints
    required: Floats
    pollutant: str
    statistic: str
    member: str
    law: Law

    @property
    def valid(self) -> NDArray[np.bool_]:
        """Where there were enough members."""
        return np.asarray(self.counts >= self.required)

    def derivation(self, index: int | Place = ()) -> Derivation:
        """The reasons of the mean at ``index``."""
        place, name = place_of(index), name_of(self.pollutant)
        edition = self.law.edition_at(place)
        count, needed = int(self.counts[place]), minimum_of(edition, self.pollutant)
        enough = count >= needed
        shown = float(reported(self.unjudged[place], self.pollutant, edition=edition.name))
        unit = unit_of(self.pollutant)
        return Derivation(
            title=f"{name} {self.statistic}",
            conclusion=f"{shown:g} {unit}" if enough else "有效数据不足，不予评价",
            basis=(self.law.basis_at(place),),
            facts=(
                Fact(f"有效{self.member}数", str(count), "个"),
                Fact("最少需要", f"{needed:g}", "个"),
            ),
            steps=(self._validity(count, needed), self._mean(place, shown)),
        )

    def _validity(self, count: int, needed: float) -> Step:
        sign = "≥" if count >= needed else "<"
        return Step(
            "数据有效性",
            f"{count} {sign} {needed:g}",
            "有效" if sign == "≥" else "无效",
            deciding=True,
        )

    def _mean(self, place: Place, shown: float) -> Step:
        mean = float(self.unjudged[place])
        if np.isnan(mean):
            return Step("算术平均", "没有有效数据", "无法计算")
        return Step(
            "算术平均",
            f"{int(self.counts[place])} 个有效{self.member}的平均 = {mean:.6g}",
            f"{shown:g} {unit_of(self.pollutant)}",
            rounding="报告值按 GB/T 8170 修约，计算中不修约",
        )


def hourly_means(
    minutes: ArrayLike,
    pollutant: str,
    *,
    on: When | None = None,
    edition: str | None = None,
    checked: bool = True,
) -> Means:
    """Hourly means of minute values: valid with at least 45 minutes.

    minutes: (..., 60) [µg/m³; CO mg/m³], NaN where a minute is missing or invalid. pollutant:
    ``SO2 NO2 CO O3 NOX PM10 PM25``. on: days that broadcast to (...). checked: whether
    implausible values are refused. Returns ``Means`` (...).
    Raises InputRefusedError, OutsideEditionsError, UnknownEditionError, ValueError.
    Source: GB 3095-2012 and GB 3095-2026, table 4 (printed for gases; used for particles too).
    Nothing is rounded.

    >>> from datetime import date
    >>> hourly_means(np.arange(60.0), "O3", on=date(2024, 7, 1)).values
    array(29.5)
    """
    if checked:
        refuse_bad_series({pollutant: minutes})
    law = governing(
        "air/validity/minutes_per_hour", decides="小时均值的有效性", on=on, edition=edition
    )
    return _means(minutes, _MINUTES, pollutant, law, ("小时平均", "分钟值"))


def daily_means(
    hours: ArrayLike,
    pollutant: str,
    *,
    on: When | None = None,
    edition: str | None = None,
    checked: bool = True,
) -> Means:
    """Daily means of the hourly means of natural days: valid with at least 20 hours.

    hours: (..., 24) [µg/m³; CO mg/m³], the hours labelled 01:00 to 24:00, NaN where missing or
    invalid. pollutant: ``SO2 NO2 CO PM10 PM25 NOX``, and ``TSP BAP PB``, which need all 24. on,
    checked as in ``hourly_means``. Returns ``Means`` (...).
    Raises InputRefusedError, OutsideEditionsError, UnknownEditionError; ValueError for O3.
    Source: GB 3095-2012 and GB 3095-2026, table 4, 3.7–3.13. Nothing is rounded.
    """
    if checked:
        refuse_bad_series({pollutant: hours})
    law = governing("air/validity/hours_per_day", decides="日均值的有效性", on=on, edition=edition)
    return _means(hours, HOURS, pollutant, law, ("24小时平均", "小时值"))


def minimum_of(edition: Edition, pollutant: str) -> float:
    """The minimum an edition's table gives a pollutant.

    Raises ValueError naming the pollutants that have this statistic.
    """
    table = edition.table
    if pollutant not in table:
        raise ValueError(
            f"{pollutant} has no minimum under {edition.reference}: the statistic is printed for "
            f"{', '.join(table)}" + ("; ozone is judged by its MDA8" if pollutant == "O3" else "")
        )
    return float(str(table[pollutant]))


def minimum(law: Law, pollutant: str) -> Floats:
    """The minimum of a pollutant on each day of a law."""
    return law.numbers(lambda edition: minimum_of(edition, pollutant))


def _means(
    values: ArrayLike, members: int, pollutant: str, law: Law, names: tuple[str, str]
) -> Means:
    required = minimum(law, pollutant)
    rows, slices = by_rows(values, members)
    mean, counts = np.empty(len(rows)), np.empty(len(rows), dtype=np.intp)
    ones = np.ones(members)
    for part in slices:
        mean[part], counts[part] = _mean_and_count(rows[part], ones)
    shape = np.shape(values)[:-1]
    unjudged, counted = mean.reshape(shape), counts.reshape(shape)
    judged = np.where(counted >= required, unjudged, np.nan)
    return Means(judged, unjudged, counted, required, pollutant, *names, law)


def _mean_and_count(rows: Floats, ones: Floats) -> tuple[Floats, Floats]:
    """Mean and number of the values of each row that are not NaN; sums by one matrix product."""
    known = rows == rows  # noqa: PLR0124 - faster than isnan
    counts = known.astype(np.float64) @ ones
    with np.errstate(invalid="ignore"):
        return (np.where(known, rows, 0.0) @ ones) / counts, counts
