"""Comparing whole columns with a class table: item classes, the worst, who decides, by how much.

    judged = judge(table, {"DO": [7.1, 4.2], "DIN": [0.18, 0.52]})
    judged.worst, judged.deciding

Class numbers count from 1, the best; one more than there are classes means worse than all; 0
means the value is missing, so that nothing missing is ever judged as kept. It refuses to round:
values are compared as they are, save that one within 10⁻¹² of a limit (relative) is that limit:
0.21 + 0.02 + 0.07 is 0.30 on paper and a hair more in binary.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.classes.exact import exact_columns
from zhihuan.standards.classes.limits import ClassTable, ItemLimits
from zhihuan.standards.errors import InputProblem, InputRefusedError

__all__ = [
    "ClassNumbers",
    "Judged",
    "broadcast_columns",
    "exceedance_multiples",
    "item_class",
    "judge",
]

ClassNumbers = NDArray[np.uint8]
Floats = NDArray[np.float64]

_NOISE = 1e-12  # of the limit; far below any printed digit, far above binary noise of a mean
_CHUNK = 1 << 15  # elements compared at a time: column, mask and result stay in cache


@dataclass(frozen=True, slots=True)
class Judged:
    """Classes of all items of all samples. items: their order along the first axis.

    item_class: (items, *samples); worst, counted (items with a value): the samples' shape.
    """

    items: tuple[str, ...]
    item_class: ClassNumbers
    worst: ClassNumbers
    counted: ClassNumbers

    @property
    def deciding(self) -> NDArray[np.bool_]:
        """Which items stand at the worst class, (items, *samples); none where nothing is judged."""
        return np.asarray((self.item_class == self.worst) & (self.worst > 0))


def judge(table: ClassTable, columns: Mapping[str, ArrayLike]) -> Judged:
    """The class of every item and the worst of each sample.

    columns: item code -> values [the table's unit], NaN missing; shapes broadcast to the samples'.
    Raises UnknownItemError for an item the table does not have, InputRefusedError for no columns
    or shapes that do not fit together.
    """
    limits = [table[item] for item in columns]
    arrays = broadcast_columns(columns)
    shape = arrays[0].shape
    flat = [array.reshape(-1) for array in arrays]
    classes = np.empty((len(flat), flat[0].size), dtype=np.uint8)
    worst, counted = (np.zeros(flat[0].size, dtype=np.uint8) for _ in range(2))
    for start in range(0, flat[0].size, _CHUNK):
        part = slice(start, start + _CHUNK)
        for place, (limit, values) in enumerate(zip(limits, flat, strict=True)):
            found = _compared(limit, values[part], classes[place, part])
            np.maximum(worst[part], found, out=worst[part])
            counted[part] += found > 0
    return Judged(
        items=tuple(columns),
        item_class=classes.reshape(len(flat), *shape),
        worst=worst.reshape(shape),
        counted=counted.reshape(shape),
    )


def item_class(limits: ItemLimits, values: ArrayLike) -> ClassNumbers:
    """The class number of each value of one item, in the values' shape; 0 where it is NaN."""
    array = np.asarray(values, dtype=np.float64)
    return _compared(limits, array.reshape(-1), np.empty(array.size, np.uint8)).reshape(array.shape)


def exceedance_multiples(limits: ItemLimits, values: ArrayLike, class_number: int) -> Floats:
    """By how many times the limit a value lies above it: (C − limit)/limit, in the values' shape.

    class_number: the class whose upper limit is the measure, from 1. Negative below the limit.
    NaN for missing values and for items where a multiple means nothing: lower limits (dissolved
    oxygen), ranges (pH), a limit of zero, and classes that ask nothing.
    """
    array = np.asarray(values, dtype=np.float64)
    low, high = limits.low[class_number - 1], limits.high[class_number - 1]
    if isfinite(low) or not isfinite(high) or high == 0:
        return np.full(array.shape, np.nan)
    return np.asarray((array - high) / high)


def named(names: Sequence[str], numbers: NDArray[np.integer[Any]]) -> NDArray[np.object_]:
    """The name of each number, in the numbers' shape; -1 is the last name.

    >>> named(("无法评价", "第一类"), np.array([1, 0])).tolist()
    ['第一类', '无法评价']
    """
    return np.asarray(np.array(names, dtype=object)[numbers], dtype=object)


def _compared(limits: ItemLimits, values: Floats, out: ClassNumbers) -> ClassNumbers:
    """One plus the number of classes whose interval the value leaves; NaN compares false to all."""
    above, below = (np.greater_equal, np.less_equal) if limits.open_ends else (np.greater, np.less)
    slack = -_NOISE if limits.open_ends else _NOISE  # an open end excludes its limit, noise and all
    with np.errstate(invalid="ignore"):
        np.equal(values, values, out=out.view(np.bool_))
        for low, high, steps in _distinct(limits):
            outside = above(values, high + slack * abs(high)) if isfinite(high) else None
            if isfinite(low):
                under = below(values, low - slack * abs(low))
                outside = under if outside is None else outside | under
            if outside is not None:
                out += outside if steps == 1 else np.multiply(outside, steps, dtype=np.uint8)
    return out


def _distinct(limits: ItemLimits) -> list[tuple[float, float, int]]:
    """The intervals with how many classes share each: equal limits are compared once."""
    counts: dict[tuple[float, float], int] = {}
    for ends in zip(limits.low, limits.high, strict=True):
        counts[ends] = counts.get(ends, 0) + 1
    return [(low, high, count) for (low, high), count in counts.items()]


def broadcast_columns(columns: Mapping[str, ArrayLike]) -> list[Floats]:
    """The columns in order, all in one shape, without copies. Raises InputRefusedError."""
    arrays = [*exact_columns(columns).values()]
    if not arrays:
        raise InputRefusedError(
            [InputProblem(-1, "项目", "无", "没有任何评价项目", "请至少给出一个项目的数值")]
        )
    try:
        return list(np.broadcast_arrays(*arrays))
    except ValueError:
        sizes = "，".join(f"{item} {np.shape(values)}" for item, values in columns.items())
        problem = InputProblem(
            -1, "项目", sizes, "各项目数值的个数不一致", "每个样品一行，缺测留空"
        )
        raise InputRefusedError([problem]) from None
