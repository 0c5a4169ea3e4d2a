"""Which walls and buildings stand between sources and receivers, and where they are crossed.

    found = crossings(edges, source_xy, receiver_xy)
    found.pair          # flat index receiver·S + source of each line that crosses something
    found.share, found.top, found.obstacle     # (lines, most crossings), NaN/−1 beyond each one's own

Most pairs cross nothing; those that do are collected in one compact block. It refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.noise_propagation.scene import Building, Wall

__all__ = ["Crossings", "Edges", "crossings", "edges_of"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
# A line through a corner meets both its edges; rounding must not let it slip between them.
_CORNER = 1e-9


@dataclass(frozen=True, slots=True)
class Edges:
    """All top edges of a scene: start and end (edges, 3) [m], and whose they are.

    corners: of each obstacle, its vertices padded with NaN (obstacles + 1, most vertices, 2); the
    last one is nobody's, all NaN.
    """

    start: Floats
    end: Floats
    obstacle: Ints
    corners: Floats


@dataclass(frozen=True, slots=True)
class Crossings:
    """Lines that cross something, and all they cross, unordered within a line.

    pair (lines,): receiver·sources + source. share (lines, most): place along the line, 0 to 1, NaN
    beyond its own; top [m]: height of the edge there; obstacle: its index, −1 beyond.
    """

    pair: Ints
    share: Floats
    top: Floats
    obstacle: Ints


def edges_of(obstacles: Sequence[Wall | Building]) -> Edges:
    """The edges of all obstacles, in their order."""
    outlines = [obstacle.outline for obstacle in obstacles]
    open_ones = [
        outline[: len(outline) - isinstance(obstacle, Building), :2]
        for obstacle, outline in zip(obstacles, outlines, strict=True)
    ]
    most = max((len(places) for places in open_ones), default=0)
    corners = np.full((len(outlines) + 1, most, 2), np.nan)
    for n, places in enumerate(open_ones):
        corners[n, : len(places)] = places
    none = [np.empty((0, 3))]
    return Edges(
        start=np.concatenate([outline[:-1] for outline in outlines] or none),
        end=np.concatenate([outline[1:] for outline in outlines] or none),
        obstacle=np.repeat(np.arange(len(outlines)), [len(outline) - 1 for outline in outlines]),
        corners=corners,
    )


def crossings(edges: Edges, source: Floats, receiver: Floats) -> Crossings:
    """What the straight lines from sources (S, 2) to receivers (R, 2) cross."""
    way = receiver[:, :1] - source[:, 0], receiver[:, 1:] - source[:, 1]
    hits = [_hits(edges, n, source, receiver, way) for n in _near(edges, source, receiver)]
    hits = [hit for hit in hits if len(hit[0])]
    if not hits:
        nothing = np.empty((0, 0))
        return Crossings(np.empty(0, np.int64), nothing, nothing, np.empty((0, 0), np.int64))
    pair, share, top, obstacle = (np.concatenate(parts) for parts in zip(*hits, strict=True))
    order = np.argsort(pair, kind="stable")
    lines, first, counts = np.unique(pair[order], return_index=True, return_counts=True)
    row = np.repeat(np.arange(len(lines)), counts)
    column = np.arange(len(order)) - np.repeat(first, counts)
    shape = (len(lines), int(counts.max()))
    shares, tops = np.full(shape, np.nan), np.full(shape, np.nan)
    whose = np.full(shape, -1, dtype=np.int64)
    shares[row, column], tops[row, column] = share[order], top[order]
    whose[row, column] = obstacle[order]
    return Crossings(lines, shares, tops, whose)


def _near(edges: Edges, source: Floats, receiver: Floats) -> Iterator[int]:
    """The edges that touch the box around all these places."""
    places = np.concatenate([source, receiver])
    low, high = places.min(axis=0), places.max(axis=0)
    edge_low = np.minimum(edges.start, edges.end)[:, :2]
    edge_high = np.maximum(edges.start, edges.end)[:, :2]
    touching = (edge_low <= high).all(axis=1) & (edge_high >= low).all(axis=1)
    yield from np.flatnonzero(touching).tolist()


def _hits(
    edges: Edges, n: int, source: Floats, receiver: Floats, way: tuple[Floats, Floats]
) -> tuple[Ints, Floats, Floats, Ints]:
    """Pairs whose line crosses edge n, where (share of the line), at which height, whose.

    They cross where the ends of each lie on different sides of the other. way: x and y from each
    source to each receiver (R, S).
    """
    start, along = edges.start[n, :2], edges.end[n, :2] - edges.start[n, :2]
    side_s = along[0] * (source[:, 1] - start[1]) - along[1] * (source[:, 0] - start[0])
    side_r = along[0] * (receiver[:, 1] - start[1]) - along[1] * (receiver[:, 0] - start[0])
    left_of_start = _left(start - _CORNER * along, source, way)
    left_of_end = _left(start + (1.0 + _CORNER) * along, source, way)
    r, s = np.nonzero(((side_r[:, None] > 0) != (side_s > 0)) & (left_of_start != left_of_end))
    share = side_s[s] / (side_s[s] - side_r[r])
    inside = (share > 0.0) & (share < 1.0)
    r, s, share = r[inside], s[inside], share[inside]
    meets = source[s] + share[:, None] * (receiver[r] - source[s])
    on_edge = np.clip(((meets - start) @ along) / (along @ along), 0.0, 1.0)
    top = edges.start[n, 2] + on_edge * (edges.end[n, 2] - edges.start[n, 2])
    return r * len(source) + s, share, top, np.full(len(r), edges.obstacle[n])


def _left(place: Floats, source: Floats, way: tuple[Floats, Floats]) -> NDArray[np.bool_]:
    """Whether a place lies left of each line, (R, S)."""
    gap = place - source
    return np.asarray(way[0] * gap[:, 1] > way[1] * gap[:, 0])
