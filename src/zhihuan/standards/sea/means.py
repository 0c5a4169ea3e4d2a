"""Means of sea items over points, and their change from a year before.

    >>> from datetime import date
    >>> year = point_means({"din": [1.2, 1.9, 1.67, float("nan")]}, on=date(2024, 12, 31))
    >>> year["din"].mean.round(6).item(), year["din"].counted.item(), year["din"].points
    (1.59, 3, 4)
    >>> change_percent(now=1.59, before=1.96).round(1).item()
    -18.9

Bulletins give the mean of inorganic nitrogen and reactive phosphate of all points of a sea area.
Values below detection take part by their stand-in. It refuses pH: the law at hand does not say
whether its mean is taken of pH or of hydrogen ions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import When
from zhihuan.standards.derivation import Derivation, Fact, Step
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.sea.water_class import sea_items, stand_in_values

__all__ = ["PointMean", "change_percent", "point_means"]

Floats = NDArray[np.float64]
_NOT_AVERAGED = ("ph", "ph_shift")


@dataclass(frozen=True, slots=True)
class PointMean:
    """The mean of one item over points (the last axis), and how many had a value.

    mean: NaN where no point had one; counted, points: how many had, of how many.
    """

    item: str
    name: str
    unit: str
    mean: Floats
    counted: NDArray[np.intp]
    points: int

    def derivation(self, index: int | tuple[int, ...] = ()) -> Derivation:
        """How one mean came about."""
        mean, counted = float(self.mean[index]), int(self.counted[index])
        how = f"{counted} 个点位的算术平均"
        return Derivation(
            title=f"{self.name}平均浓度",
            conclusion=f"{mean:.4g} {self.unit}" if counted else "无法评价",
            basis=(),
            facts=(Fact("有数据的点位", f"{counted}/{self.points}", "个"),),
            steps=(Step("平均", how, f"{mean:.12g}", rounding="不修约"),) if counted else (),
            cautions=("点位平均的做法见 HJ 442.10-2020，未核对正式文本",),
        )


def point_means(
    columns: Mapping[str, ArrayLike],
    *,
    on: When,
    below: Mapping[str, ArrayLike] | None = None,
) -> dict[str, PointMean]:
    """Arithmetic means over the last axis, by item.

    columns: item code or Chinese name -> values (..., points) [unit of ``sea_items``], NaN missing;
    on: one day, choosing the items and the rule for undetected values; below: item -> where the
    value given is a detection limit not reached. Raises InputRefusedError (pH, implausible values),
    UnknownItemError. Source: HJ 442.10-2020 (unconfirmed). Rounding: none.
    """
    table = sea_items(on=on)
    refused = [item for item in columns if table[item].item in _NOT_AVERAGED]
    if refused:
        words = "pH 不求算术平均", "请给出按规定求得的值，或不列入"
        raise InputRefusedError([InputProblem(-1, "项目", item, *words) for item in refused])
    refuse_bad((f"sea/{table[item].item}", values) for item, values in columns.items())
    found = {}
    for item, values in stand_in_values(columns, below or {}, on=on).items():
        points = np.atleast_1d(values)
        counted = np.asarray(np.count_nonzero(~np.isnan(points), axis=-1))
        sums = np.nansum(points, axis=-1)
        mean = np.divide(sums, counted, out=np.full(counted.shape, np.nan), where=counted > 0)
        limits, size = table[item], points.shape[-1]
        found[item] = PointMean(
            limits.item, limits.name, limits.unit, np.asarray(mean), counted, size
        )
    return found


def change_percent(now: ArrayLike, before: ArrayLike) -> Floats:
    """Change from ``before`` to ``now`` [%]: (now − before)/before × 100; negative is a fall.

    Shapes broadcast; NaN where either is missing or before is not above 0. Rounding: none.
    """
    later, earlier = np.asarray(now, dtype=np.float64), np.asarray(before, dtype=np.float64)
    later, earlier = np.broadcast_arrays(later, earlier)
    change = np.full(later.shape, np.nan)
    np.divide(100.0 * (later - earlier), earlier, out=change, where=earlier > 0)
    return change
