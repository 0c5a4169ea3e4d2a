"""Values below the detection limit: what stands in for them, and when they decide nothing.

    below = Below(masks={"hg": [True, False]}, factors={"hg": 0.5})

A laboratory reports "below detection" with its detection limit. The number given in a column is
then that limit, the mask says so, and the limit times a factor (the law's, by day) stands in for
the value. Where a class asks that nothing be detected, "below detection" keeps it. It refuses to
hide that a coarse method decides nothing: ``undecided`` marks samples whose class would differ
between nothing at all and the detection limit itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.classes.judging import item_class
from zhihuan.standards.classes.limits import ItemLimits
from zhihuan.standards.errors import InputProblem, InputRefusedError

__all__ = ["Below", "refuse_strays", "stand_ins", "undecided"]

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Below:
    """Which values lie below detection. masks: item -> bools in its column's shape; factors: item
    -> what the detection limit is multiplied with.
    """

    masks: Mapping[str, ArrayLike] = field(default_factory=dict)
    factors: Mapping[str, float] = field(default_factory=dict)

    def mask(self, item: str, shape: tuple[int, ...]) -> Mask | None:
        """The mask of one item in this shape; None when it has none."""
        if item not in self.masks:
            return None
        mask = np.asarray(self.masks[item], dtype=bool)
        try:
            return np.broadcast_to(mask, shape)
        except ValueError:
            words = "未检出标记与数值的个数不一致", "每个数值对应一个标记"
            problem = InputProblem(-1, item, f"{mask.shape}，数值 {shape}", *words)
            raise InputRefusedError([problem]) from None


def refuse_strays(what: str, keys: Iterable[str], columns: Mapping[str, object]) -> None:
    """Refuse entries that belong to no column: a mark nobody reads would change no class.

    what: in Chinese, what the entries are. Raises InputRefusedError naming them.
    """
    strays = [key for key in keys if key not in columns]
    if strays:
        words = "没有同名的数值列", f"请用与数值列相同的写法：{'、'.join(columns)}"
        raise InputRefusedError([InputProblem(-1, what, key, *words) for key in strays])


def stand_ins(limits: ItemLimits, given: Floats, below: Mask | None, factor: float) -> Floats:
    """The values to judge: the detection limit times ``factor`` where below detection."""
    if below is None:
        return given
    return np.where(below, 0.0 if limits.wants_none else given * factor, given)


def undecided(limits: ItemLimits, given: Floats, below: Mask | None) -> Mask:
    """Where the detection limit is too coarse: nothing and the limit itself differ in class."""
    if below is None or limits.wants_none:
        return np.zeros(given.shape, dtype=bool)
    return np.asarray(below & (item_class(limits, given) != item_class(limits, given * 0.0)))
