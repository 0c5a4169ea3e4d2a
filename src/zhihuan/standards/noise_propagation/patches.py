"""Ground factors of the three zones of each path over patches of different ground.

    gs, gm, gr = zone_factors(ground, start, end, dp, near_m, far_m)

The factor of a zone is the mean over its length on the line from source to receiver. Where nothing
lies between the zones the middle factor is that of the plane. It refuses concave patches.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.noise_propagation.scene import Ground

__all__ = ["checked_corners", "zone_factors"]

Floats = NDArray[np.float64]


def zone_factors(
    ground: Ground, start: Floats, end: Floats, near: Floats, far: Floats
) -> tuple[Floats, Floats, Floats]:
    """Factors of source zone, middle and receiver zone, each (pairs,).

    start, end (pairs, 2) [m]; near, far (pairs,): share of the way at which the source zone ends
    and the receiver zone begins, 0 to 1; zones may overlap.
    Source: ISO 9613-2:1996, 7.3.1.
    """
    zero, one = np.zeros(near.shape), np.ones(near.shape)
    zones = ((zero, near), (np.minimum(near, far), np.maximum(near, far)), (far, one))
    sums = [np.full(near.shape, ground.factor) for _ in zones]
    for patch in ground.patches:
        enters, leaves = _crossed(checked_corners(patch.corners), start, end)
        for zone, (low, high) in zip(sums, zones, strict=True):
            inside = np.maximum(np.minimum(leaves, high) - np.maximum(enters, low), 0.0)
            with np.errstate(divide="ignore", invalid="ignore"):
                share = np.where(high > low, inside / (high - low), 0.0)
            zone += share * (patch.factor - ground.factor)  # noqa: PLW2901 - in place, meant so
    return sums[0], sums[1], sums[2]


def checked_corners(corners: object) -> Floats:
    """The corners (k, 2) in counter-clockwise order. Raises InputRefusedError for a concave patch."""
    outline = np.asarray(corners, dtype=np.float64)
    edges = np.roll(outline, -1, axis=0) - outline
    following = np.roll(edges, -1, axis=0)
    turns = edges[:, 0] * following[:, 1] - edges[:, 1] * following[:, 0]
    if (turns >= 0).all():
        return outline
    if (turns <= 0).all():
        return outline[::-1]
    raise InputRefusedError(
        [
            InputProblem(
                -1,
                "地面分区",
                outline.tolist(),
                "不是凸多边形",
                "请把凹的地面分区拆成几个凸多边形",
            )
        ]
    )


def _crossed(corners: Floats, start: Floats, end: Floats) -> tuple[Floats, Floats]:
    """The shares of the way at which each line enters and leaves a convex patch (leaves ≥ enters
    only where it is crossed): every edge cuts the line to the side that lies within.
    """
    way = end - start
    enters, leaves = np.zeros(len(start)), np.ones(len(start))
    for corner, following in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        edge = following - corner
        inward = edge[0] * (start[:, 1] - corner[1]) - edge[1] * (start[:, 0] - corner[0])
        gain = edge[0] * way[:, 1] - edge[1] * way[:, 0]
        with np.errstate(divide="ignore", invalid="ignore"):
            at = -inward / gain
        enters = np.where(gain > 0, np.maximum(enters, at), enters)
        leaves = np.where(gain < 0, np.minimum(leaves, at), leaves)
        leaves = np.where((gain == 0) & (inward < 0), -1.0, leaves)
    return enters, leaves
