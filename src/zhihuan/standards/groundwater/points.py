"""Points of a groundwater network: the share of each class, as the yearly bulletins give it.

    >>> shares = class_shares([1, 3, 4, 4, 5, 0])
    >>> shares.percent.tolist(), shares.judged, shares.points
    ([20.0, 0.0, 20.0, 40.0, 20.0], 5, 6)
    >>> shares.up_to(4)
    80.0

It refuses to count a point that could not be judged.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.derivation import Derivation, Fact, Step
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.groundwater.water_class import CLASS_NAMES

__all__ = ["ClassShares", "class_shares"]


@dataclass(frozen=True, slots=True)
class ClassShares:
    """percent: share of the classes I–V among the judged points [%], NaN when none was judged;
    judged, points: how many points were, of how many.
    """

    percent: NDArray[np.float64]
    judged: int
    points: int

    def up_to(self, class_number: int) -> float:
        """The share of points in this class or better [%]; bulletins give I–IV and V."""
        return float(np.round(self.percent[:class_number].sum(), 9))

    def derivation(self) -> Derivation:
        """How the shares came about: the points judged and their classes."""
        counts = np.rint(np.nan_to_num(self.percent) * self.judged / 100.0).astype(int).tolist()
        steps = tuple(
            Step(f"{name}点位比例", f"{count}÷{self.judged}×100%", f"{share:.4g}%")
            for name, count, share in zip(CLASS_NAMES, counts, self.percent.tolist(), strict=True)
            if self.judged
        )
        return Derivation(
            title="地下水各类别点位比例",
            conclusion="，".join(f"{step.what} {step.result}" for step in steps) or "无法评价",
            basis=(),
            facts=(Fact("参加评价的点位", f"{self.judged}/{self.points}", "个"),),
            steps=steps,
        )


def class_shares(classes: ArrayLike) -> ClassShares:
    """The share of each class among points. classes: numbers 0–5 in any shape, 0 = not judged.

    Raises InputRefusedError for other numbers. Rounding: none.
    """
    numbers = np.asarray(classes)
    if not np.isin(numbers, np.arange(6)).all():
        words = "类别号不在 0–5 之内", "1–5 为Ⅰ–Ⅴ类，0 为无法评价"
        raise InputRefusedError([InputProblem(-1, "水质类别", numbers.max(), *words)])
    counts = np.bincount(numbers.reshape(-1).astype(np.intp), minlength=6)[1:]
    judged = int(counts.sum())
    percent = 100.0 * counts / judged if judged else np.full(5, np.nan)
    return ClassShares(percent=percent, judged=judged, points=numbers.size)
