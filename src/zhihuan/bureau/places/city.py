"""The packaged city: its towns, their approximate cells, and look-ups by name and by coordinate.

A city is a folder (``data/442000``): ``towns.csv``, ``towns.geojson``, ``outline.geojson``,
``rivers.geojson``. ``ZHIHUAN_CITY`` names a packaged one or the path of another. Cells that are
marked ``synthetic`` are Voronoi cells of the town seats, not legal boundaries: what is decided by
them is told as approximate.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from django.conf import settings
from numpy.typing import ArrayLike, NDArray
from shapely.geometry import shape

from zhihuan.bureau.places.models import Town
from zhihuan.bureau.places.packaged import find_city

#: A coordinate within this distance of its town's cell [degrees, about 550 m] is not told as
#: outside: cells are approximate.
TOLERANCE_DEGREES = 0.005


class UnknownTownError(ValueError):
    """A name or code that no town of the city has, or ever had."""

    def __init__(self, given: str) -> None:
        super().__init__(
            f"“{given}”不是本市的镇街名称或区划代码；可用：" + "、".join(town_names().values())
        )


def city_folder() -> Path:
    """The folder of the city that is set."""
    return find_city(settings.ZHIHUAN_CITY)


def sync_towns(using: str = "default") -> None:
    """Put the packaged towns into the database; those it no longer lists stay as they are."""
    with (city_folder() / "towns.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            given = dict(row)
            code, former = given.pop("code"), given.pop("former")
            given["former"] = [each for each in former.split(";") if each]
            Town.objects.using(using).update_or_create(code=code, defaults=given)
    town_names.cache_clear()


@cache
def town_names() -> Mapping[str, str]:
    """Code → name of the towns as packaged, in the order of the codes."""
    with (city_folder() / "towns.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def find_town(given: str) -> Town:
    """The town of this name, former name, or code (9 or 12 digits). UnknownTownError otherwise."""
    wanted = given.strip()
    if found := _known().get(wanted.removesuffix("000") if len(wanted) == 12 else wanted):
        return found
    raise UnknownTownError(given)


def _known() -> dict[str, Town]:
    known: dict[str, Town] = {}
    for town in Town.objects.all():
        short = town.name.removesuffix("街道").removesuffix("镇")
        former = (part for each in town.former for part in each.split("@"))
        for name in (*former, short, town.name, town.code):
            known[name] = town
    return known


@dataclass(frozen=True, slots=True)
class _Cells:
    codes: tuple[str, ...]
    shapes: NDArray[Any]
    tree: shapely.STRtree
    approximate: bool


@cache
def _cells() -> _Cells:
    layer = json.loads((city_folder() / "towns.geojson").read_text("utf-8"))["features"]
    shapes = np.array([shape(each["geometry"]) for each in layer], dtype=object)
    properties = [each["properties"] for each in layer]
    return _Cells(
        codes=tuple(each["code"] for each in properties),
        shapes=shapes,
        tree=shapely.STRtree(shapes),
        approximate=any(each.get("synthetic") for each in properties),
    )


def cells_are_approximate() -> bool:
    """Whether the town cells are stand-ins rather than legal boundaries."""
    return _cells().approximate


def towns_at(lon: ArrayLike, lat: ArrayLike) -> list[str | None]:
    """The code of the town each coordinate (WGS-84) lies in; None outside the city or for NaN.

    ``lon`` and ``lat`` have one shape; the answer is flat.
    """
    cells = _cells()
    points = shapely.points(np.ravel(np.asarray(lon, float)), np.ravel(np.asarray(lat, float)))
    found: list[str | None] = [None] * len(points)
    for point, cell in zip(*cells.tree.query(points, predicate="intersects"), strict=True):
        found[point] = found[point] or cells.codes[cell]
    return found


def outside_town(town: str, lon: float, lat: float) -> bool:
    """Whether a coordinate lies outside the town with this code by more than the tolerance.

    A town without a cell is never told as left.
    """
    cells = _cells()
    if town not in cells.codes:
        return False
    cell = cells.shapes[cells.codes.index(town)]
    return bool(shapely.distance(cell, shapely.Point(lon, lat)) > TOLERANCE_DEGREES)


def outside_towns(
    towns: Sequence[str], lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """``outside_town`` for many: towns, lon and lat have one length; NaN lies nowhere and is not told."""
    cells = _cells()
    place = {code: number for number, code in enumerate(cells.codes)}
    number = np.array([place.get(code, -1) for code in towns], dtype=np.int64)
    known = (number >= 0) & np.isfinite(lon) & np.isfinite(lat)
    outside = np.zeros(len(number), dtype=np.bool_)
    at = shapely.points(lon[known], lat[known])
    shapely.prepare(cells.shapes)
    near = shapely.dwithin(cells.shapes[number[known]], at, TOLERANCE_DEGREES)
    outside[known] = ~near
    return outside
