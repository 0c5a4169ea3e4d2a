"""Sea water and near-shore sea areas: classes, shares, grades, targets, eutrophication.

    >>> from datetime import date
    >>> judged = sea_class({"din": 0.52, "po4": 0.02, "do": 6.4}, on=date(2026, 8, 1))
    >>> print(judged.names())
    劣四类

``water_class`` judges a sample by GB 3097-1997, ``nitrogen`` makes its nitrogen items,
``eutrophication`` the index E; ``nearshore`` turns points into area shares and the grade of a sea
area, ``pollutants`` names what exceeds there, ``means`` averages points, ``targets`` compares with functional zones. Most of
HJ 442 is known at second hand: each derivation says so. Nothing here interpolates between points.
"""

from zhihuan.standards.sea.eutrophication import Eutrophication, eutrophication
from zhihuan.standards.sea.means import PointMean, change_percent, point_means
from zhihuan.standards.sea.nearshore import (
    AreaShares,
    QualityGrade,
    annual_shares,
    area_shares,
    good_share,
    quality_grade,
)
from zhihuan.standards.sea.nitrogen import (
    inorganic_nitrogen,
    nitrogen_from_micromoles,
    un_ionised_ammonia,
)
from zhihuan.standards.sea.pollutants import MainPollutant, main_pollutants
from zhihuan.standards.sea.targets import Compliance, compliance
from zhihuan.standards.sea.water_class import (
    CLASS_NAMES,
    SeaClasses,
    evaluated_items,
    sea_class,
    sea_items,
)

__all__ = [
    "CLASS_NAMES",
    "AreaShares",
    "Compliance",
    "Eutrophication",
    "MainPollutant",
    "PointMean",
    "QualityGrade",
    "SeaClasses",
    "annual_shares",
    "area_shares",
    "change_percent",
    "compliance",
    "eutrophication",
    "evaluated_items",
    "good_share",
    "inorganic_nitrogen",
    "main_pollutants",
    "nitrogen_from_micromoles",
    "point_means",
    "quality_grade",
    "sea_class",
    "sea_items",
    "un_ionised_ammonia",
]
