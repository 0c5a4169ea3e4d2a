"""Near-shore sea areas: how much of the area lies in each class, and the grade that makes.

    >>> from datetime import date
    >>> shares = area_shares([1, 2, 2, 5], [120.0, 60.0, 20.0, 50.0])
    >>> shares.percent
    array([48., 32.,  0.,  0., 20.])
    >>> quality_grade(shares.percent, on=date(2026, 8, 1)).names().item()
    '良好'

Each point stands for the area around it, and the share of a class is its area among the area that
was judged. It refuses shares that do not add up to 100 %.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.classes import named
from zhihuan.standards.dated import When, edition_on
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.parameters import Edition, parameter
from zhihuan.standards.sea.water_class import CLASS_NAMES

__all__ = [
    "AreaShares",
    "QualityGrade",
    "annual_shares",
    "area_shares",
    "good_share",
    "quality_grade",
]

Floats = NDArray[np.float64]
_ADD_UP_TOLERANCE = 0.5  # published shares are rounded to 0.1; five of them may miss 100 by 0.25
_NOISE_DIGITS = 9  # sums of decimals lie a few ulps beside the printed threshold
_LEAST = {"first": "一类", "first_second": "一、二类", "first_to_third": "一至三类"}


@dataclass(frozen=True, slots=True)
class AreaShares:
    """Shares of the classes, last axis of ``percent``: classes 1–4 and worse than 4 [%].

    counted, points: how many points were judged, of how many; area: the area judged, all the area
    [the unit given]. A group without any judged point has NaN shares.
    """

    percent: Floats
    counted: NDArray[np.intp]
    points: int
    area: Floats
    all_area: float

    def derivation(self, index: int | tuple[int, ...] = ()) -> Derivation:
        """How the shares of one group came about: points and areas that were judged."""
        percent, area = self.percent[index], float(self.area[index])
        counted = Fact("参加评价的点位", f"{int(self.counted[index])}/{self.points}", "个")
        covered = Fact("参加评价的面积", f"{area:.12g}/{self.all_area:.12g}")
        steps = [
            Step(f"{name}面积比例", f"{share / 100 * area:.12g}÷{area:.12g}×100%", f"{share:.4g}%")
            for name, share in zip(CLASS_NAMES, percent.tolist(), strict=True)
            if area
        ]
        return Derivation(
            title="近岸海域各类海水面积比例",
            conclusion="，".join(f"{step.what} {step.result}" for step in steps) or "无法评价",
            basis=(),
            facts=(counted, covered),
            steps=tuple(steps),
            cautions=("面积法见 HJ 442.10-2020，未核对正式文本；点位代表面积由使用者给出",),
        )


@dataclass(frozen=True, slots=True)
class QualityGrade:
    """Grades of sea areas. row: which row of the edition's table held, -1 cannot be judged."""

    row: NDArray[np.int8]
    percent: Floats
    edition: Edition
    forced: bool

    def codes(self) -> NDArray[np.object_]:
        """excellent, good, fair, poor, very_poor; "" where it cannot be judged."""
        return self._column("grade", "")

    def names(self) -> NDArray[np.object_]:
        """优, 良好, 一般, 差, 极差; 无法评价 where it cannot be judged."""
        return self._column("name", "无法评价")

    def _column(self, column: str, missing: str) -> NDArray[np.object_]:
        words = [row[column] for row in self.edition.rows]
        return named((*words, missing), self.row)

    def derivation(self, index: int | tuple[int, ...] = ()) -> Derivation:
        """Why one sea area has its grade: the conditions tried, in the table's order."""
        percent, row = self.percent[index], int(self.row[index])
        name = str(self.names()[index])
        facts = tuple(
            Fact(f"{label}面积比例", "缺" if np.isnan(share) else f"{share:.12g}", "%")
            for label, share in zip(CLASS_NAMES, percent.tolist(), strict=True)
        )
        return Derivation(
            title="近岸海域水质状况",
            conclusion=f"近岸海域水质状况：{name}",
            basis=(Basis.of(self.edition, decides="水质状况分级", forced=self.forced),),
            facts=facts,
            steps=tuple(
                _tried(self.edition.rows[n], percent, held=n == row) for n in range(row + 1)
            ),
        )


def area_shares(classes: ArrayLike, areas: ArrayLike) -> AreaShares:
    """The share of each class in the area, by the area each point stands for.

    classes: class numbers (..., points), 1–4, 5 = worse than 4, 0 = not judged: its area is left
    out. areas: (points,), greater than 0, any one unit. Leading axes are groups (seasons, years).
    Raises InputRefusedError for areas that are missing or not positive, and for class numbers
    outside 0–5. Source: HJ 442.10-2020, area method (unconfirmed). Rounding: none.
    """
    numbers, sizes = np.asarray(classes), np.asarray(areas, dtype=np.float64)
    _refuse_bad_areas(numbers, sizes)
    held = np.stack([(numbers == n) @ sizes for n in range(1, 6)], axis=-1)
    judged = held.sum(axis=-1)
    with np.errstate(invalid="ignore"):
        percent = 100.0 * held / judged[..., np.newaxis]
    return AreaShares(
        percent=np.asarray(percent),
        counted=np.asarray(np.count_nonzero(numbers, axis=-1)),
        points=sizes.size,
        area=judged,
        all_area=float(sizes.sum()),
    )


def annual_shares(percent: ArrayLike, *, on: When) -> Floats:
    """Shares of a year: the mean over spring, summer and autumn, (…, 5) [%].

    percent: (…, 3, 5), the seasons in this order; a missing season (NaN) makes the year NaN.
    Raises InputRefusedError when the number of seasons is not the law's.
    Source: HJ 442.10-2020, area method, annual evaluation (unconfirmed).
    """
    shares = np.asarray(percent, dtype=np.float64)
    seasons = edition_on(parameter("sea/annual_seasons"), on).table["seasons"]
    names = seasons if isinstance(seasons, list) else []
    if shares.ndim < 2 or shares.shape[-2:] != (len(names), len(CLASS_NAMES)):
        raise InputRefusedError(
            [
                InputProblem(
                    -1,
                    "面积比例",
                    shares.shape,
                    "不是各季的五类比例",
                    f"请按 {'、'.join(map(str, names))} 的顺序各给五个比例，缺季留空",
                )
            ]
        )
    return np.asarray(shares.mean(axis=-2))


def good_share(percent: ArrayLike, *, on: When) -> Floats:
    """Share of good water (classes 1 and 2) [%] of the shares (..., 5).

    Source: HJ 442-2008, HJ 442.10-2020 (unconfirmed). on: one day.
    """
    shares = np.asarray(percent, dtype=np.float64)
    worst = int(edition_on(parameter("sea/good_class"), on).number)
    return np.asarray(shares[..., :worst].sum(axis=-1))


def quality_grade(percent: ArrayLike, *, on: When, edition: str | None = None) -> QualityGrade:
    """The grade of near-shore water of each sea area, 优 to 极差.

    percent: (..., 5), shares of classes 1–4 and worse than 4 [%], of area or of points; NaN gives
    "cannot be judged". on: one day, choosing the edition. Raises InputRefusedError for negative
    shares and shares that do not add up to 100 (within 0.5, as published ones are rounded).
    Source: HJ 442-2008, HJ 442.10-2020 (unconfirmed; reproduces published grades of 2017).
    Rounding: none.
    """
    shares = np.asarray(percent, dtype=np.float64)
    _refuse_bad_shares(shares)
    chosen = edition_on(parameter("sea/nearshore_grades"), on, edition=edition)
    row = np.full(shares.shape[:-1], -1, dtype=np.int8)
    for number, conditions in reversed(list(enumerate(chosen.rows))):
        row[_holds(conditions, shares)] = number
    row[np.isnan(shares).any(axis=-1)] = -1
    return QualityGrade(row=row, percent=shares, edition=chosen, forced=edition is not None)


def _measures(shares: Floats) -> dict[str, Floats]:
    sums: Floats = np.cumsum(shares, axis=-1).round(_NOISE_DIGITS)
    return {
        "first": sums[..., 0],
        "first_second": sums[..., 1],
        "first_to_third": sums[..., 2],
        "inferior": np.asarray(np.round(shares[..., 4], _NOISE_DIGITS)),
    }


def _holds(conditions: Mapping[str, str], shares: Floats) -> NDArray[np.bool_]:
    held = np.ones(shares.shape[:-1], dtype=bool)
    for name, measure in _measures(shares).items():
        if conditions[name]:
            limit = float(conditions[name])
            held &= measure <= limit if name == "inferior" else measure >= limit
    return held


def _tried(row: Mapping[str, str], percent: Floats, *, held: bool) -> Step:
    measures = _measures(percent)
    parts = []
    for key, label in _LEAST.items():
        if row[key]:
            sign = "≥" if measures[key] >= float(row[key]) else "<"
            parts.append(f"{label} {float(measures[key]):.12g}% {sign} {row[key]}%")
    if row["inferior"]:
        worst = float(measures["inferior"])
        sign = "≤" if worst <= float(row["inferior"]) else ">"
        parts.append(f"劣四类 {worst:.12g}% {sign} {row['inferior']}%")
    return Step(
        f"“{row['name']}”的条件",
        "，".join(parts) or "以上均不符合",
        "符合" if held else "不符合",
        deciding=held,
    )


def _refuse_bad_areas(numbers: NDArray[np.generic], sizes: Floats) -> None:
    problems = [
        InputProblem(int(n), "代表面积", sizes[n], "面积缺失或不为正", "请给出各点位代表的海域面积")
        for n in np.flatnonzero(~(sizes > 0))[:100]
    ]
    if sizes.ndim != 1 or numbers.shape[-1:] != sizes.shape:
        words = "点位数与面积数不一致", "每个点位对应一个面积"
        problems = [InputProblem(-1, "代表面积", f"{sizes.shape}，类别 {numbers.shape}", *words)]
    elif not np.isin(numbers, np.arange(6)).all():
        words = "类别号不在 0–5 之内", "1–4 为第一至第四类，5 为劣四类，0 为无法评价"
        problems.append(InputProblem(-1, "水质类别", numbers.max(), *words))
    if problems:
        raise InputRefusedError(problems)


def _refuse_bad_shares(shares: Floats) -> None:
    if shares.shape[-1:] != (len(CLASS_NAMES),):
        words = "不是五类的比例", "请依次给出第一、二、三、四类和劣四类的比例（%）"
        raise InputRefusedError([InputProblem(-1, "面积比例", shares.shape, *words)])
    flat = shares.reshape(-1, len(CLASS_NAMES))
    with np.errstate(invalid="ignore"):
        off = np.abs(flat.sum(axis=-1) - 100.0) > _ADD_UP_TOLERANCE
        negative = (flat < 0).any(axis=-1)
    problems = [
        InputProblem(
            int(n),
            "面积比例",
            f"合计 {flat[n].sum():g}%",
            "比例为负或合计不是 100%",
            "请检查各类比例；0–1 的小数请乘以 100",
        )
        for n in np.flatnonzero(off | negative)[:100]
    ]
    if problems:
        raise InputRefusedError(problems)
