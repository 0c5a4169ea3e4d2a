"""How much a barrier takes away: diffraction over top edges and round side edges.

    >>> import numpy as np
    >>> way = Way(excess=np.array([1.0]), between=np.array([0.0]), weather=np.array([1.0]))
    >>> np.round(diffraction(way, rule())[:, 0], 1)   # one thin edge, one metre of detour
    array([ 8.3, 10.2, 12.5, 15.1, 17.9, 20.8, 23.8, 26.8])

A line of sight that is cut is diffracted over the top along the string pulled taut over all edges
it meets, and round both sides of the obstacles that cut it, if those sides are free. Sides
farther from the line than eight times the height over it do not count (ISO/TR 17534-3). A line that
passes above an edge is weakened by the nearest edge alone (negative path difference).

It refuses nothing. What it does not know: side paths that meet a further obstacle on their way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.noise_propagation.bands import BANDS_HZ, NEPERS_PER_DB
from zhihuan.standards.noise_propagation.crossings import Crossings, Edges
from zhihuan.standards.noise_propagation.rule import Rule, rule
from zhihuan.standards.noise_propagation.taut_string import TautString, taut_string

__all__ = ["Screen", "Way", "barrier_attenuation", "diffraction", "rule", "screen_of"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_STRAIGHT = 1e-9


@dataclass(frozen=True, slots=True)
class Way:
    """One way round, many lines: excess = path difference z [m] (negative: in sight), between = e
    [m], way between first and last edge (0: one edge), weather = Kmet.
    """

    excess: Floats
    between: Floats
    weather: Floats


@dataclass(frozen=True, slots=True)
class Screen:
    """The screened lines: pair (lines,), the way over the top, the ways left and right.

    A side that is not free has excess +inf. cut: the line of sight is cut.
    """

    pair: Ints
    top: Way
    left: Way
    right: Way
    cut: NDArray[np.bool_]


def diffraction(way: Way, numbers: Rule) -> Floats:
    """Dz in each band [dB], (8, lines), without caps.

    Source: ISO 9613-2:1996, formulas (14) and (15): 10 lg[3 + (C2/λ)·C3·z·Kmet].
    """
    wavelength = (numbers.sound_speed / BANDS_HZ)[:, None]
    squared = numbers.thick_constant * wavelength
    with np.errstate(divide="ignore", invalid="ignore"):
        squared = (squared / way.between) ** 2
        thick = np.where(way.between > 0, (1.0 + squared) / (1.0 / 3.0 + squared), 1.0)
    inner = 3.0 + numbers.ground_c2 / wavelength * thick * (way.excess * way.weather)
    return np.asarray(10.0 * np.log10(np.maximum(inner, 1.0)))


def barrier_attenuation(screen: Screen, ground: Floats, numbers: Rule) -> Floats:
    """Abar in each band [dB], (8, lines), of all ways together.

    ground (8, lines): Agr of the same lines; over the top it is what the barrier replaces.
    Source: ISO 9613-2:1996, 7.4, formulas (12) and (13); ways added by energy as ISO/TR
    17534-3:2015 does.
    """
    cap = np.where(screen.top.between > 0, numbers.cap_double, numbers.cap_single)
    over = np.minimum(diffraction(screen.top, numbers), cap) - np.maximum(ground, 0.0)
    energy = np.exp(np.maximum(over, 0.0) * -NEPERS_PER_DB)
    for side in (screen.left, screen.right):
        free = np.isfinite(side.excess)
        if free.any():
            part = Way(side.excess[free], side.between[free], side.weather[free])
            energy[:, free] += np.exp(diffraction(part, numbers) * -NEPERS_PER_DB)
    return np.asarray(np.maximum(np.log(energy) / -NEPERS_PER_DB, 0.0))


def screen_of(
    edges: Edges, found: Crossings, source: Floats, receiver: Floats, numbers: Rule
) -> Screen:
    """The ways round of lines that cross something. source, receiver: (lines, 3), theirs."""
    way = receiver - source
    along = np.hypot(way[:, 0], way[:, 1])
    direct = np.sqrt((way**2).sum(axis=1))
    x = found.share * along[:, None]
    sight = source[:, 2:] + found.share * way[:, 2:]
    above = found.top > sight + _STRAIGHT
    cut = np.asarray(above.any(axis=1))
    string = taut_string(
        x, found.top, above, end_x=along, start_y=source[:, 2], end_y=receiver[:, 2]
    )
    top = _top(string, direct, numbers)
    grazing = _in_sight(x, found.top, along, source[:, 2], receiver[:, 2]) - direct
    top = Way(np.where(cut, top.excess, -grazing), top.between, np.where(cut, top.weather, 1.0))
    heights = np.where(above, found.top - sight, 0.0) * (along / direct)[:, None]
    reach = numbers.lateral_reach * heights.max(axis=1)
    left, right = _sides(edges, found, above, (source, way, along, direct), reach)
    return Screen(found.pair, top, left, right, cut)


def _top(string: TautString, direct: Floats, numbers: Rule) -> Way:
    """Over the top. Source: ISO 9613-2:1996, formulas (16) to (18)."""
    excess = string.length - direct
    with np.errstate(divide="ignore", invalid="ignore"):
        bent = np.sqrt(string.first * string.last * direct / (2.0 * excess))
        weather = np.where(excess > 0, np.exp(-bent / numbers.weather_distance), 1.0)
    return Way(excess, string.between, weather)


def _in_sight(x: Floats, top: Floats, along: Floats, start: Floats, end: Floats) -> Floats:
    """The length of the way touching the one edge that lengthens it least [m]."""
    there = np.hypot(x, top - start[:, None])
    back = np.hypot(along[:, None] - x, end[:, None] - top)
    return np.asarray(np.nanmin(there + back, axis=1))


def _sides(
    edges: Edges,
    found: Crossings,
    above: NDArray[np.bool_],
    line: tuple[Floats, Floats, Floats, Floats],
    reach: Floats,
) -> tuple[Way, Way]:
    """Round both sides of the obstacles that cut the line of sight (their corners, lying).

    A side whose farthest corner lies beyond ``reach`` [m] from the line is not free.
    """
    source, way, along, direct = line
    flat = _corners(edges, found, above) - source[:, None, :2]
    with np.errstate(divide="ignore", invalid="ignore"):
        unit = way[:, :2] / along[:, None]
    x = flat[..., 0] * unit[:, :1] + flat[..., 1] * unit[:, 1:]
    y = flat[..., 1] * unit[:, :1] - flat[..., 0] * unit[:, 1:]
    left = _round(x, y, along, direct, way[:, 2], reach)
    return left, _round(x, -y, along, direct, way[:, 2], reach)


def _round(  # noqa: PLR0913, PLR0917 - one array a coordinate
    x: Floats, y: Floats, along: Floats, direct: Floats, rise: Floats, reach: Floats
) -> Way:
    """Round the corners left of each line. rise: height of the receiver over the source [m]."""
    excess, between = np.full(len(along), np.inf), np.zeros(len(along))
    farthest = np.max(y, axis=1, initial=0.0, where=y > _STRAIGHT)
    free = np.flatnonzero((farthest > 0.0) & (farthest <= reach))
    if len(free):
        zero = np.zeros(len(free))
        x, y = x[free], y[free]
        string = taut_string(x, y, y > _STRAIGHT, end_x=along[free], start_y=zero, end_y=zero)
        excess[free] = np.hypot(string.length, rise[free]) - direct[free]
        between[free] = string.between
    return Way(excess, between, np.ones(len(along)))


def _corners(edges: Edges, found: Crossings, above: NDArray[np.bool_]) -> Floats:
    """The corners of the obstacles that cut each line, each obstacle once, (lines, corners, 2)."""
    obstacles = len(edges.corners) - 1
    row, column = np.nonzero(above)
    keys = np.unique(row * obstacles + found.obstacle[row, column])
    row = keys // obstacles
    counts = np.bincount(row, minlength=len(above))
    column = np.arange(len(keys)) - np.repeat(np.cumsum(counts) - counts, counts)
    whose = np.full((len(above), int(counts.max(initial=0))), obstacles, dtype=np.int64)
    whose[row, column] = keys % obstacles
    return edges.corners[whose].reshape(len(above), -1, 2)
