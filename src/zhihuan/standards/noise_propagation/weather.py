"""From downwind to long-term levels: the meteorological correction.

    >>> float(meteorological_correction(1.0, 4.0, 100.0, c0=2.0))
    1.0

Downwind is the loud case; over months, wind and temperature vary, and a level far from a low source
is lower by up to C0, which the local weather gives (0 to 5 dB; above 2 dB is rare). It refuses to
know C0.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.noise_propagation.rule import EDITION, rule

__all__ = ["meteorological_correction"]


def meteorological_correction(
    source_height: ArrayLike,
    receiver_height: ArrayLike,
    ground_distance: ArrayLike,
    *,
    c0: float,
    edition: str = EDITION,
) -> NDArray[np.float64]:
    """Cmet [dB], to be taken off the A-weighted downwind level.

    heights above ground and distance on the ground [m] broadcast; c0 [dB]. NaN gives NaN.
    Source: ISO 9613-2:1996, clause 8, formulas (21) and (22).
    """
    heights = np.asarray(source_height, dtype=np.float64) + np.asarray(receiver_height, np.float64)
    distance, near = (
        np.asarray(ground_distance, np.float64),
        rule(edition).weather_heights * heights,
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(distance <= near, 0.0 * distance, c0 * (1.0 - near / distance)))
