"""Soil: risk screening and intervention values of development land and of farmland.

    >>> from datetime import date
    >>> print(farmland({"镉": 0.45}, ph=6.0, land_use="水田", on=date(2026, 5, 1)).names())
    安全利用类
    >>> print(development_land({"as": 25.0}, 2, on=date(2026, 5, 1)).names())
    不超过筛选值

``development_land`` judges by GB 36600-2018, ``farmland`` by GB 15618-2018; both return a
``SoilRisk`` with levels, multiples and a derivation for each sample. Nothing here assesses risk to
people or decides the category of a field: those weigh more than soil values.
"""

from zhihuan.standards.soil.development_land import (
    development_items,
    development_land,
    land_class_of,
)
from zhihuan.standards.soil.farmland import LAND_USES, farmland, farmland_items
from zhihuan.standards.soil.risk import ItemRisk, SoilRisk

__all__ = [
    "LAND_USES",
    "ItemRisk",
    "SoilRisk",
    "development_items",
    "development_land",
    "farmland",
    "farmland_items",
    "land_class_of",
]
