"""CNOSSOS-EU: levels of single paths given as vertical sections, and their long-term sum.

    path = Path(Way.DIRECT, points)
    result = long_term([path], power=[93.0] * 8, air=Air(10.0, 70.0), favourable_share=0.5)
    result.a_weighted_octaves        # (8,) [dB(A)]

Paths over the top, round side edges and by reflection, each in homogeneous and in favourable
conditions. A European method: Chinese maps want ``levels`` (ISO 9613-2). It refuses to find paths:
sections come from a geographic model. What a section does not say cannot count: the top of a
reflecting wall, hence diffraction over it (retro-diffraction), is not known here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.noise_propagation.absorption import absorption_db_m
from zhihuan.standards.noise_propagation.bands import A_WEIGHTS, BAND_COUNT, energy_sum
from zhihuan.standards.noise_propagation.cnossos_diffraction import (
    boundary_attenuation,
    pure_diffraction,
)
from zhihuan.standards.noise_propagation.cnossos_ground import (
    EDITION,
    CnossosRule,
    Stretch,
    cnossos_rule,
    ground_attenuation,
)
from zhihuan.standards.noise_propagation.cnossos_profile import (
    CutPoint,
    mean_plane,
    profile_of,
)
from zhihuan.standards.noise_propagation.scene import Air

__all__ = ["LongTerm", "Path", "Way", "long_term", "path_attenuation"]

Floats = NDArray[np.float64]
_DIVERGENCE_AT_1_M = 11.0


class Way(StrEnum):
    """How a path goes: over the top (or in sight), round a side, or by a wall."""

    DIRECT = "DIRECT"
    LEFT = "LEFT"
    RIGHT = "RIGHT"
    REFLECTION = "REFLECTION"

    @property
    def is_lateral(self) -> bool:
        """Round a side edge."""
        return self in (Way.LEFT, Way.RIGHT)


@dataclass(frozen=True, slots=True)
class Path:
    """One path: its section in homogeneous conditions, and the one of bent rays where it differs."""

    way: Way
    points: Sequence[CutPoint]
    bent_points: Sequence[CutPoint] | None = None


@dataclass(frozen=True, slots=True)
class LongTerm:
    """homogeneous, favourable (paths, 8) [dB]; a_weighted_octaves (8,) [dB(A)] of all paths, and
    without_lateral: of those not round side edges; a_weighted: the total [dB(A)].
    """

    homogeneous: Floats
    favourable: Floats
    a_weighted_octaves: Floats
    without_lateral: Floats

    @property
    def a_weighted(self) -> float:
        """The total of all bands [dB(A)]."""
        return float(energy_sum(self.a_weighted_octaves, axis=0))


def long_term(
    paths: Sequence[Path],
    *,
    power: ArrayLike,
    air: Air,
    favourable_share: float,
    edition: str = EDITION,
) -> LongTerm:
    """Long-term levels of all paths of one source.

    power (8,) [dB]; favourable_share: of the time in favourable conditions, 0 to 1.
    Raises InputRefusedError (a section not from source to receiver, air), UnknownEditionError.
    Source: Directive 2015/996 as amended by 2021/1226, 2.5.1 to 2.5.6 (unconfirmed; proved by
    worked cases). No rounding.
    """
    numbers = cnossos_rule(edition)
    absorption = absorption_db_m(air.temperature_c, air.humidity_percent, air.pressure_kpa)
    levels = np.asarray(power, dtype=np.float64)
    straight, bent = (
        np.array(
            [
                levels - path_attenuation(path, absorption, numbers, favourable=favourable)
                for path in paths
            ]
        ).reshape(-1, BAND_COUNT)
        for favourable in (False, True)
    )
    with np.errstate(divide="ignore"):
        mixed = energy_sum(
            np.stack(
                [
                    bent + 10.0 * np.log10(favourable_share),
                    straight + 10.0 * np.log10(1.0 - favourable_share),
                ]
            ),
            axis=0,
        )
    direct = np.array([not path.way.is_lateral for path in paths], dtype=bool)
    return LongTerm(
        straight,
        bent,
        energy_sum(mixed, axis=0) + A_WEIGHTS,
        energy_sum(mixed[direct], axis=0) + A_WEIGHTS,
    )


def path_attenuation(
    path: Path, absorption: Floats, numbers: CnossosRule, *, favourable: bool
) -> Floats:
    """All attenuation of one path [dB], (8,): Adiv + Aatm + (Aground or Adif) + loss at walls.

    Source: Directive 2015/996, formulas (2.5.8) to (2.5.12).
    """
    points = path.bent_points if favourable and path.bent_points else path.points
    if path.way.is_lateral:
        return _lateral(points, absorption, numbers, favourable=favourable)
    profile = profile_of(points)
    distance = math.dist(profile.source, profile.receiver)
    boundary = boundary_attenuation(profile, numbers, favourable=favourable)
    total = _spread(distance) + absorption * distance + boundary.attenuation
    for point in points:
        if point.kind == "Reflection":
            total = total - 10.0 * np.log10(1.0 - np.asarray(point.absorption))
    return np.asarray(total)


def _lateral(
    points: Sequence[CutPoint], absorption: Floats, numbers: CnossosRule, *, favourable: bool
) -> Floats:
    """Round side edges: spread as if straight, absorbed and over ground along the way, no cap.

    Source: Directive 2015/996, 2.5.6 (lateral diffractions).
    """
    profile = profile_of(points)
    corners = [(p.x, p.y, p.z) for p in points if p.kind == "VEdgeDiffraction"]
    ends = [(p.x, p.y, p.z) for p in (points[0], points[-1])]
    string = [ends[0], *corners, ends[1]]
    legs = [math.dist(a, b) for a, b in pairwise(string)]
    straight, whole = math.dist(*ends), sum(legs)
    plane = mean_plane(profile, 0.0, profile.length)
    stretch = Stretch(
        zs=plane.height(profile.source),
        zr=plane.height(profile.receiver),
        dp=math.dist(plane.foot(profile.source), plane.foot(profile.receiver)),
        path=profile.factor_between(0.0, profile.length),
        source=profile.factor_at_source,
    )
    ground = ground_attenuation(stretch, numbers, favourable=favourable)
    bent = pure_diffraction(whole - straight, sum(legs[1:-1]), numbers)
    return np.asarray(_spread(straight) + absorption * whole + ground + bent)


def _spread(distance: float) -> float:
    return 20.0 * math.log10(distance) + _DIVERGENCE_AT_1_M
