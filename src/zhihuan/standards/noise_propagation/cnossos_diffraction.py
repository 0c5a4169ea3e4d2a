"""Diffraction of CNOSSOS-EU over the edges of a section, straight rays and bent ones.

    boundary_attenuation(profile, favourable=True)     # Aground or Adif, (8,) [dB]

Edges that cut the line of sight diffract, those on the string pulled taut over them all. In
favourable conditions rays are arcs: what counts as cut is seen along the arc. An edge in sight
diffracts in the bands where Rayleigh's criterion says so. Ground on both sides of the edges enters
by images of source and receiver. It refuses nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.noise_propagation.cnossos_ground import (
    CnossosRule,
    Stretch,
    ground_attenuation,
)
from zhihuan.standards.noise_propagation.cnossos_profile import Plane, Point, Profile, mean_plane

__all__ = ["Boundary", "boundary_attenuation", "pure_diffraction", "ray_radius"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
_TOUCH = 1e-9


@dataclass(frozen=True, slots=True)
class Boundary:
    """attenuation (8,) [dB]: Aground, or Adif in the bands marked ``diffracts``; edges (x, z): those
    that diffract; excess [m]: path difference over them, NaN where none.
    """

    attenuation: Floats
    diffracts: Bools
    edges: tuple[Point, ...]
    excess: float


@dataclass(frozen=True, slots=True)
class _Rays:
    """How rays run: on arcs of this radius [m], or straight (inf)."""

    radius: float

    def leg(self, a: Point, b: Point) -> float:
        """Length of the ray between two points."""
        chord = math.dist(a, b)
        if math.isinf(self.radius):
            return chord
        return 2.0 * self.radius * math.asin(chord / (2.0 * self.radius))

    def way(self, points: Sequence[Point]) -> float:
        """Length of the ray over several points."""
        return sum(self.leg(a, b) for a, b in pairwise(points))

    def excess(self, start: Point, edges: Sequence[Point], end: Point) -> float:
        """Path difference over edges; negative over one edge in sight.

        Source: Directive 2015/996, 2.5.24 to 2.5.27.
        """
        detour = self.way([start, *edges, end])
        direct = self.leg(start, end)
        if len(edges) > 1 or edges[0][1] >= (sight := _sight(start, end, edges[0][0])):
            return detour - direct
        if math.isinf(self.radius):
            return direct - detour
        above = (edges[0][0], sight)
        return 2.0 * (self.leg(start, above) + self.leg(above, end)) - detour - direct


def ray_radius(distance: float, numbers: CnossosRule) -> float:
    """Radius of favourable rays [m]. Source: Directive 2015/996, formula (2.5.18)."""
    return max(numbers.curvature_least, numbers.curvature_distances * distance)


def boundary_attenuation(profile: Profile, numbers: CnossosRule, *, favourable: bool) -> Boundary:
    """Aground of the whole way, or Adif where edges diffract, in each band.

    Source: Directive 2015/996, 2.5.6 as amended by 2021/1226.
    """
    distance = math.dist(profile.source, profile.receiver)
    rays = _Rays(ray_radius(distance, numbers) if favourable else math.inf)
    edges = _taut(profile, rays)
    if edges:
        attenuation = _over(profile, edges, rays, numbers)
        excess = rays.excess(profile.source, edges, profile.receiver)
        return Boundary(attenuation, np.ones(len(attenuation), dtype=bool), edges, excess)
    return _in_sight(profile, rays, numbers)


def pure_diffraction(excess: float, between: float, numbers: CnossosRule) -> Floats:
    """Δdif in each band [dB], not capped. between [m]: first to last edge, 0 for one.

    Source: Directive 2015/996, formulas (2.5.21), (2.5.23).
    """
    wavelength = numbers.wavelength
    several = np.ones(len(wavelength))
    if between > _TOUCH:
        ratio = (5.0 * wavelength / between) ** 2
        several = (1.0 + ratio) / (1.0 / 3.0 + ratio)
    phase = 40.0 / wavelength * several * excess
    return np.where(phase >= -2.0, 10.0 * np.log10(np.maximum(3.0 + phase, 1.0)), 0.0)


def _sight(start: Point, end: Point, x: float) -> float:
    """Height of the straight line at x."""
    return start[1] + (end[1] - start[1]) * (x - start[0]) / (end[0] - start[0])


def _taut(profile: Profile, rays: _Rays) -> tuple[Point, ...]:
    """The edges a taut ray touches, source to receiver. Bent rays: lowered by the arc first, so
    that arcs become straight.
    """
    chain: list[tuple[Point, Point]] = []
    start, end = profile.source, profile.receiver
    cutting = [
        (edge, (edge[0], edge[1] - edge[0] * (end[0] - edge[0]) / (2.0 * rays.radius)))
        for edge in profile.edges
    ]
    cutting = [pair for pair in cutting if pair[1][1] > _sight(start, end, pair[1][0]) + _TOUCH]
    for pair in [(start, start), *cutting, (end, end)]:
        while len(chain) > 1 and _turns_left(chain[-2][1], chain[-1][1], pair[1]):
            chain.pop()
        chain.append(pair)
    return tuple(edge for edge, _ in chain[1:-1])


def _turns_left(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) >= 0.0


def _in_sight(profile: Profile, rays: _Rays, numbers: CnossosRule) -> Boundary:
    """Ground of the whole way; edges just below the line of sight diffract in some bands."""
    attenuation = _whole_ground(profile, numbers, favourable=not math.isinf(rays.radius))
    diffracts = np.zeros(len(attenuation), dtype=bool)
    nearest = sorted(
        profile.edges,
        key=lambda edge: -rays.excess(profile.source, (edge,), profile.receiver),
    )
    used: list[Point] = []
    for edge in nearest:
        marked = _rayleigh(profile, edge, rays, numbers) & ~diffracts
        if marked.any():
            attenuation = np.where(marked, _over(profile, (edge,), rays, numbers), attenuation)
            diffracts |= marked
            used.append(edge)
    edges = tuple(used)
    excess = rays.excess(profile.source, edges[:1], profile.receiver) if edges else math.nan
    return Boundary(attenuation, diffracts, edges, excess)


def _rayleigh(profile: Profile, edge: Point, rays: _Rays, numbers: CnossosRule) -> Bools:
    """Bands in which an edge in sight diffracts: its path difference is above −λ/20 and above λ/4
    less that of the images of source and receiver.
    """
    by_source, by_receiver = _planes(profile, (edge,))
    images = by_source.mirrored(profile.source), by_receiver.mirrored(profile.receiver)
    excess = rays.excess(profile.source, (edge,), profile.receiver)
    mirrored = rays.excess(images[0], (edge,), images[1])
    wavelength = numbers.wavelength
    near = excess > -numbers.near_wavelengths * wavelength
    return np.asarray(near & (excess > numbers.near_gain * wavelength - mirrored))


def _planes(profile: Profile, edges: Sequence[Point]) -> tuple[Plane, Plane]:
    """Mean planes of the source's and the receiver's side."""
    by_source = mean_plane(profile, 0.0, edges[0][0])
    return by_source, mean_plane(profile, edges[-1][0], profile.length)


def _whole_ground(profile: Profile, numbers: CnossosRule, *, favourable: bool) -> Floats:
    plane = mean_plane(profile, 0.0, profile.length)
    stretch = Stretch(
        zs=plane.height(profile.source),
        zr=plane.height(profile.receiver),
        dp=math.dist(plane.foot(profile.source), plane.foot(profile.receiver)),
        path=profile.factor_between(0.0, profile.length),
        source=profile.factor_at_source,
    )
    return ground_attenuation(stretch, numbers, favourable=favourable)


def _over(profile: Profile, edges: tuple[Point, ...], rays: _Rays, numbers: CnossosRule) -> Floats:
    """Adif: Δdif of source and receiver, and Δground of both sides, weighed by the images.

    Source: Directive 2015/996, formulas (2.5.28) to (2.5.31).
    """
    source, receiver = profile.source, profile.receiver
    planes = _planes(profile, edges)
    between = rays.way(edges) if len(edges) > 1 else 0.0

    def by(start: Point, end: Point) -> Floats:
        return pure_diffraction(rays.excess(start, edges, end), between, numbers)

    direct = by(source, receiver)
    by_source, by_receiver = _sides(profile, edges, planes, numbers, rays)
    before = _weighed(by_source, by(planes[0].mirrored(source), receiver) - direct)
    behind = _weighed(by_receiver, by(source, planes[1].mirrored(receiver)) - direct)
    return np.asarray(np.minimum(direct, numbers.cap) + before + behind)


def _sides(
    profile: Profile,
    edges: tuple[Point, ...],
    planes: tuple[Plane, Plane],
    numbers: CnossosRule,
    rays: _Rays,
) -> tuple[Floats, Floats]:
    """Aground between source and first edge, and between last edge and receiver."""
    favourable = not math.isinf(rays.radius)
    first, last = edges[0], edges[-1]
    before = Stretch(
        zs=planes[0].height(profile.source),
        zr=planes[0].height(first),
        dp=math.dist(planes[0].foot(profile.source), planes[0].foot(first)),
        path=profile.factor_between(0.0, first[0]),
        source=profile.factor_at_source,
    )
    behind = Stretch(
        zs=planes[1].height(last),
        zr=planes[1].height(profile.receiver),
        dp=math.dist(planes[1].foot(last), planes[1].foot(profile.receiver)),
        path=profile.factor_between(last[0], profile.length),
        source=None,
    )
    return (
        ground_attenuation(before, numbers, favourable=favourable),
        ground_attenuation(behind, numbers, favourable=favourable),
    )


def _weighed(ground: Floats, further: Floats) -> Floats:
    """Δground: what the ground does where the edge shades its image by ``further`` [dB] more."""
    gain = (10.0 ** (-ground / 20.0) - 1.0) * 10.0 ** (-further / 20.0)
    return np.asarray(-20.0 * np.log10(1.0 + gain))
