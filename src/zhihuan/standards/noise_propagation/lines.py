"""Line sources, roads and railways, as rows of point sources.

    >>> road = line_source([[0, 0, 0.5], [100, 0, 0.5]], power_per_metre=[60.0] * 8, spacing_m=10.0)
    >>> road.position.shape, float(road.position[0, 0]), float(road.power[0, 0])
    ((10, 3), 5.0, 70.0)

Each straight piece is cut into equal parts no longer than the spacing; a point in the middle of a
part carries its power. A spacing of half the distance to the nearest receiver or less is fine
enough (ISO 9613-2:1996, clause 4); it refuses to choose it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.noise_propagation.scene import Sources

__all__ = ["line_source", "sources_together"]

Floats = NDArray[np.float64]


def line_source(
    vertices: ArrayLike,
    *,
    power_per_metre: ArrayLike,
    spacing_m: float,
    height: float | None = None,
) -> Sources:
    """Point sources of a polyline.

    vertices (k, 3) [m]: x, y, z; power_per_metre (8,) [dB re 1 pW/m]; spacing_m [m]: greatest
    length of a part; height: above ground [m], None where the ground is at z = 0. Pieces without
    length are left out. Raises ValueError (spacing), InputRefusedError.
    """
    if not spacing_m > 0:
        raise ValueError(f"spacing_m is {spacing_m}; give a positive length")
    line = np.asarray(vertices, dtype=np.float64)
    lengths = np.sqrt((np.diff(line, axis=0) ** 2).sum(axis=1))
    parts = np.where(lengths > 0, np.ceil(lengths / spacing_m), 0).astype(np.int64)
    piece = np.repeat(np.arange(len(parts)), parts)
    within = np.arange(len(piece)) - np.repeat(np.cumsum(parts) - parts, parts)
    share = (within + 0.5) / parts[piece]
    places = line[piece] + share[:, None] * (line[piece + 1] - line[piece])
    own = lengths[piece] / parts[piece]
    power = np.asarray(power_per_metre, dtype=np.float64) + 10.0 * np.log10(own)[:, None]
    return Sources.at(places, height=height, power=power)


def sources_together(*groups: Sources) -> Sources:
    """Several groups of sources as one."""
    return Sources(
        np.concatenate([group.position for group in groups]),
        np.concatenate([group.height for group in groups]),
        np.concatenate([group.power for group in groups]),
    )
