"""The vertical section of one path: its ground, its edges, and mean ground planes.

    profile = profile_of(points)            # cut points in order, source first, receiver last
    plane = mean_plane(profile, 0.0, profile.length)
    plane.height((x, z))                    # orthogonal height above it

A section is unfolded: x is the length of the way in plan. Roofs belong to the ground (hard, G = 0).
It refuses sections without a source and a receiver.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from zhihuan.standards.errors import InputProblem, InputRefusedError

__all__ = ["CutPoint", "Plane", "Point", "Profile", "mean_plane", "profile_of"]

Point = tuple[float, float]
_TOUCH = 1e-9


@dataclass(frozen=True, slots=True)
class CutPoint:
    """A point of a section. kind: Source, Receiver, GroundEffect, Topography, Wall, Reflection or
    VEdgeDiffraction. x, y, z [m]; ground_z: of the ground beneath [m]; factor: G of the ground from
    here on; side: BUILDING_ENTER, BUILDING_EXIT or THIN_WALL_ENTER_EXIT of a wall; absorption: of a
    reflecting wall, (8,).
    """

    kind: str
    x: float
    y: float
    z: float
    ground_z: float
    factor: float
    side: str = ""
    absorption: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """A section unfolded: source and receiver (x, z); ground: vertices, with the factor of the
    piece that follows each; edges: tops that may diffract; factor_at_source: G beneath it.
    """

    source: Point
    receiver: Point
    ground: tuple[Point, ...]
    factors: tuple[float, ...]
    edges: tuple[Point, ...]

    @property
    def length(self) -> float:
        """Of the way in plan [m]."""
        return self.receiver[0]

    @property
    def factor_at_source(self) -> float:
        """G beneath the source."""
        return self.factors[0]

    def factor_between(self, start: float, end: float) -> float:
        """Gpath: the mean factor over a stretch of the way, by length."""
        total = sum(
            factor * max(0.0, min(b[0], end) - max(a[0], start))
            for factor, (a, b) in zip(self.factors, pairwise(self.ground), strict=False)
        )
        return total / (end - start) if end > start else self.factors[0]


@dataclass(frozen=True, slots=True)
class Plane:
    """A mean ground plane z = slope·x + offset."""

    slope: float
    offset: float

    def height(self, point: Point) -> float:
        """Orthogonal height above the plane [m], negative below."""
        return (point[1] - self.slope * point[0] - self.offset) / math.hypot(1.0, self.slope)

    def foot(self, point: Point) -> Point:
        """The orthogonal projection onto the plane."""
        x = (point[0] + self.slope * (point[1] - self.offset)) / (1.0 + self.slope**2)
        return x, self.slope * x + self.offset

    def mirrored(self, point: Point) -> Point:
        """The image below the plane; a point not above it is its own image."""
        if self.height(point) <= 0.0:
            return point
        foot = self.foot(point)
        return 2.0 * foot[0] - point[0], 2.0 * foot[1] - point[1]


def profile_of(points: Sequence[CutPoint]) -> Profile:
    """Unfold a section. Raises InputRefusedError unless it goes from a source to a receiver."""
    if len(points) < 2 or points[0].kind != "Source" or points[-1].kind != "Receiver":
        kinds = " → ".join(point.kind for point in points) or "（空）"
        raise InputRefusedError(
            [
                InputProblem(
                    -1, "剖面", kinds, "不是从声源到受声点", "首点应为 Source，末点应为 Receiver"
                )
            ]
        )
    x = [0.0]
    for a, b in pairwise(points):
        x.append(x[-1] + math.hypot(b.x - a.x, b.y - a.y))
    ground, factors = _ground(points, x)
    edges = [(at, p.z) for at, p in zip(x, points, strict=True) if p.kind == "Wall"]
    edges += [(at, p.ground_z) for at, p in zip(x, points, strict=True) if p.kind == "Topography"]
    return Profile(
        source=(0.0, points[0].z),
        receiver=(x[-1], points[-1].z),
        ground=tuple(ground),
        factors=tuple(factors),
        edges=tuple(sorted(edges)),
    )


def mean_plane(profile: Profile, start: float, end: float) -> Plane:
    """The mean plane of the ground between two places of the way (both vertices of the section).

    Source: Directive 2015/996, 2.5.3, formulas (VI-3), (VI-4): least squares over the pieces.
    """
    kept = [p for p in profile.ground if start - _TOUCH <= p[0] <= end + _TOUCH]
    first = second = 0.0
    for (x1, z1), (x2, z2) in pairwise(kept):
        if x2 - x1 > _TOUCH:
            slope = (z2 - z1) / (x2 - x1)
            offset = z1 - slope * x1
            first += 2.0 / 3.0 * slope * (x2**3 - x1**3) + offset * (x2**2 - x1**2)
            second += slope * (x2**2 - x1**2) + 2.0 * offset * (x2 - x1)
    low, high = kept[0][0], kept[-1][0]
    wide, both = high - low, high + low
    if wide <= _TOUCH:
        return Plane(0.0, kept[0][1])
    slope = 3.0 * (2.0 * first - second * both) / wide**3
    offset = 2.0 * (high**3 - low**3) / wide**4 * second - 3.0 * both / wide**3 * first
    return Plane(slope, offset)


def _ground(points: Sequence[CutPoint], x: Sequence[float]) -> tuple[list[Point], list[float]]:
    """The vertices of the ground with roofs, and the factor that follows each."""
    ground: list[Point] = []
    factors: list[float] = []
    on_roof = False
    for at, point in zip(x, points, strict=True):
        beneath = (at, point.ground_z)
        if point.side == "BUILDING_ENTER":
            on_roof = True
            ground += [beneath, (at, point.z)]
            factors += [0.0, 0.0]
        elif point.side == "BUILDING_EXIT":
            on_roof = False
            ground += [(at, point.z), beneath]
            factors += [0.0, point.factor]
        elif not on_roof:
            ground.append(beneath)
            factors.append(point.factor)
    return ground, factors
