"""Reflections from walls and façades: image sources behind every surface that reflects.

    for image in images(scene, edges, sources, receivers): ...   # compact lists of valid paths

A reflection counts where the line from the image to the receiver meets the surface below its top,
where the surface is large against the wavelength, and where neither leg is cut by another obstacle.
First order only. It refuses nothing; a reflection that is screened again is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.noise_propagation.bands import BAND_COUNT, BANDS_HZ
from zhihuan.standards.noise_propagation.crossings import Edges
from zhihuan.standards.noise_propagation.rule import Rule
from zhihuan.standards.noise_propagation.scene import Points, Scene

__all__ = ["Image", "images"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Image:
    """Valid reflections at one edge: source, receiver (paths,), the image's position (paths, 3) and
    the loss at the surface (8, paths) [dB], +inf in bands too long for it.
    """

    edge: int
    source: Ints
    receiver: Ints
    position: Floats
    loss: Floats


def images(
    scene: Scene, edges: Edges, sources: Points, receivers: Points, numbers: Rule
) -> Iterator[Image]:
    """All reflections of a block, surface by surface.

    Source: ISO 9613-2:1996, 7.5, formulas (19) and (20).
    """
    losses = [_loss(obstacle.absorption) for obstacle in scene.obstacles]
    for n, obstacle in enumerate(edges.obstacle.tolist()):
        loss = losses[obstacle]
        if loss is not None:
            found = _at_edge(edges, n, sources, receivers)
            source, receiver, position, meets = found
            if len(source):
                open_way = ~(
                    _cut(edges, n, sources.position[source], meets)
                    | _cut(edges, n, receivers.position[receiver], meets)
                )
                source, receiver = source[open_way], receiver[open_way]
                position, meets = position[open_way], meets[open_way]
                start, end = sources.position[source], receivers.position[receiver]
                ground = start[:, 2] - sources.height[source]
                large = _large_enough(edges, n, (start, meets, end), ground, numbers)
                whole = np.where(large, loss[:, None], np.inf)
                yield Image(n, source, receiver, position, whole)


def _loss(absorption: object) -> Floats | None:
    if absorption is None:
        return None
    share = np.broadcast_to(np.asarray(absorption, dtype=np.float64), (BAND_COUNT,))
    with np.errstate(divide="ignore"):
        return np.asarray(-10.0 * np.log10(1.0 - share))


def _at_edge(
    edges: Edges, n: int, sources: Points, receivers: Points
) -> tuple[Ints, Ints, Floats, Floats]:
    """Pairs reflected at edge n: source, receiver, image, point of reflection (paths, 3)."""
    start, way = edges.start[n, :2], edges.end[n, :2] - edges.start[n, :2]
    normal = np.array([-way[1], way[0]]) / np.hypot(*way)
    away_s = (sources.position[:, :2] - start) @ normal
    away_r = (receivers.position[:, :2] - start) @ normal
    receiver, source = np.nonzero(away_r[:, None] * away_s > 0.0)
    image = sources.position[source].copy()
    image[:, :2] -= 2.0 * away_s[source, None] * normal
    towards = receivers.position[receiver] - image
    share = away_s[source] / (away_s[source] + away_r[receiver])
    meets = image + share[:, None] * towards
    on_edge = ((meets[:, :2] - start) @ way) / (way @ way)
    top = edges.start[n, 2] + on_edge * (edges.end[n, 2] - edges.start[n, 2])
    hit = (on_edge >= 0.0) & (on_edge <= 1.0) & (meets[:, 2] <= top)
    return source[hit], receiver[hit], image[hit], meets[hit]


def _cut(edges: Edges, own: int, start: Floats, end: Floats) -> NDArray[np.bool_]:
    """Whether any edge but ``own`` rises above the straight line start–end, line by line."""
    cut = np.zeros(len(start), dtype=bool)
    way = end - start
    for n in range(len(edges.start)):
        if n != own:
            first, along = edges.start[n, :2], edges.end[n, :2] - edges.start[n, :2]
            gap = start[:, :2] - first
            side = along[0] * gap[:, 1] - along[1] * gap[:, 0]
            gain = along[0] * way[:, 1] - along[1] * way[:, 0]
            with np.errstate(divide="ignore", invalid="ignore"):
                share = -side / gain
                on_edge = ((gap + share[:, None] * way[:, :2]) @ along) / (along @ along)
            top = edges.start[n, 2] + on_edge * (edges.end[n, 2] - edges.start[n, 2])
            sight = start[:, 2] + share * way[:, 2]
            meets = (share > 1e-9) & (share < 1.0 - 1e-9) & (on_edge >= 0.0) & (on_edge <= 1.0)
            cut |= meets & (top > sight)
    return cut


def _large_enough(
    edges: Edges,
    n: int,
    path: tuple[Floats, Floats, Floats],
    ground: Floats,
    numbers: Rule,
) -> NDArray[np.bool_]:
    """Whether the surface is large against the wavelength, (8, paths). Formula (19)."""
    start, meets, end = path
    to_wall = np.sqrt(((meets - start) ** 2).sum(axis=1))
    from_wall = np.sqrt(((end - meets) ** 2).sum(axis=1))
    way = edges.end[n, :2] - edges.start[n, :2]
    width, tall = np.hypot(*way), np.minimum(edges.start[n, 2], edges.end[n, 2]) - ground
    normal = np.array([-way[1], way[0]]) / width
    cosine = np.abs((meets[:, :2] - start[:, :2]) @ normal) / to_wall
    least = np.minimum(width, tall) * cosine
    needed = 2.0 / least**2 * (to_wall * from_wall / (to_wall + from_wall))
    return np.asarray((BANDS_HZ / numbers.sound_speed)[:, None] > needed)
