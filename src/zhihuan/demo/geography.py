"""Where things stand: the packaged town cells and the river, and points drawn inside them.

Town cells are approximate and synthetic (Voronoi cells of the town seats), not legal boundaries.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import shapely
from shapely.geometry import Point, Polygon, shape
from shapely.geometry.base import BaseGeometry

from zhihuan.bureau.places.packaged import find_city

__all__ = ["Town", "inside", "on_river", "towns"]

_DIGITS = 5
_MOST_TRIES = 200


@dataclass(frozen=True, slots=True)
class Town:
    """One of the 23 towns and subdistricts. seat: (longitude, latitude), WGS-84. pinyin: ASCII."""

    code: str
    name: str
    short: str
    pinyin: str
    seat: tuple[float, float]
    cell: Polygon
    area_km2: float


@cache
def towns() -> tuple[Town, ...]:
    """All towns, in the order of their codes."""
    return tuple(
        Town(
            code=feature["properties"]["code"],
            name=feature["properties"]["name"],
            short=feature["properties"]["short"],
            pinyin=feature["properties"]["pinyin"],
            seat=tuple(feature["properties"]["seat"]),
            cell=shape(feature["geometry"]),
            area_km2=feature["properties"]["area_km2"],
        )
        for feature in _layer("towns")["features"]
    )


def inside(town: Town, choice: random.Random, *, around_seat: float = 0.0) -> tuple[float, float]:
    """A random place in the town's cell; around_seat draws it towards the seat (0 to 1)."""
    west, south, east, north = town.cell.bounds
    for _ in range(_MOST_TRIES):
        lon = _pulled(choice.uniform(west, east), town.seat[0], around_seat)
        lat = _pulled(choice.uniform(south, north), town.seat[1], around_seat)
        if town.cell.contains(Point(lon, lat)):
            return round(lon, _DIGITS), round(lat, _DIGITS)
    return town.seat


def on_river(choice: random.Random) -> tuple[tuple[float, float], Town]:
    """A random place beside the river within the city, and the town it lies in."""
    reach = _river_in_the_city()
    place = shapely.line_interpolate_point(reach, choice.random(), normalized=True)
    found = _town_of(place)
    return (round(place.x, _DIGITS), round(place.y, _DIGITS)), found


def _pulled(drawn: float, seat: float, part: float) -> float:
    return drawn + (seat - drawn) * part


def _town_of(place: BaseGeometry) -> Town:
    return min(towns(), key=lambda town: town.cell.distance(place))


@cache
def _river_in_the_city() -> BaseGeometry:
    rivers = [
        shape(feature["geometry"])
        for feature in _layer("rivers")["features"]
        if feature["properties"]["kind"] == "river"
    ]
    outline = shape(_layer("outline")["features"][0]["geometry"])
    within: Sequence[Any] = shapely.intersection(rivers, outline)
    return max(shapely.get_parts(within), key=shapely.length)


def _layer(name: str) -> dict[str, Any]:
    file = find_city("442000") / f"{name}.geojson"
    layer: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return layer
