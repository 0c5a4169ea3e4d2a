"""The composite score of groundwater under GB/T 14848-93, in force until 2018-04-30.

    >>> from datetime import date
    >>> from zhihuan.standards.groundwater.water_class import groundwater_class
    >>> judged = groundwater_class({"nh3n": 0.3, "fe": 0.2, "f": 0.8}, on=date(2017, 5, 1))
    >>> scored = composite_score(judged, on=date(2017, 5, 1))
    >>> scored.score.round(2).item(), str(scored.names())
    (4.55, '较差')

Each item scores 0, 1, 3, 6 or 10 by its class; F = √((F̄² + Fmax²)/2) of their mean and greatest.
Reports before 2018 speak in its grades, 优良 to 极差. GB/T 14848-2017 dropped it, so a later day is
refused: there the worst item alone decides.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.classes import named
from zhihuan.standards.dated import When, edition_on
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.groundwater.water_class import GroundwaterClasses
from zhihuan.standards.parameters import Edition, parameter

__all__ = ["CompositeScore", "composite_score"]


@dataclass(frozen=True, slots=True)
class CompositeScore:
    """score: F, NaN where no item could be judged; mean, greatest: of the item points; counted:
    items that took part; grade: 0 the best, -1 cannot be judged.
    """

    score: NDArray[np.float64]
    mean: NDArray[np.float64]
    greatest: NDArray[np.float64]
    counted: NDArray[np.intp]
    grade: NDArray[np.int8]
    points: Edition
    grades: Edition

    def names(self) -> NDArray[np.object_]:
        """优良, 良好, 较好, 较差, 极差; 无法评价 where no item could be judged."""
        return named((*_listed(self.grades, "names"), "无法评价"), self.grade)

    def derivation(self, index: int | tuple[int, ...] = ()) -> Derivation:
        """Why one sample has its score and grade."""
        name, score = str(self.names()[index]), float(self.score[index])
        mean, greatest = float(self.mean[index]), float(self.greatest[index])
        how = f"√(({mean:.4g}²+{greatest:g}²)÷2)"
        step = Step("综合评分值 F", how, f"{score:.4g}，{name}", deciding=True)
        judged = int(self.grade[index]) >= 0
        return Derivation(
            title="地下水质量综合评价",
            conclusion=f"F = {score:.4g}，{name}" if judged else name,
            basis=(
                Basis.of(self.points, decides="单项评分值"),
                Basis.of(self.grades, decides="级别划分"),
            ),
            facts=(Fact("参加评分的项目", str(int(self.counted[index])), "项", "不含细菌学指标"),),
            steps=(step,) if judged else (),
        )


def composite_score(judged: GroundwaterClasses, *, on: When) -> CompositeScore:
    """The composite score F and grade of each sample.

    judged: by ``groundwater_class``; on: one day, which must lie before 2018-05-01. Bacteriological
    items take no part. Raises OutsideEditionsError for later days.
    Source: GB/T 14848-93, 6.3 (in force 1994-10-01 to 2018-04-30; unconfirmed). Rounding: none.
    """
    points = edition_on(parameter("groundwater/score_points"), on)
    grades = edition_on(parameter("groundwater/score_grades"), on)
    without = _listed(points, "without")
    rows = [n for n, item in enumerate(judged.classed.items) if _code(judged, item) not in without]
    values = np.array([np.nan, *map(float, _listed(points, "points"))])
    scored = values[judged.classed.item_class[rows]]
    valid = ~np.isnan(scored)
    counted = np.asarray(valid.sum(axis=0))
    sums = np.where(valid, scored, 0.0).sum(axis=0)
    mean = np.divide(sums, counted, out=np.full(counted.shape, np.nan), where=counted > 0)
    greatest = np.where(
        counted > 0, np.max(np.where(valid, scored, 0.0), axis=0, initial=0), np.nan
    )
    score = np.asarray(np.sqrt((mean**2 + greatest**2) / 2.0))
    return CompositeScore(
        score=score,
        mean=np.asarray(mean),
        greatest=np.asarray(greatest),
        counted=counted,
        grade=_grade(grades, score),
        points=points,
        grades=grades,
    )


def _code(judged: GroundwaterClasses, item: str) -> str:
    return next((table[item].item for table in judged.classed.tables if item in table), item)


def _grade(grades: Edition, score: NDArray[np.float64]) -> NDArray[np.int8]:
    below = [float(limit) for limit in _listed(grades, "below")]
    grade = np.searchsorted(below, score, side="right").astype(np.int8)
    return np.where(np.isnan(score), -1, grade).astype(np.int8)


def _listed(edition: Edition, key: str) -> list[str]:
    entries = edition.table[key]
    return [str(entry) for entry in entries] if isinstance(entries, list) else []
