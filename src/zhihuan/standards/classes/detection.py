"""Values below the detection limit: what stands in for them, and when they decide nothing.

    below = Below(masks={"hg": [True, False]}, factors={"hg": 0.5})

A laboratory reports "below detection" with its detection limit. The number given in a column is
then that limit, the mask says so, and the limit times a factor (the law's, by day) stands in for
the value. Where a class asks that nothing be detected, "below detection" keeps it. It refuses to
hide that a coarse method decides nothing: ``undecided`` marks samples whose class would differ
between nothing at all and the detection limit itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.classes.judging import item_class
from zhihuan.standards.classes.limits import ItemLimits

__all__ = ["Below", "stand_ins", "undecided"]

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
        return np.broadcast_to(np.asarray(self.masks[item], dtype=bool), shape)


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
