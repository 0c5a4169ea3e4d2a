"""Ground attenuation of CNOSSOS-EU, in homogeneous and in favourable conditions.

    ground_attenuation(Stretch(zs=1.0, zr=4.0, dp=194.2, path=0.5, source=0.5), favourable=False)

One stretch of ground with its mean plane: the whole way, or one side of a diffracting edge. It
refuses nothing: heights below the plane count as zero.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.noise_propagation.bands import BAND_COUNT, BANDS_HZ
from zhihuan.standards.parameters import parameter

__all__ = ["EDITION", "CnossosRule", "Stretch", "cnossos_rule", "ground_attenuation"]

Floats = NDArray[np.float64]
EDITION = "CNOSSOS-EU（2015/996，经 2021/1226 修正）"


@dataclass(frozen=True, slots=True)
class CnossosRule:
    """The agreed numbers; the parameter file says what each is."""

    sound_speed: float
    ground_zone_heights: float
    bound: float
    curvature_least: float
    curvature_distances: float
    height_bend: float
    height_turbulence: float
    near_wavelengths: float
    near_gain: float
    cap: float

    @property
    def wavelength(self) -> Floats:
        """Of each band [m]."""
        return np.asarray(self.sound_speed / BANDS_HZ)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Heights over the mean plane zs, zr [m], distance along it dp [m], mean factor ``path`` and
    the factor beneath the source (None on the receiver's side of an edge: no correction there).
    """

    zs: float
    zr: float
    dp: float
    path: float
    source: float | None


def cnossos_rule(edition: str = EDITION) -> CnossosRule:
    """The numbers of the packaged edition. Raises UnknownEditionError."""
    table = parameter("noise_propagation/cnossos_eu").named(edition).table
    return CnossosRule(**{key: float(str(value)) for key, value in table.items()})


def ground_attenuation(stretch: Stretch, numbers: CnossosRule, *, favourable: bool) -> Floats:
    """Aground in each band [dB], (8,).

    Source: Directive 2015/996, 2.5.15 to 2.5.20, table 2.5.b (which factor goes where), as amended
    by 2021/1226.
    """
    zs, zr = max(stretch.zs, 0.0), max(stretch.zr, 0.0)
    near = numbers.ground_zone_heights * (zs + zr)
    corrected = _corrected(stretch, near)
    lowest = _lowest(stretch.dp, near, corrected, numbers, favourable=favourable)
    if stretch.path == 0.0:
        return np.full(BAND_COUNT, lowest if favourable else -numbers.bound)
    impedance = stretch.path if favourable else corrected
    if favourable:
        zs, zr = _bent(zs, zr, stretch.dp, numbers)
    return np.maximum(_absorbed(zs, zr, stretch.dp, impedance, numbers), lowest)


def _corrected(stretch: Stretch, near: float) -> float:
    """G'path: close to the source its own ground weighs more. Formula (2.5.14)."""
    if stretch.source is None or stretch.dp > near or near == 0.0:
        return stretch.path
    share = stretch.dp / near
    return stretch.path * share + stretch.source * (1.0 - share)


def _lowest(
    dp: float, near: float, factor: float, numbers: CnossosRule, *, favourable: bool
) -> float:
    low = -numbers.bound * (1.0 - factor)
    return low * (1.0 + 2.0 * (1.0 - near / dp)) if favourable and dp > near else low


def _bent(zs: float, zr: float, dp: float, numbers: CnossosRule) -> tuple[float, float]:
    """The heights as a downward-bent ray sees them. Formula (2.5.19)."""
    both = zs + zr
    if both == 0.0:
        return zs, zr
    turbulent = numbers.height_turbulence * dp / both
    bend = numbers.height_bend * dp**2 / 2.0
    return zs + bend * (zs / both) ** 2 + turbulent, zr + bend * (zr / both) ** 2 + turbulent


def _absorbed(zs: float, zr: float, dp: float, factor: float, numbers: CnossosRule) -> Floats:
    """Formulas (2.5.15) to (2.5.17)."""
    f, g = BANDS_HZ, factor
    k = 2.0 * math.pi * f / numbers.sound_speed
    w = 0.0185 * f**2.5 * g**2.6
    w = w / (f**1.5 * g**2.6 + 1.3e3 * f**0.75 * g**1.3 + 1.16e6)
    c = dp * (1.0 + 3.0 * w * dp * np.exp(-np.sqrt(w * dp))) / (1.0 + w * dp)
    root = np.sqrt(2.0 * c / k)
    by_source = zs**2 - root * zs + c / k
    by_receiver = zr**2 - root * zr + c / k
    return np.asarray(-10.0 * np.log10(4.0 * k**2 / dp**2 * by_source * by_receiver))
