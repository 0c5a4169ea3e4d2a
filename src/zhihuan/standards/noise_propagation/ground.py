"""What the ground does to sound: the general method in octave bands, and the alternative one.

The general method looks at three zones (by the source, by the receiver, between) and how porous
each is; the alternative knows only the mean height and serves A-weighted levels over mostly porous
ground. Both are functions of arrays of pairs; bands come first, (8, …).

    as_ = end_zone(shape_terms(hs), gs, spread)       # source end
    agr = as_ + ar + middle_zone(gm, q)

They refuse nothing themselves: heights and factors are checked where a scene is made.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.noise_propagation.bands import BAND_COUNT

__all__ = [
    "ShapeTerms",
    "Spread",
    "alternative_ground",
    "end_zone",
    "middle_share",
    "middle_zone",
    "shape_terms",
    "solid_angle_correction",
    "spread_of",
]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ShapeTerms:
    """The parts of a', b', c', d' that hang on height alone (ISO 9613-2:1996, notes to table 3)."""

    near: Floats
    far: Floats
    b: Floats
    c: Floats
    d: Floats


@dataclass(frozen=True, slots=True)
class Spread:
    """The parts that hang on distance alone: 1−e^(−dp/50) and 1−e^(−2.8·10⁻⁶·dp²)."""

    near: Floats
    far: Floats


def shape_terms(height: Floats) -> ShapeTerms:
    """Of heights above ground [m]. Source: ISO 9613-2:1996, table 3."""
    square = height**2
    return ShapeTerms(
        near=3.0 * np.exp(-0.12 * (height - 5.0) ** 2),
        far=5.7 * np.exp(-0.09 * square),
        b=8.6 * np.exp(-0.09 * square),
        c=14.0 * np.exp(-0.46 * square),
        d=5.0 * np.exp(-0.9 * square),
    )


def spread_of(ground_distance: Floats) -> Spread:
    """Of distances on the ground [m]. Source: ISO 9613-2:1996, table 3."""
    return Spread(
        near=-np.expm1(ground_distance / -50.0), far=-np.expm1(-2.8e-6 * ground_distance**2)
    )


def end_zone(terms: ShapeTerms, factor: Floats, spread: Spread) -> list[Floats | float]:
    """As or Ar in each band [dB], one entry a band. Source: ISO 9613-2:1996, table 3."""
    near = spread.near
    porous = -1.5 * (1.0 - factor)
    return [
        -1.5,
        -1.5 + factor * (1.5 + terms.near * near + terms.far * spread.far),
        -1.5 + factor * (1.5 + terms.b * near),
        -1.5 + factor * (1.5 + terms.c * near),
        -1.5 + factor * (1.5 + terms.d * near),
        porous,
        porous,
        porous,
    ]


def middle_share(zones_m: Floats, ground_distance: Floats) -> Floats:
    """q: the share of the distance that the end zones, ``zones_m`` = 30(hs+hr), leave. Table 3."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(ground_distance > zones_m, 1.0 - zones_m / ground_distance, 0.0))


def middle_zone(factor: Floats, share: Floats) -> list[Floats]:
    """Am in each band [dB]. Source: ISO 9613-2:1996, table 3."""
    hard = -3.0 * share
    mixed = hard * (1.0 - factor)
    return [hard, *([mixed] * (BAND_COUNT - 1))]


def alternative_ground(mean_height: Floats, distance: Floats) -> Floats:
    """Agr by the alternative method [dB], the same in all bands, not below 0.

    mean_height [m]: of the path above ground; distance [m]: source to receiver.
    Source: ISO 9613-2:1996, 7.3.2, formula (10).
    """
    return np.maximum(4.8 - 2.0 * mean_height / distance * (17.0 + 300.0 / distance), 0.0)


def solid_angle_correction(
    ground_distance: Floats, source_height: Floats, receiver_height: Floats
) -> Floats:
    """DΩ [dB], which joins the alternative method. Source: ISO 9613-2:1996, formula (11)."""
    square = ground_distance**2
    apart = square + (source_height - receiver_height) ** 2
    mirrored = square + (source_height + receiver_height) ** 2
    return np.asarray(10.0 * np.log10(1.0 + apart / mirrored))
