"""What sound meets on its way: sources, receivers, air, ground, walls and buildings.

    scene = Scene(ground=Ground(0.5), obstacles=(Wall([[50, -20, 4], [50, 20, 4]]),))
    sources = Sources.at([[0, 0, 0.5]], power=[[90] * 8])

Coordinates are metres of a plane grid (x, y) and heights above its datum (z); degrees of longitude
and latitude are refused by nothing but sense: project them first. Heights above the ground beneath
are given apart where the ground is not at zero.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.noise_propagation.bands import BAND_COUNT

__all__ = ["Air", "Building", "Ground", "Patch", "Points", "Scene", "Sources", "Wall"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Air:
    """State of the air: [°C], relative humidity [%], pressure [kPa]."""

    temperature_c: float = 10.0
    humidity_percent: float = 70.0
    pressure_kpa: float = 101.325


@dataclass(frozen=True, slots=True)
class Points:
    """Places: position (n, 3) [m], height (n,) above the ground beneath [m]."""

    position: Floats
    height: Floats

    @classmethod
    def at(cls, position: ArrayLike, *, height: ArrayLike | None = None) -> Points:
        """Places at (x, y, z) rows; height: above ground, None where the ground is at z = 0.

        Raises InputRefusedError for a shape, a missing number or a place below the ground.
        """
        return cls(*_placed(position, height))


@dataclass(frozen=True, slots=True)
class Sources(Points):
    """Point sources: power (n, 8), octave sound power levels [dB re 1 pW], 63 Hz to 8 kHz."""

    power: Floats

    @classmethod
    def at(
        cls,
        position: ArrayLike,
        *,
        height: ArrayLike | None = None,
        power: ArrayLike = (np.nan,) * BAND_COUNT,
    ) -> Sources:
        """As ``Points.at``, with octave power levels (n, 8) or (8,) for all."""
        places, heights = _placed(position, height)
        levels = np.asarray(power, dtype=np.float64)
        if levels.shape[-1:] != (BAND_COUNT,):
            raise _refused(
                "声功率级", f"形状 {levels.shape}", "不是八个倍频带", "63 Hz–8 kHz 各一个值"
            )
        refuse_bad([("noise/power_level", levels)])
        return cls(places, heights, np.array(np.broadcast_to(levels, (len(places), BAND_COUNT))))


@dataclass(frozen=True, slots=True)
class Patch:
    """A convex piece of ground with its own factor: corners (k, 2) [m], factor 0 hard … 1 porous."""

    corners: ArrayLike
    factor: float


@dataclass(frozen=True, slots=True)
class Ground:
    """Ground factor of the plane, and patches that differ (they must not overlap)."""

    factor: float = 0.0
    patches: tuple[Patch, ...] = ()

    def __post_init__(self) -> None:
        """Refuse factors outside 0 to 1."""
        refuse_bad([("noise/ground_factor", [self.factor, *(p.factor for p in self.patches)])])


@dataclass(frozen=True, slots=True)
class Wall:
    """A thin barrier: vertices (k, 3) [m], x, y and absolute height of the top, straight between.

    absorption: reflected share lost (8,) per band or one number; None reflects nothing.
    """

    vertices: ArrayLike
    absorption: ArrayLike | None = None

    @property
    def outline(self) -> Floats:
        """The vertices, (k, 3)."""
        return np.asarray(self.vertices, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Building:
    """A block with a flat roof: footprint (k, 2) [m], top: absolute height of the roof [m]."""

    footprint: ArrayLike
    top: float
    absorption: ArrayLike | None = None

    @property
    def outline(self) -> Floats:
        """The closed outline of the roof, (k + 1, 3)."""
        corners = np.asarray(self.footprint, dtype=np.float64)
        closed = np.concatenate([corners, corners[:1]])
        return np.column_stack([closed, np.full(len(closed), float(self.top))])


@dataclass(frozen=True, slots=True)
class Scene:
    """All that is not source or receiver."""

    air: Air = field(default_factory=Air)
    ground: Ground = field(default_factory=Ground)
    obstacles: tuple[Wall | Building, ...] = ()


def _placed(position: ArrayLike, height: ArrayLike | None) -> tuple[Floats, Floats]:
    places = np.atleast_2d(np.asarray(position, dtype=np.float64))
    if places.shape[-1] != 3 or places.ndim != 2:
        raise _refused("坐标", f"形状 {places.shape}", "不是 x、y、z 三列", "每点一行，单位 m")
    given = places[:, 2] if height is None else np.asarray(height, dtype=np.float64)
    heights = np.array(np.broadcast_to(given, places.shape[:1]), dtype=np.float64)
    refuse_bad([("noise/height_above_ground", heights)])
    bad = np.flatnonzero(~np.isfinite(places).all(axis=1) | ~np.isfinite(heights))
    if len(bad):
        row = int(bad[0])
        raise _refused(
            "坐标", str(places[row].tolist()), "坐标或高度缺失", "请补全 x、y、z（m）", row
        )
    return places, heights


def _refused(
    column: str, value: str, problem: str, remedy: str, row: int = -1
) -> InputRefusedError:
    return InputRefusedError([InputProblem(row, column, value, problem, remedy)])
