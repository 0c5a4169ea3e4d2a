"""Equivalent and statistical levels of a run of sound levels: Leq, Lmax, Lmin, LN, SD.

    >>> stats = statistics([60.0, 60.0, 70.0, 60.0])
    >>> round(float(stats.leq), 2), float(stats.lmax), float(stats.valid)
    (65.12, 70.0, 4.0)

Levels are averaged by energy, never arithmetically. The last axis is time; NaN is missing. It
refuses to judge how many samples are enough by itself: ``needed_share`` says so, and with fewer
valid samples every figure is NaN while the count stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import numbers_on
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.parameters import parameter

__all__ = ["Statistics", "energy_mean", "exceeded_levels", "hourly_statistics", "statistics"]

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
_NEPERS_PER_DB = np.log(10.0) / 10.0
_MINUTES = 60
_PERCENTS = (5, 10, 50, 90, 95)  # the fields of Statistics


@dataclass(frozen=True, slots=True)
class Statistics:
    """Figures of one run of levels each [dB], arrays without the time axis.

    l5 … l95: exceeded for that share of the time. valid, due: samples counted and expected.
    """

    leq: Floats
    lmax: Floats
    lmin: Floats
    l5: Floats
    l10: Floats
    l50: Floats
    l90: Floats
    l95: Floats
    sd: Floats
    valid: Counts
    due: int


def energy_mean(levels: ArrayLike, *, axis: int = -1, weights: ArrayLike | None = None) -> Floats:
    """Equivalent level [dB] of levels of equal (or ``weights``) duration, NaN left out.

    levels [dB], any shape; a run without a valid level gives NaN. Safe for any magnitude.
    Source: GB 3096-2008, definition of the equivalent level; 10 lg of the mean of 10^(L/10).

    >>> round(float(energy_mean([50.0, 60.0])), 2)
    57.4
    """
    given = np.moveaxis(_runs(levels), axis, -1)
    valid = ~np.isnan(given)
    shares = np.where(valid, 1.0 if weights is None else np.asarray(weights, dtype=np.float64), 0.0)
    loudest = np.max(given, axis=-1, initial=-np.inf, where=valid, keepdims=True)
    loudest = np.where(np.isfinite(loudest), loudest, 0.0)
    ratios = np.exp((np.where(valid, given, 0.0) - loudest) * _NEPERS_PER_DB)
    total, weight = (shares * ratios).sum(axis=-1), shares.sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = loudest[..., 0] + np.log(total / weight) / _NEPERS_PER_DB
    return np.asarray(np.where(weight > 0, mean, np.nan))


def exceeded_levels(levels: ArrayLike, percents: ArrayLike) -> Floats:
    """The level exceeded for each percentage of the time, (percents, …) [dB].

    levels: last axis time, NaN left out; percents: one or several [%]. LN is the (100−N)th percentile of the
    samples, linear between neighbours. Raises ValueError outside 0–100. Source: GB 3096-2008, definition of LN (the standard does
    not say how to interpolate).

    >>> exceeded_levels(np.arange(101.0), [10, 50, 90])
    array([90., 50., 10.])
    """
    ordered = np.sort(_runs(levels), axis=-1)  # NaN comes last
    count = (~np.isnan(ordered)).sum(axis=-1)
    shares = np.atleast_1d(np.asarray(percents, dtype=np.float64))
    if not ((shares >= 0) & (shares <= 100)).all():
        raise ValueError(f"percents are {percents!r}; give shares of the time from 0 to 100")
    return np.stack([_quantile(ordered, count, 1.0 - p / 100.0) for p in shares.tolist()])


def statistics(levels: ArrayLike, *, needed_share: float = 0.0, checked: bool = True) -> Statistics:
    """All figures of each run of levels along the last axis.

    levels [dB(A)]: 1 s or 1 min levels (…, time), NaN missing. needed_share: the least share of
    valid samples (0–1); with fewer every level is NaN. checked: refuse implausible levels.
    sd: of the samples, divisor n−1 (NaN for one sample). Lmax and Lmin are those of the samples
    given: of 1 min Leq they are not the maxima of the minute.
    Raises InputRefusedError. Source: GB 3096-2008, definitions; HJ 640-2012 (LN, SD). No rounding.
    """
    given = _runs(levels)
    if checked:
        refuse_bad([("noise/level", given)])
    due = given.shape[-1]
    ordered = np.sort(given, axis=-1)
    valid = (~np.isnan(ordered)).sum(axis=-1)
    enough = (valid > 0) & (valid >= needed_share * due)
    l5, l10, l50, l90, l95 = (_quantile(ordered, valid, 1.0 - p / 100.0) for p in _PERCENTS)

    def kept(figure: Floats) -> Floats:
        return np.where(enough, figure, np.nan)

    return Statistics(
        leq=kept(energy_mean(given)),
        lmax=kept(_quantile(ordered, valid, 1.0)),
        lmin=kept(_quantile(ordered, valid, 0.0)),
        l5=kept(l5),
        l10=kept(l10),
        l50=kept(l50),
        l90=kept(l90),
        l95=kept(l95),
        sd=kept(_deviation(given, valid)),
        valid=np.asarray(valid),
        due=due,
    )


def hourly_statistics(
    levels: ArrayLike, *, per_hour: int, on: date | np.datetime64, checked: bool = True
) -> Statistics:
    """The figures of each hour of a run of whole hours, arrays (…, hours).

    levels: (…, hours·per_hour); per_hour: 3600 for 1 s levels, 60 for 1 min levels. on: the day
    whose validity rule governs all of them. An hour counts from the share of minutes on that
    ``data_validity/noise/minutes_per_hour`` wants (45 of 60, unconfirmed).
    Raises ValueError for a broken hour, InputRefusedError, OutsideEditionsError.
    """
    given = _runs(levels)
    if given.shape[-1] % per_hour:
        raise ValueError(
            f"{given.shape[-1]} levels are no whole hours of {per_hour}; fill the missing ends "
            "with NaN (hours.on_hours shows how)"
        )
    needed = float(numbers_on(parameter("data_validity/noise/minutes_per_hour"), on))
    hours = given.reshape(*given.shape[:-1], -1, per_hour)
    return statistics(hours, needed_share=needed / _MINUTES, checked=checked)


def _runs(levels: ArrayLike) -> Floats:
    """Levels with a time axis: a single one is a run of one."""
    return np.atleast_1d(np.asarray(levels, dtype=np.float64))


def _quantile(ordered: Floats, count: Counts, share: float) -> Floats:
    """Of sorted runs with NaN last: linear between the neighbours of place share·(n−1)."""
    if not ordered.shape[-1]:
        return np.full(ordered.shape[:-1], np.nan)
    place = np.maximum(share * (count - 1), 0.0)
    low = np.floor(place).astype(np.int64)
    high = np.minimum(low + 1, np.maximum(count - 1, 0))
    below = np.take_along_axis(ordered, low[..., None], axis=-1)[..., 0]
    above = np.take_along_axis(ordered, high[..., None], axis=-1)[..., 0]
    return np.asarray(below + (place - low) * (above - below))


def _deviation(given: Floats, valid: Counts) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.nansum(given, axis=-1) / valid
        squares = np.nansum((given - mean[..., None]) ** 2, axis=-1)
        return np.asarray(np.where(valid > 1, np.sqrt(squares / (valid - 1)), np.nan))
