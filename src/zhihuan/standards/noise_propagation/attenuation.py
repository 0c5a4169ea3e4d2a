"""All that weakens sound between pairs of sources and receivers, in octave bands.

    total = attenuation(sources, receivers, scene)      # (receivers, sources, 8) [dB]

Adiv + Aatm + Agr + Abar of each pair. The arrays of a block are small enough for the processor's
cache; ``levels`` walks over blocks. It refuses a source and a receiver in one place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.noise_propagation.absorption import absorption_db_m
from zhihuan.standards.noise_propagation.bands import BAND_COUNT
from zhihuan.standards.noise_propagation.crossings import Edges, crossings, edges_of
from zhihuan.standards.noise_propagation.ground import (
    alternative_ground,
    end_zone,
    middle_share,
    middle_zone,
    shape_terms,
    solid_angle_correction,
    spread_of,
)
from zhihuan.standards.noise_propagation.patches import zone_factors
from zhihuan.standards.noise_propagation.rule import EDITION, Rule, rule
from zhihuan.standards.noise_propagation.scene import Points, Scene
from zhihuan.standards.noise_propagation.screening import Screen, barrier_attenuation, screen_of

__all__ = [
    "ALTERNATIVE",
    "GENERAL",
    "Block",
    "Method",
    "attenuation",
    "block",
    "ground_of_lines",
    "method_of",
]

Floats = NDArray[np.float64]
GENERAL, ALTERNATIVE = "general", "alternative"
_DIVERGENCE_AT_1_M = 11.0  # 10 lg 4π as ISO 9613-2:1996, formula (7), prints it


@dataclass(frozen=True, slots=True)
class Method:
    """What stays the same for all pairs of a scene: numbers, air, edges, the ground's method."""

    scene: Scene
    numbers: Rule
    absorption: Floats
    edges: Edges
    ground: str


@dataclass(frozen=True, slots=True)
class Block:
    """The parts of one block, bands first: (8, receivers, sources) or (receivers, sources) [dB].

    solid_angle: DΩ, to be added to the level (alternative ground only). barrier_of: screened pairs
    and their Abar (8, lines).
    """

    distance: Floats
    ground_distance: Floats
    divergence: Floats
    ground: Floats
    solid_angle: Floats | float
    screen: Screen | None
    barrier: Floats
    total: Floats


def method_of(scene: Scene, *, ground: str = GENERAL, edition: str = EDITION) -> Method:
    """Prepare a scene. ground: ``general`` (7.3.1) or ``alternative`` (7.3.2).

    Raises ValueError (another word), InputRefusedError (air), UnknownEditionError.
    """
    if ground not in (GENERAL, ALTERNATIVE):
        raise ValueError(f"ground is {ground!r}; say {GENERAL!r} or {ALTERNATIVE!r}")
    air = scene.air
    coefficient = absorption_db_m(air.temperature_c, air.humidity_percent, air.pressure_kpa)
    return Method(scene, rule(edition), coefficient, edges_of(scene.obstacles), ground)


def attenuation(
    sources: Points, receivers: Points, scene: Scene, *, ground: str = GENERAL
) -> Floats:
    """The total attenuation less DΩ of each pair in each band [dB], (receivers, sources, 8).

    Source: ISO 9613-2:1996, clauses 6 and 7. No rounding. For many pairs use ``levels``.
    """
    total = block(method_of(scene, ground=ground), sources, receivers).total
    return np.ascontiguousarray(np.moveaxis(total, 0, -1))


def block(method: Method, sources: Points, receivers: Points) -> Block:
    """All parts of all pairs of a block at once."""
    way = receivers.position[:, None, :] - sources.position
    on_ground, distance = _distances(way)
    divergence = 20.0 * np.log10(distance) + _DIVERGENCE_AT_1_M
    heights = sources.height, receivers.height[:, None]
    places = sources.position, receivers.position[:, None]
    ground, angle = _ground(method, places, heights, on_ground, distance)
    total = method.absorption[:, None, None] * distance
    total += divergence - angle
    total += ground
    screen, barrier = _screened(method, sources, receivers, ground)
    if screen is not None:
        total.reshape(BAND_COUNT, -1)[:, screen.pair] += barrier
    return Block(distance, on_ground, divergence, ground, angle, screen, barrier, total)


def ground_of_lines(
    method: Method, start: Floats, end: Floats, heights: tuple[Floats, Floats]
) -> tuple[Floats, Floats]:
    """Attenuation without barriers less DΩ (8, lines) and distance on the ground (lines,).

    start, end (lines, 3) [m], heights above ground of both (lines,). For reflected paths start is
    the image: the ground is that below the unfolded line.
    """
    on_ground, distance = _distances(end - start)
    ground, angle = _ground(method, (start, end), heights, on_ground, distance)
    divergence = 20.0 * np.log10(distance) + _DIVERGENCE_AT_1_M
    total = method.absorption[:, None] * distance + ground + divergence - angle
    return np.asarray(total), on_ground


_Pair = tuple[Floats, Floats]


def _distances(way: Floats) -> _Pair:
    """On the ground and in space [m]. Refuses a distance of zero."""
    level = way[..., 0] ** 2 + way[..., 1] ** 2
    distance = np.sqrt(level + way[..., 2] ** 2)
    if distance.size and not distance.min() > 0.0:
        row = int(np.argwhere(~(distance > 0.0))[0][0])
        raise InputRefusedError(
            [InputProblem(row, "受声点", "与声源同一位置", "距离为零", "请移开声源或受声点")]
        )
    return np.sqrt(level), distance


def _ground(
    method: Method, places: _Pair, heights: _Pair, on_ground: Floats, distance: Floats
) -> tuple[Floats, Floats | float]:
    hs, hr = heights
    if method.ground == ALTERNATIVE:
        one = alternative_ground((hs + hr) / 2.0, distance)
        every = np.broadcast_to(one, (BAND_COUNT, *one.shape))
        return every, solid_angle_correction(on_ground, hs, hr)
    near, far = (method.numbers.ground_zone_heights * height for height in heights)
    gs, gm, gr = _factors(method, places, on_ground, (near, far))
    spread = spread_of(on_ground)
    by_source = end_zone(shape_terms(hs), gs, spread)
    by_receiver = end_zone(shape_terms(hr), gr, spread)
    between = middle_zone(gm, middle_share(near + far, on_ground))
    ground = np.empty((BAND_COUNT, *on_ground.shape))
    for band, parts in enumerate(zip(by_source, by_receiver, between, strict=True)):
        np.add(parts[0], parts[1], out=ground[band])
        ground[band] += parts[2]
    return ground, 0.0


def _factors(
    method: Method, places: _Pair, on_ground: Floats, zones: _Pair
) -> tuple[Floats, Floats, Floats]:
    ground = method.scene.ground
    if not ground.patches:
        same = np.asarray(ground.factor)
        return same, same, same
    with np.errstate(divide="ignore", invalid="ignore"):
        near = np.where(on_ground > 0, np.minimum(zones[0] / on_ground, 1.0), 1.0)
        far = np.where(on_ground > 0, np.maximum(1.0 - zones[1] / on_ground, 0.0), 0.0)
    shape = on_ground.shape
    start, end = (np.broadcast_to(p[..., :2], (*shape, 2)).reshape(-1, 2) for p in places)
    parts = zone_factors(ground, start, end, near.ravel(), far.ravel())
    gs, gm, gr = (part.reshape(shape) for part in parts)
    return gs, gm, gr


def _screened(
    method: Method, sources: Points, receivers: Points, ground: Floats
) -> tuple[Screen | None, Floats]:
    nothing = np.empty((BAND_COUNT, 0))
    if not len(method.edges.start):
        return None, nothing
    found = crossings(method.edges, sources.position[:, :2], receivers.position[:, :2])
    if not len(found.pair):
        return None, nothing
    receiver, source = np.divmod(found.pair, len(sources.position))
    screen = screen_of(
        method.edges,
        found,
        sources.position[source],
        receivers.position[receiver],
        method.numbers,
    )
    beneath = ground[:, receiver, source]
    return screen, barrier_attenuation(screen, beneath, method.numbers)
