"""Levels at many receivers of many sources, in blocks that fit the processor's cache.

    result = levels(sources, receivers, scene)
    result.octaves        # (receivers, 8) [dB]
    result.a_weighted     # (receivers,) [dB(A)]

Downwind levels of ISO 9613-2; with ``c0`` long-term ones. Time and memory are linear in pairs and
in receivers. It refuses sources without power and implausible heights.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.noise_propagation.attenuation import (
    GENERAL,
    Method,
    block,
    ground_of_lines,
    method_of,
)
from zhihuan.standards.noise_propagation.bands import BAND_COUNT, NEPERS_PER_DB, a_weighted
from zhihuan.standards.noise_propagation.reflection import Image, images
from zhihuan.standards.noise_propagation.rule import EDITION
from zhihuan.standards.noise_propagation.scene import Points, Scene, Sources
from zhihuan.standards.noise_propagation.weather import meteorological_correction

__all__ = ["Levels", "levels"]

Floats = NDArray[np.float64]
_PAIRS_A_BLOCK = 8192
_SOURCES_A_BLOCK = 2048


@dataclass(frozen=True, slots=True)
class Levels:
    """octaves (receivers, 8) [dB], 63 Hz to 8 kHz; a_weighted (receivers,) [dB(A)]; edition."""

    octaves: Floats
    a_weighted: Floats
    edition: str


@dataclass(frozen=True, slots=True)
class _Run:
    """What one call asks for: the prepared method, C0, whether surfaces reflect."""

    method: Method
    c0: float
    reflections: bool


def levels(  # noqa: PLR0913 - one argument a choice
    sources: Sources,
    receivers: Points,
    scene: Scene,
    *,
    ground: str = GENERAL,
    c0: float = 0.0,
    reflections: bool = False,
    edition: str = EDITION,
) -> Levels:
    """Equivalent octave levels at each receiver, all sources added by energy.

    ground: ``general`` (7.3.1) or ``alternative`` (7.3.2). c0 [dB]: of the meteorological
    correction; 0 gives downwind levels. reflections: once at each wall and façade that states an
    absorption. No source gives −inf.
    Raises InputRefusedError, ValueError (ground), UnknownEditionError.

    Source: ISO 9613-2:1996, formulas (3) to (6). Accuracy as stated there: ±3 dB for mean heights
    to 30 m and distances to 1000 m. No rounding.
    """
    _refuse_silent(sources)
    run = _Run(method_of(scene, ground=ground, edition=edition), c0, reflections)
    energy = np.zeros((BAND_COUNT, len(receivers.position)))
    wide = min(max(len(sources.position), 1), _SOURCES_A_BLOCK)
    deep = max(_PAIRS_A_BLOCK // wide, 1)
    for first in range(0, len(receivers.position), deep):
        some = _part(receivers, first, deep)
        for start in range(0, len(sources.position), wide):
            power = sources.power[start : start + wide]
            part = _energy(run, _part(sources, start, wide), power, some)
            energy[:, first : first + deep] += part
    with np.errstate(divide="ignore"):
        octaves = (np.log(energy) / NEPERS_PER_DB).T
    return Levels(octaves, a_weighted(octaves), edition)


def _energy(run: _Run, sources: Points, power: Floats, receivers: Points) -> Floats:
    """Σ over sources of 10^(L/10), (8, receivers)."""
    parts = block(run.method, sources, receivers)
    level = parts.total
    np.subtract(power.T[:, None, :], level, out=level)
    if run.c0:
        level -= meteorological_correction(
            sources.height, receivers.height[:, None], parts.ground_distance, c0=run.c0
        )
    level *= NEPERS_PER_DB
    np.exp(level, out=level)
    energy = np.asarray(level.sum(axis=-1))
    if run.reflections:
        method = run.method
        found = images(method.scene, method.edges, sources, receivers, method.numbers)
        for image in found:
            _add_reflected(energy, run, (sources, power, receivers), image)
    return energy


def _add_reflected(
    energy: Floats, run: _Run, places: tuple[Points, Floats, Points], image: Image
) -> None:
    """Add the reflected paths at one edge to the energy (8, receivers)."""
    sources, power, receivers = places
    end = receivers.position[image.receiver]
    heights = sources.height[image.source], receivers.height[image.receiver]
    lost, on_ground = ground_of_lines(run.method, image.position, end, heights)
    level = power[image.source].T - lost - image.loss
    if run.c0:
        level -= meteorological_correction(*heights, on_ground, c0=run.c0)
    arriving = np.exp(level * NEPERS_PER_DB)
    for band in range(BAND_COUNT):
        energy[band] += np.bincount(
            image.receiver, weights=arriving[band], minlength=energy.shape[1]
        )


def _part(points: Points, first: int, count: int) -> Points:
    piece = slice(first, first + count)
    return Points(points.position[piece], points.height[piece])


def _refuse_silent(sources: Sources) -> None:
    bad = np.flatnonzero(np.isnan(sources.power).any(axis=1))[:100]
    if len(bad):
        raise InputRefusedError(
            [
                InputProblem(
                    int(row), "声功率级", "缺失", "声源没有声功率级", "请填写八个倍频带的值"
                )
                for row in bad
            ]
        )
