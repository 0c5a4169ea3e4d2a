"""A noise map: levels on a grid of receivers, nothing inside buildings.

    >>> from zhihuan.standards.noise_propagation.scene import Scene, Sources
    >>> grid = receiver_grid((0.0, 0.0), (20.0, 10.0), step_m=10.0)
    >>> source = Sources.at([[-50.0, 0.0, 1.0]], power=[90.0] * 8)
    >>> noise_map(source, grid, Scene()).a_weighted.shape
    (2, 3)

Four metres above ground is the height of maps. It refuses a grid of more points than fit a screen
many times over: give the step in metres.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.noise_propagation.attenuation import GENERAL
from zhihuan.standards.noise_propagation.levels import levels
from zhihuan.standards.noise_propagation.rule import EDITION
from zhihuan.standards.noise_propagation.scene import Building, Points, Scene, Sources, Wall

__all__ = ["Grid", "NoiseMap", "inside_buildings", "noise_map", "receiver_grid"]

Floats = NDArray[np.float64]
_MOST_POINTS = 50_000_000


@dataclass(frozen=True, slots=True)
class Grid:
    """x (columns,), y (rows,) [m] and the points, row by row."""

    x: Floats
    y: Floats
    points: Points


@dataclass(frozen=True, slots=True)
class NoiseMap:
    """a_weighted (rows, columns) [dB(A)], NaN inside buildings; octaves (rows, columns, 8) [dB]."""

    grid: Grid
    a_weighted: Floats
    octaves: Floats
    edition: str


def receiver_grid(
    low: tuple[float, float], high: tuple[float, float], *, step_m: float, height_m: float = 4.0
) -> Grid:
    """Receivers every ``step_m`` [m] from corner ``low`` to ``high``, ``height_m`` above z = 0.

    Raises ValueError for a step that is not positive or makes too many points.
    """
    if not step_m > 0:
        raise ValueError(f"step_m is {step_m}; give a positive length")
    columns, rows = (int((high[n] - low[n]) / step_m) + 1 for n in (0, 1))
    if columns < 1 or rows < 1 or columns * rows > _MOST_POINTS:
        raise ValueError(
            f"{columns} × {rows} receivers; check the corners and the step (in metres)"
        )
    x = low[0] + step_m * np.arange(columns, dtype=np.float64)
    y = low[1] + step_m * np.arange(rows, dtype=np.float64)
    every_x, every_y = np.meshgrid(x, y)
    places = np.column_stack([every_x.ravel(), every_y.ravel(), np.full(every_x.size, height_m)])
    return Grid(x, y, Points.at(places))


def noise_map(  # noqa: PLR0913 - one argument a choice
    sources: Sources,
    grid: Grid,
    scene: Scene,
    *,
    ground: str = GENERAL,
    c0: float = 0.0,
    reflections: bool = False,
    edition: str = EDITION,
) -> NoiseMap:
    """Levels on the grid. Arguments and errors as ``levels``.

    Source: ISO 9613-2:1996. No rounding; maps are drawn in steps of 5 dB.
    """
    indoors = inside_buildings(scene.obstacles, grid.points.position[:, :2])
    outside = Points(grid.points.position[~indoors], grid.points.height[~indoors])
    found = levels(
        sources, outside, scene, ground=ground, c0=c0, reflections=reflections, edition=edition
    )
    shape = (len(grid.y), len(grid.x))
    a_weighted = np.full(indoors.shape, np.nan)
    octaves = np.full((len(indoors), found.octaves.shape[1]), np.nan)
    a_weighted[~indoors], octaves[~indoors] = found.a_weighted, found.octaves
    return NoiseMap(grid, a_weighted.reshape(shape), octaves.reshape(*shape, -1), edition)


def inside_buildings(obstacles: Sequence[Wall | Building], places: Floats) -> NDArray[np.bool_]:
    """Whether each place (n, 2) lies in the footprint of a building (even-odd rule)."""
    inside = np.zeros(len(places), dtype=bool)
    for obstacle in obstacles:
        if isinstance(obstacle, Building):
            inside |= _within(obstacle.outline[:, :2], places)
    return inside


def _within(outline: Floats, places: Floats) -> NDArray[np.bool_]:
    odd = np.zeros(len(places), dtype=bool)
    x, y = places[:, 0], places[:, 1]
    for (x1, y1), (x2, y2) in pairwise(outline):
        if y1 != y2:
            spans = (y1 > y) != (y2 > y)
            odd ^= spans & (x < x1 + (y - y1) / (y2 - y1) * (x2 - x1))
    return odd
