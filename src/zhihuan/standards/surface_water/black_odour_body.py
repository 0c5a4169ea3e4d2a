"""From samples to points and from points to the water body: the rule of the guide of 2015.

    >>> from datetime import date
    >>> point_grade([[3, 3, 3, 1], [1, 1, 1, 1]], on=date(2020, 6, 30))
    array(3, dtype=uint8)
    >>> body_grade([3, 3, 1], on=date(2020, 6, 30)).grade
    3

A point is severe when one item is severe in more than 60 % of its data, or two items in more than
30 %. Three neighbouring severe points make a severe stretch; 60 % of the points and more make the
whole water severe. All shares are dated and unconfirmed. It refuses points in no order: neighbours
are those beside each other in the list, from the head of the stream down.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import When, as_days
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.parameters import Edition, parameter
from zhihuan.standards.surface_water.black_odour_urban import GRADE_NAMES

__all__ = ["BodyGrade", "body_grade", "point_grade"]

_RULE = "surface_water/black_odour_points"
_NONE, _MILD, _SEVERE = 1, 2, 3


@dataclass(frozen=True, slots=True)
class BodyGrade:
    """The grade of one water body. grade: 0 not judged, 1 none, 2 mild, 3 severe.

    stretches: (first, last) positions of severe stretches; severe, judged: numbers of points.
    """

    grade: int
    stretches: tuple[tuple[int, int], ...]
    severe: int
    judged: int
    law: Edition

    def derivation(self) -> Derivation:
        """The shares and runs that decided."""
        line = self.law.table["points"]
        share = f"{self.severe} ÷ {self.judged}"
        runs = "、".join(f"第 {first + 1}–{last + 1} 点" for first, last in self.stretches) or "无"
        return Derivation(
            title="城市黑臭水体级别",
            conclusion=f"{GRADE_NAMES[self.grade]}；重度黑臭河段：{runs}",
            basis=(Basis.of(self.law, decides="点位与水体级别"),),
            facts=(
                Fact("有结果的点位", str(self.judged), "个"),
                Fact("重度黑臭点位", str(self.severe), "个"),
            ),
            steps=(
                Step(f"重度点位比例（达到 {line}% 为整体重度）", share, GRADE_NAMES[self.grade]),
            )
            if self.judged
            else (),
        )


def point_grade(item_codes: ArrayLike, *, on: When) -> NDArray[np.uint8]:
    """The grade of points from the grades of their items' samples.

    item_codes: (..., items, samples) of 0 not judged, 1 none, 2 mild, 3 severe (as
    ``BlackOdour.item_codes``). on: one day. A point that is not severe is mild when any datum is
    worse than none, none otherwise; 0 without data. Shape (...,), uint8.
    Source: 城市黑臭水体整治工作指南, 4.2 (unconfirmed).
    """
    rule, codes = _law(on).table, np.asarray(item_codes, dtype=np.uint8)
    judged = (codes > 0).sum(axis=-1)
    severe = (codes == _SEVERE).sum(axis=-1)
    # "more than": a share equal to the line does not count, in whole numbers without division
    often, several = (
        100 * severe > float(str(rule[line])) * judged for line in ("one_item", "two_items")
    )
    is_severe = often.any(axis=-1) | (several.sum(axis=-1) >= 2)
    worst = codes.max(axis=(-1, -2), initial=0)
    grade = np.where(is_severe, _SEVERE, np.minimum(worst, _MILD))
    return np.asarray(grade, dtype=np.uint8)


def body_grade(points: ArrayLike, *, on: When) -> BodyGrade:
    """The grade of a whole water body from its points' grades.

    points: (points,) in order along the stream, 0 not judged. on: one day. A body that is not
    severe as a whole is mild when any point is worse than none. A point without data breaks a
    stretch. Source: 城市黑臭水体整治工作指南, 4.2 (unconfirmed).
    """
    law, codes = _law(on), np.asarray(points, dtype=np.uint8)
    judged, severe = int((codes > 0).sum()), int((codes == _SEVERE).sum())
    whole = judged > 0 and 100 * severe >= float(str(law.table["points"])) * judged
    worst = int(codes.max(initial=0))
    grade = _SEVERE if whole else min(worst, _MILD)
    stretches = _runs(codes == _SEVERE, least=int(str(law.table["neighbours"])))
    return BodyGrade(grade, stretches, severe, judged, law)


def _runs(marks: NDArray[np.bool_], *, least: int) -> tuple[tuple[int, int], ...]:
    edges = np.diff(np.concatenate(([0], marks.astype(np.int8), [0])))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    pairs = zip(starts.tolist(), ends.tolist(), strict=True)
    return tuple((start, end - 1) for start, end in pairs if end - start >= least)


def _law(on: When) -> Edition:
    return parameter(_RULE).on(as_days(on).max().astype(object))
