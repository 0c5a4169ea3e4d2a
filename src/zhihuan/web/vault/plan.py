"""A small plan of where evidence was made: points in metres, north up, with a bar of a round length. Pure.

No map below it: the distances between the points are what is looked at (is this photograph from where it
says?). Coordinates are of the drawing, in its own units; y grows downwards.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Plan", "Spot", "plan_of"]

_WIDTH, _HEIGHT, _MARGIN = 320, 200, 28
_DEGREE_M = 111_195.0
_LEAST_M = 50.0
_BAR_MOST = 120


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of the plan. label: the number of its piece; who: said, camera or browser."""

    label: str
    who: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Plan:
    """The drawing: its size, spots, and a bar of ``bar`` units that stands for ``bar_m`` metres."""

    spots: list[Spot]
    bar: float
    bar_m: int
    width: int = _WIDTH
    height: int = _HEIGHT


def plan_of(places: Sequence[tuple[str, str, float, float]]) -> Plan | None:
    """places: (label, who, lon, lat) in degrees WGS 84; None without any."""
    if not places:
        return None
    lat0 = sum(lat for *_, lat in places) / len(places)
    across = _DEGREE_M * math.cos(math.radians(lat0))
    metres = [(lon * across, -lat * _DEGREE_M) for *_, lon, lat in places]
    left, right = min(x for x, _y in metres), max(x for x, _y in metres)
    top, bottom = min(y for _x, y in metres), max(y for _x, y in metres)
    scale = min(
        (_WIDTH - 2 * _MARGIN) / max(right - left, _LEAST_M),
        (_HEIGHT - 2 * _MARGIN) / max(bottom - top, _LEAST_M),
    )
    middle = (left + right) / 2, (top + bottom) / 2
    spots = [
        Spot(label, who, _round(_WIDTH / 2 + (x - middle[0]) * scale), _round(_HEIGHT / 2 + (y - middle[1]) * scale))
        for (label, who, *_), (x, y) in zip(places, metres, strict=True)
    ]  # fmt: skip
    bar_m = _nice(_BAR_MOST / scale)
    return Plan(spots, _round(bar_m * scale), bar_m)


def _nice(most: float) -> int:
    """The longest of 1, 2, 5 × 10ⁿ that is not longer."""
    power = 10 ** math.floor(math.log10(most))
    return int(next(each * power for each in (5, 2, 1) if each * power <= most))


def _round(value: float) -> float:
    return round(value, 1)
