"""The ways members are averaged into a period.

Every mean here is the same sentence: transform, weigh, sum, divide, transform back. Unusable
members enter with weight zero. A period without any weight has no mean (NaN).

Sources: arithmetic and flow-weighted HJ 212-2017 annex D, D.1.2.3, D.1.3, D2.2; energy mean
GB 3096-2008 (equivalent level Leq; second hand); hydrogen ion 总站水字〔2020〕90号 (second hand);
direction: the platform's choice, unit vectors. It refuses L10, L90 and their like: percentiles of
minutes do not make the percentile of an hour.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.data_validity import Mean
from zhihuan.telemetry.aggregation.grouping import Grouping

__all__ = ["mean_of_groups"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
# Below this length of the resultant, opposite directions cancel and no direction is left.
_NO_DIRECTION = 1e-9


def mean_of_groups(
    way: Mean, values: Floats, weight: Floats, usable: Bools, groups: Grouping
) -> Floats:
    """The mean of each group, float64; NaN without a usable member.

    values: in the unit of the factor, sorted as the grouping. weight: only for flow-weighted
    means, volumes [m³]; a group whose usable members have no volume is averaged arithmetically,
    as annex D's other method (D.1.3) does. PERIOD_FLOW has no mean of members: it comes from the
    volume (see ``amounts``), here it is arithmetic, to be replaced there.
    """
    if way is Mean.NONE:
        return np.full(len(groups), np.nan)
    return _WAYS[way](values, weight, usable, groups)


def _weighted(values: Floats, weight: Floats, groups: Grouping) -> Floats:
    present = weight > 0
    total = groups.sums(np.where(present, weight, 0.0))
    sums = groups.sums(np.where(present, values, 0.0) * np.where(present, weight, 0.0))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(total > 0, sums / total, np.nan)


def _arithmetic(values: Floats, weight: Floats, usable: Bools, groups: Grouping) -> Floats:
    del weight
    return _within(_weighted(values, usable.astype(np.float64), groups), values, usable, groups)


def _flow_weighted(values: Floats, weight: Floats, usable: Bools, groups: Grouping) -> Floats:
    volume = np.where(usable & np.isfinite(weight), weight, 0.0)
    by_flow = _within(_weighted(values, volume, groups), values, usable, groups)
    return np.where(np.isnan(by_flow), _arithmetic(values, weight, usable, groups), by_flow)


def _energy(values: Floats, weight: Floats, usable: Bools, groups: Grouping) -> Floats:
    del weight
    # relative to the loudest member, so that no level, however absurd, overflows
    held = np.where(usable, values, np.nan)
    loudest = groups.largest(held)
    relative = 10.0 ** ((held - groups.spread(loudest)) / 10.0)
    share = _weighted(relative, usable.astype(np.float64), groups)
    return _within(loudest + 10.0 * np.log10(share), values, usable, groups)


def _hydrogen_ion(values: Floats, weight: Floats, usable: Bools, groups: Grouping) -> Floats:
    return -_energy(-values * 10.0, weight, usable, groups) / 10.0


def _direction(values: Floats, weight: Floats, usable: Bools, groups: Grouping) -> Floats:
    del weight
    angle, count = np.radians(np.where(usable, values, 0.0)), usable.astype(np.float64)
    east, north = (_weighted(part, count, groups) for part in (np.sin(angle), np.cos(angle)))
    mean = np.degrees(np.arctan2(east, north)) % 360.0
    return np.where(np.hypot(east, north) > _NO_DIRECTION, mean, np.nan)


def _largest(values: Floats, weight: Floats, usable: Bools, groups: Grouping) -> Floats:
    del weight
    return groups.largest(np.where(usable, values, np.nan))


def _smallest(values: Floats, weight: Floats, usable: Bools, groups: Grouping) -> Floats:
    del weight
    return groups.smallest(np.where(usable, values, np.nan))


def _within(mean: Floats, values: Floats, usable: Bools, groups: Grouping) -> Floats:
    """Summing floats may leave the mean a hair outside its members; it never is."""
    held = np.where(usable, values, np.nan)
    return np.minimum(np.maximum(mean, groups.smallest(held)), groups.largest(held))


_WAYS: dict[Mean, Callable[[Floats, Floats, Bools, Grouping], Floats]] = {
    Mean.ARITHMETIC: _arithmetic,
    Mean.PERIOD_FLOW: _arithmetic,
    Mean.FLOW_WEIGHTED: _flow_weighted,
    Mean.ENERGY: _energy,
    Mean.HYDROGEN_ION: _hydrogen_ion,
    Mean.DIRECTION: _direction,
    Mean.LARGEST: _largest,
    Mean.SMALLEST: _smallest,
}
