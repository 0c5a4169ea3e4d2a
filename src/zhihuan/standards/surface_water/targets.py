"""Whether sections keep their target classes, and which share of them does.

    >>> from datetime import date
    >>> kept = target_compliance(["Ⅱ", "Ⅳ", ""], ["Ⅲ", "Ⅲ", "Ⅲ"], on=date(2026, 12, 31))
    >>> kept.met.tolist(), float(kept.percent[0]), kept.unjudged.tolist()
    ([True, False, False], 50.0, [1])

The rate is of sections that have both a class and a target; the others are counted apart. A target
is a class of the zoning document (Ⅰ to Ⅴ) and it refuses 劣Ⅴ as one. By volume: give ``weights``.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import Days, When, as_days
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.parameters import parameter
from zhihuan.standards.surface_water.digits import reported
from zhihuan.standards.surface_water.limits import LIMITS
from zhihuan.standards.surface_water.quality_class import class_numbers, target_numbers
from zhihuan.standards.surface_water.shares import group_places

__all__ = ["Compliance", "target_compliance"]

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
_DECIMALS = "surface_water/percent_decimals"


@dataclass(frozen=True, slots=True)
class Compliance:
    """Targets kept, by section and by group.

    met, judged: of the sections' shape; met is False where judged is False. groups: labels;
    counted, kept: weights judged and weights kept, (groups,), plain counts without weights;
    unjudged: sections without class or target, (groups,).
    """

    met: Mask
    judged: Mask
    groups: tuple[Hashable, ...]
    counted: Floats
    kept: Floats
    unjudged: NDArray[np.int64]
    days: Days

    @property
    def percent(self) -> Floats:
        """Compliance rate [%], (groups,), unrounded; NaN where nothing could be judged."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.counted > 0, 100.0 * self.kept / self.counted, np.nan)

    @property
    def reported(self) -> Floats:
        """The rates as reports print them: one decimal, half to even."""
        return reported(_DECIMALS, self.percent, on=self.days)

    def derivation(self, index: int = 0) -> Derivation:
        """The rate of one group."""
        rate, day = self.reported[index], self.days[index].astype(object)
        kept, counted = f"{self.kept[index]:.12g}", f"{self.counted[index]:.12g}"
        judged = not np.isnan(rate)
        return Derivation(
            title=f"水质达标率 {self.groups[index]}".strip(),
            conclusion=f"达标率 {rate:.12g}%" if judged else "没有可评价的断面",
            basis=(
                Basis.of(parameter(LIMITS).on(day), decides="类别与目标类别的比较"),
                Basis.of(parameter(_DECIMALS).on(day), decides="报告位数"),
            ),
            facts=(
                Fact("参与评价", counted),
                Fact("达标", kept),
                Fact("缺类别或缺目标", str(int(self.unjudged[index])), "个", "不计入达标率"),
            ),
            steps=(Step("达标率", f"{kept} ÷ {counted}", f"{rate:.12g}%", "四舍六入五成双"),)
            if judged
            else (),
        )


def target_compliance(
    classes: ArrayLike,
    targets: ArrayLike,
    *,
    on: When,
    groups: ArrayLike | None = None,
    weights: ArrayLike | None = None,
) -> Compliance:
    """Which sections keep their target class, and the rate by group.

    classes: names or numbers, any shape; targets: Ⅰ to Ⅴ, broadcast to them, empty where none is
    set. groups: as in ``class_shares``. weights: of each section, such as the water taken from a
    source [m³]; None counts sections. on: one day, or one a group.
    Raises InputRefusedError.
    Source: GB 3838-2002, 5.1: the class is compared with that of the water's function.
    """
    codes = class_numbers(classes)
    goal = np.broadcast_to(target_numbers(targets), codes.shape)
    # a section without a class, or without a target, is no failure and no success
    judged = (codes > 0) & (goal > 0)
    met = judged & (codes <= goal)
    labels, places = group_places(groups, codes.size)
    weight = _weights(weights, codes.shape)
    size = len(labels)
    return Compliance(
        met=met,
        judged=judged,
        groups=labels,
        counted=_sums(places, weight * judged, size),
        kept=_sums(places, weight * met, size),
        unjudged=_sums(places, ~judged, size).astype(np.int64),
        days=np.broadcast_to(as_days(on), (size,)),
    )


def _weights(weights: ArrayLike | None, shape: tuple[int, ...]) -> Floats:
    if weights is None:
        return np.ones(shape)
    given = np.broadcast_to(np.asarray(weights, dtype=np.float64), shape)
    wrong = np.argwhere(np.atleast_1d(~(given >= 0) | np.isinf(given)))
    if wrong.size:
        row = int(wrong[0][0])
        value = np.atleast_1d(given)[tuple(wrong[0])]
        raise InputRefusedError(
            [InputProblem(row, "权重", value, "权重缺失或为负", "请填不小于 0 的水量或权重")]
        )
    return given


def _sums(places: NDArray[np.int64], weights: NDArray[np.generic], size: int) -> Floats:
    numbers = np.asarray(weights, dtype=np.float64).ravel()
    return np.asarray(np.bincount(places, weights=numbers, minlength=size), dtype=np.float64)
