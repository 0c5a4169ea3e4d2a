"""The eight octave bands of outdoor propagation and their A-weighting.

    >>> A_WEIGHTS.tolist()
    [-26.2, -16.1, -8.6, -3.2, 0.0, 1.2, 1.0, -1.1]
    >>> round(float(a_weighted([60.0] * 8)), 2)
    66.99

Bands always stand on the first axis, 63 Hz to 8 kHz, in this package's inner arrays, and on the
last axis of what callers give and get. It refuses other bands.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.parameters import parameter

__all__ = ["A_WEIGHTS", "BANDS_HZ", "BAND_COUNT", "EXACT_HZ", "a_weighted", "energy_sum"]

Floats = NDArray[np.float64]
BAND_COUNT = 8
BANDS_HZ = np.array([63.0, 125.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0])
EXACT_HZ: Floats = 1000.0 * 10.0 ** (0.3 * np.arange(-4.0, 4.0))  # ISO 266: the midbands proper
A_WEIGHTS: Floats = np.array(
    [float(row["weight"]) for row in parameter("noise_propagation/a_weighting").editions[0].rows]
)
NEPERS_PER_DB = np.log(10.0) / 10.0


def a_weighted(levels: ArrayLike) -> Floats:
    """The A-weighted total [dB(A)] of octave levels [dB], bands on the last axis. NaN stays NaN.

    Source: IEC 61672-1 octave weights; energy sum. No rounding.
    """
    return energy_sum(np.asarray(levels, dtype=np.float64) + A_WEIGHTS, axis=-1)


def energy_sum(levels: ArrayLike, *, axis: int) -> Floats:
    """10 lg Σ 10^(L/10) along an axis [dB]; −inf of nothing."""
    given = np.asarray(levels, dtype=np.float64)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(np.exp(given * NEPERS_PER_DB).sum(axis=axis)) / NEPERS_PER_DB)
