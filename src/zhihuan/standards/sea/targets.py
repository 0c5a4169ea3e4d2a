"""Whether sea points and functional zones keep the class they are meant to keep.

    >>> kept = compliance(classes=[1, 2, 4, 0], targets=[2, 2, 3, 2])
    >>> kept.met.tolist(), round(kept.rate, 1), kept.judged
    ([1, 1, 0, -1], 66.7, 3)

The target is the water class that the zoning document gives the zone (a second-class functional
zone keeps the second class of water or better). Zoning is local: it is the caller's. It refuses to
count a point that could not be judged as kept or as missed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.derivation import Derivation, Fact, Step
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.sea.water_class import CLASS_NAMES

__all__ = ["Compliance", "compliance"]

_UNJUDGED = -1


@dataclass(frozen=True, slots=True)
class Compliance:
    """met: 1 kept, 0 missed, -1 cannot be judged, by point. rate: share kept of those judged [%],
    by number or by the weights given, NaN when none was; kept, judged, points: counts.
    """

    classes: NDArray[np.uint8]
    targets: NDArray[np.uint8]
    met: NDArray[np.int8]
    rate: float
    kept: int
    judged: int
    points: int

    def derivation(self, index: int) -> Derivation:
        """Why one point keeps or misses its target."""
        number, target = int(self.classes[index]), CLASS_NAMES[int(self.targets[index]) - 1]
        words = {1: "达标", 0: "不达标", _UNJUDGED: "无法评价"}[int(self.met[index])]
        name = CLASS_NAMES[number - 1] if number else "无法评价"
        sign = "不劣于" if int(self.met[index]) == 1 else "劣于"
        return Derivation(
            title="近岸海域环境功能区水质达标",
            conclusion=words,
            basis=(),
            facts=(Fact("水质类别", name), Fact("目标类别", target)),
            steps=(Step("与目标比较", f"{name}{sign}{target}", words, deciding=True),)
            if number
            else (),
            cautions=("目标类别由使用者按功能区划文件给出",),
        )


def compliance(
    classes: ArrayLike, targets: ArrayLike, *, weights: ArrayLike | None = None
) -> Compliance:
    """Which points keep their target class, and the share of those that do.

    classes: (points,) class numbers, 1–4, 5 = 劣四类, 0 = cannot be judged; targets: 1–4, one for
    all or one a point; weights: areas (points,) for a rate by area, else by number of points.
    Raises InputRefusedError for targets outside 1–4 and weights that do not fit.
    Source: 近岸海域环境功能区管理办法 (1999), functional zones keep the class of their zoning.
    """
    numbers = np.atleast_1d(np.asarray(classes, dtype=np.uint8))
    wanted = np.broadcast_to(np.asarray(targets), numbers.shape)
    sizes = np.ones(numbers.shape) if weights is None else np.asarray(weights, dtype=np.float64)
    _refuse_bad(wanted, sizes)
    met = np.where(numbers == 0, _UNJUDGED, numbers <= wanted).astype(np.int8)
    kept, judged = met == 1, met >= 0
    area = float(sizes[judged].sum())
    return Compliance(
        classes=numbers,
        targets=wanted.astype(np.uint8),
        met=met,
        rate=100.0 * float(sizes[kept].sum()) / area if area else float("nan"),
        kept=int(kept.sum()),
        judged=int(judged.sum()),
        points=numbers.size,
    )


def _refuse_bad(wanted: NDArray[np.generic], sizes: NDArray[np.float64]) -> None:
    problems = [
        InputProblem(
            int(n), "目标类别", wanted[n], "目标类别不在 1–4 之内", "请填功能区的水质目标类别"
        )
        for n in np.flatnonzero(~np.isin(wanted, (1, 2, 3, 4)))[:100]
    ]
    if sizes.shape != wanted.shape or not (sizes > 0).all():
        words = "面积与点位不一一对应，或不为正", "每个点位给出一个大于 0 的面积"
        problems.append(InputProblem(-1, "面积", sizes.shape, *words))
    if problems:
        raise InputRefusedError(problems)
