"""Groundwater: classes by GB/T 14848, exceedance multiples, shares of classes among points.

    >>> from datetime import date
    >>> judged = groundwater_class({"hardness": 480, "no3n": 12.0}, on=date(2026, 5, 1))
    >>> print(judged.names())
    Ⅳ类

``water_class`` judges samples by the edition of their day (1993, 2017), ``score`` is the composite
score that the 1993 edition had, ``points`` the share of classes in a network.
"""

from zhihuan.standards.groundwater.points import ClassShares, class_shares
from zhihuan.standards.groundwater.score import CompositeScore, composite_score
from zhihuan.standards.groundwater.water_class import (
    CLASS_NAMES,
    GroundwaterClasses,
    groundwater_class,
    groundwater_items,
)

__all__ = [
    "CLASS_NAMES",
    "ClassShares",
    "CompositeScore",
    "GroundwaterClasses",
    "class_shares",
    "composite_score",
    "groundwater_class",
    "groundwater_items",
]
