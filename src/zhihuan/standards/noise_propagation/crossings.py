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
    lines = _Lines(source, receiver)
    hits = [hit for n in _near(edges, source, receiver) for hit in _of_obstacle(edges, n, lines)]
    if not hits:
        nothing = np.empty((0, 0))
        return Crossings(np.empty(0, np.int64), nothing, nothing, np.empty((0, 0), np.int64))
    pair, share, top, obstacle = (np.concatenate(parts) for parts in zip(*hits, strict=True))
    order = np.argsort(pair, kind="stable")
    ordered = pair[order]
    first = np.flatnonzero(np.diff(ordered, prepend=-1))
    crossing, counts = ordered[first], np.diff(first, append=len(ordered))
    row = np.repeat(np.arange(len(crossing)), counts)
    column = np.arange(len(order)) - np.repeat(first, counts)
    shape = (len(crossing), int(counts.max()))
    shares, tops = np.full(shape, np.nan), np.full(shape, np.nan)
    whose = np.full(shape, -1, dtype=np.int64)
    shares[row, column], tops[row, column] = share[order], top[order]
    whose[row, column] = obstacle[order]
    return Crossings(crossing, shares, tops, whose)


class _Lines:
    """All lines of a block: what is asked of them again and again, computed once."""

    def __init__(self, source: Floats, receiver: Floats) -> None:
        self.source, self.receiver = source, receiver
        self.way_x = receiver[:, :1] - source[:, 0]
        self.way_y = receiver[:, 1:] - source[:, 1]

    def turn(self, place: Floats) -> Floats:
        """How far left of each line a place lies, times the line's length [m²], (R, S)."""
        gap = place - self.source
        return np.asarray(self.way_x * gap[:, 1] - self.way_y * gap[:, 0])


def _near(edges: Edges, source: Floats, receiver: Floats) -> list[int]:
    """The obstacles that touch the box around all these places."""
    places = np.concatenate([source, receiver])
    low, high = places.min(axis=0), places.max(axis=0)
    edge_low = np.minimum(edges.start, edges.end)[:, :2]
    edge_high = np.maximum(edges.start, edges.end)[:, :2]
    touching = (edge_low <= high).all(axis=1) & (edge_high >= low).all(axis=1)
    return [int(n) for n in np.unique(edges.obstacle[touching])]


_Hit = tuple[Ints, Floats, Floats, Ints]


def _of_obstacle(edges: Edges, obstacle: int, lines: _Lines) -> Iterator[_Hit]:
    """The hits at every edge of an obstacle. A line through a corner lies on one side of it for
    both its edges, so that it cannot slip between them.
    """
    own = np.flatnonzero(edges.obstacle == obstacle)
    turn = lines.turn(edges.start[own[0], :2])
    left = turn > 0.0
    for n in own.tolist():
        next_turn = lines.turn(edges.end[n, :2])
        next_left = next_turn > 0.0
        apart = np.flatnonzero(left != next_left)
        if len(apart):
            before, behind = turn.ravel()[apart], next_turn.ravel()[apart]
            yield _at_edge(edges, n, lines, apart, before / (before - behind))
        turn, left = next_turn, next_left


def _at_edge(edges: Edges, n: int, lines: _Lines, pair: Ints, on_edge: Floats) -> _Hit:
    """Pairs whose line crosses edge n, where (share of the line), at which height, whose. pair:
    the ends of the edge lie on different sides of the line; those of the line must too. on_edge:
    share of the edge at which it is crossed.
    """
    source, receiver = lines.source, lines.receiver
    start, along = edges.start[n, :2], edges.end[n, :2] - edges.start[n, :2]
    side_s = along[0] * (source[:, 1] - start[1]) - along[1] * (source[:, 0] - start[0])
    side_r = along[0] * (receiver[:, 1] - start[1]) - along[1] * (receiver[:, 0] - start[0])
    r, s = np.divmod(pair, len(source))
    from_s, from_r = side_s[s], side_r[r]
    across = (from_s > 0.0) != (from_r > 0.0)
    pair, on_edge, from_s = pair[across], on_edge[across], from_s[across]
    share = from_s / (from_s - from_r[across])
    top = edges.start[n, 2] + on_edge * (edges.end[n, 2] - edges.start[n, 2])
    return pair, share, top, np.full(len(pair), edges.obstacle[n])
