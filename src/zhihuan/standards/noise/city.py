"""A city's noise in one figure: mean levels of its area and roads, and the grades they get.

    >>> from datetime import date
    >>> grade = city_grade("area", 54.5, "day", on=date(2018, 7, 1))
    >>> int(grade.grade), str(grade.name)
    (2, '较好')

Area means are arithmetic across points (that is the rule, whatever one thinks of averaging
decibels), road means are weighted by length. It refuses roads without a length.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import Days, When, as_days, numbers_on, spans_in_force
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.noise.periods import is_night
from zhihuan.standards.parameters import parameter
from zhihuan.standards.rounding import round_half_even_array

__all__ = ["CityGrade", "area_mean", "city_grade", "road_mean", "share_of_grades"]

Floats = NDArray[np.float64]
_KINDS = {"area": "城市区域环境噪声总体水平", "road": "道路交通噪声强度"}
_DECIMALS = "noise/city_level_decimals"


@dataclass(frozen=True, slots=True)
class CityGrade:
    """Grades, arrays of one shape: 1 (好) to 5 (差), 0 where the level is missing.

    level [dB(A)]: as given; reported: rounded to the digits the grade tables are printed in.
    """

    kind: str
    level: Floats
    reported: Floats
    grade: NDArray[np.int8]
    name: NDArray[np.str_]
    night: NDArray[np.bool_]
    days: Days
    edition: str | None = None

    def derivation(self, index: int | tuple[int, ...] = ()) -> Derivation:
        """Why the element at ``index`` got its grade."""
        (table,) = spans_in_force(
            parameter(f"noise/{self.kind}_grades"), self.days[index], edition=self.edition
        )
        forced, number = self.edition is not None, int(self.grade[index])
        period = "夜间" if self.night[index] else "昼间"
        grade = f"{'一二三四五'[number - 1]}级（{self.name[index]}）" if number else "无法评价"
        value = "缺测" if not number else f"{float(self.level[index]):.10g}"
        step = Step(
            f"{period}等级",
            f"{value} dB(A) 修约为 {self.reported[index]:.1f} dB(A)，查表",
            grade,
            rounding="按 GB/T 8170 修约到 0.1 dB",
            deciding=True,
        )
        return Derivation(
            title=f"{_KINDS[self.kind]}评价",
            conclusion=f"{period}平均等效声级 {value} dB(A)，{grade}",
            basis=(Basis.of(table.edition, decides="等级划分", forced=forced),),
            facts=(Fact("平均等效声级", value, "dB(A)", remark=str(self.days[index])),),
            steps=(step,) if number else (),
        )


def area_mean(levels: ArrayLike, *, axis: int = -1) -> Floats:
    """Mean equivalent level of a city's area [dB(A)]: arithmetic across its grid points.

    levels [dB(A)]: Leq of each point, NaN left out; all NaN gives NaN. No rounding.
    Source: HJ 640-2012, area monitoring (from 2013-03-01, unconfirmed).

    >>> float(area_mean([50.0, 60.0, np.nan]))
    55.0
    """
    given = np.atleast_1d(np.asarray(levels, dtype=np.float64))
    return road_mean(given, np.ones(given.shape[axis]), axis=axis, checked=False)


def road_mean(
    levels: ArrayLike, length_km: ArrayLike, *, axis: int = -1, checked: bool = True
) -> Floats:
    """Mean equivalent level of a city's roads [dB(A)], weighted by length: Σ lᵢLᵢ / Σ lᵢ.

    levels [dB(A)]: Leq of each section, NaN left out with its length; length_km [km]: (sections,),
    positive. Raises InputRefusedError naming a section without a length. No rounding.
    Source: HJ 640-2012, road monitoring (from 2013-03-01, unconfirmed).

    >>> float(road_mean([70.0, 64.0], [2.0, 1.0]))
    68.0
    """
    given = np.moveaxis(np.atleast_1d(np.asarray(levels, dtype=np.float64)), axis, -1)
    lengths = np.atleast_1d(np.asarray(length_km, dtype=np.float64))
    if checked:
        refuse_bad([("noise/level", given), ("noise/road_length", lengths)])
        _refuse_no_length(lengths)
    valid = ~np.isnan(given)
    weight = np.where(valid, lengths, 0.0)
    total = weight.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((np.where(valid, given, 0.0) * weight).sum(axis=-1) / total)


def city_grade(
    kind: str, level: ArrayLike, period: ArrayLike, *, on: When, edition: str | None = None
) -> CityGrade:
    """The grade of a city's mean level, 1 (好) to 5 (差).

    kind: ``area`` or ``road``; level [dB(A)]: the mean (NaN gives 0); period: day/night, 昼间/夜间.
    All broadcast with ``on``. Raises ValueError (kind), InputRefusedError, OutsideEditionsError.

    Source: HJ 640-2012, table 2 (area) and table 4 (roads), from 2013-03-01 (unconfirmed; agrees
    with published grades). Rounded to 0.1 dB by GB/T 8170 first: the tables are printed so.
    """
    if kind not in _KINDS:
        raise ValueError(f"kind is {kind!r}; say 'area' or 'road'")
    levels, night, days = np.broadcast_arrays(
        np.asarray(level, dtype=np.float64), is_night(period), as_days(on)
    )
    refuse_bad([("noise/level", levels)])
    reported = _reported(levels, days, edition)
    grade = np.zeros(levels.shape, dtype=np.int8)
    name = np.full(levels.shape, "", dtype="U8")
    for span in spans_in_force(parameter(f"noise/{kind}_grades"), days, edition=edition):
        for row in reversed(span.edition.rows):
            highest = np.where(night, _bound(row["night_highest"]), _bound(row["day_highest"]))
            here = span.where & (reported <= highest)
            grade[here], name[here] = int(row["grade"]), row["name"]
    return CityGrade(kind, levels, reported, grade, name, night, days, edition)


def share_of_grades(grades: ArrayLike, weight: ArrayLike | None = None) -> Floats:
    """The share of points (or of area or road length) in each grade 1 to 5 [%], (5,).

    grades: (points,) as in ``CityGrade.grade``, 0 left out; weight: (points,) e.g. length [km].
    No valid point gives NaN. No rounding.

    >>> share_of_grades([1, 2, 2, 0, 5])
    array([25., 50.,  0.,  0., 25.])
    """
    given = np.asarray(grades, dtype=np.int64)
    shares = np.ones(given.shape) if weight is None else np.asarray(weight, dtype=np.float64)
    totals = np.bincount(given, weights=shares, minlength=6)[1:6]
    with np.errstate(invalid="ignore"):
        return np.asarray(100.0 * totals / totals.sum())


def _reported(levels: Floats, days: Days, edition: str | None) -> Floats:
    rounded = np.array(levels)
    decimals = numbers_on(parameter(_DECIMALS), days, edition=edition)
    for places in np.unique(decimals).tolist():
        here = decimals == places
        rounded[here] = round_half_even_array(levels[here], int(places))
    return rounded


def _bound(cell: str) -> float:
    return float(cell) if cell else np.inf


def _refuse_no_length(lengths: Floats) -> None:
    bad = np.flatnonzero(np.isnan(lengths) | (lengths <= 0))[:100]
    if len(bad):
        raise InputRefusedError(
            [
                InputProblem(
                    int(row),
                    "路段长度",
                    f"{lengths[row]:g}",
                    "路段没有长度",
                    "请填写路段长度（km）",
                )
                for row in bad
            ]
        )
