"""Samples of a span -> the values a logger reports for each period of it.

Minute, hour and day values are all computed from the same samples, so they agree with one another
as those of a sound logger do: an hour's total is the sum of its minutes'. Refuses to invent: a
period without samples is NaN everywhere.

Source: HJ 212-2017, annex D (means, totals), C.16–C.18 notes (mark of a period), read by us.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field

import numpy as np

from zhihuan.telemetry.simulator.chance import Floats, Integers
from zhihuan.telemetry.simulator.episodes import MARKS, Marks
from zhihuan.telemetry.simulator.kinds import FactorSpec, KindSpec
from zhihuan.telemetry.simulator.plant import Plant, Samples
from zhihuan.telemetry.simulator.signals import BEIJING_SECONDS
from zhihuan.telemetry.simulator.sound import sound_periods

__all__ = ["FactorPeriods", "PeriodTable", "periods"]

_MILLIONTH = 1e-6  # mg/m³·m³ -> kg, mg/L·L -> kg, µg -> g


@dataclass(slots=True)
class FactorPeriods:
    """One factor's values for n periods, each (n,), NaN where there is none or none is reported.

    For sound levels only ``average`` is set. total: Cou, in m³ for the flow factor, in the
    factor's mass unit (kg, or g for µg) otherwise.
    """

    average: Floats
    minimum: Floats | None = None
    maximum: Floats | None = None
    total: Floats | None = None
    zs_average: Floats | None = None
    zs_minimum: Floats | None = None
    zs_maximum: Floats | None = None


@dataclass(slots=True)
class PeriodTable:
    """The values of consecutive periods. starts: (n,) epoch seconds UTC; marks: (n,) data marks."""

    starts: Integers
    seconds: int
    marks: list[str]
    factors: dict[str, FactorPeriods] = field(default_factory=dict)


def periods(plant: Plant, start: int, period_seconds: int, count: int) -> PeriodTable:
    """The reported values of ``count`` periods from ``start`` (epoch seconds UTC)."""
    return summarise(plant, _sampled(plant, start, period_seconds * count), period_seconds)


def summarise(plant: Plant, samples: Samples, period_seconds: int) -> PeriodTable:
    """Samples that fill whole periods, cut into periods of this length."""
    kind = plant.kind
    each = period_seconds // kind.sample_seconds
    if not each or len(samples.seconds) % each:
        raise ValueError(
            f"{len(samples.seconds)} samples every {kind.sample_seconds} s do not fill "
            f"periods of {period_seconds} s"
        )
    marks = samples.marks.reshape(-1, each)
    starts = samples.seconds.reshape(-1, each)[:, 0]
    table = PeriodTable(starts, period_seconds, _period_marks(kind, marks))
    if kind.physics == "noise":
        levels = samples.values["LA"].reshape(-1, each)
        hours = (samples.seconds.reshape(-1, each) + BEIJING_SECONDS) % 86_400 / 3600.0
        found = sound_periods(levels, hours)
        table.factors = {
            code: FactorPeriods(found[code]) for code in plant.factors if code in found
        }
        return table
    with warnings.catch_warnings():
        # all-NaN periods are meant: the logger measured nothing
        warnings.simplefilter("ignore", RuntimeWarning)
        table.factors = {
            code: _factor_periods(kind, kind.factor(code), samples, each, period_seconds)
            for code in plant.factors
        }
    return table


def _sampled(plant: Plant, start: int, seconds: int) -> Samples:
    return plant.samples(
        np.arange(start, start + seconds, plant.kind.sample_seconds, dtype=np.int64)
    )


def _factor_periods(
    kind: KindSpec, spec: FactorSpec, samples: Samples, each: int, period_seconds: int
) -> FactorPeriods:
    values = samples.values[spec.code].reshape(-1, each)
    result = FactorPeriods(
        average=np.nanmean(values, axis=1),
        minimum=np.nanmin(values, axis=1),
        maximum=np.nanmax(values, axis=1),
    )
    if kind.flow:
        flow = samples.values[kind.flow].reshape(-1, each)
        result.total, weighted = _load(kind, spec, flow, values, period_seconds)
        if weighted is not None:
            result.average = np.where(np.isnan(weighted), result.average, weighted)
    if spec.code in samples.converted:
        zs = samples.converted[spec.code].reshape(-1, each)
        result.zs_average = np.nanmean(zs, axis=1)
        result.zs_minimum = np.nanmin(zs, axis=1)
        result.zs_maximum = np.nanmax(zs, axis=1)
    return result


def _load(
    kind: KindSpec, spec: FactorSpec, flow: Floats, values: Floats, seconds: int
) -> tuple[Floats | None, Floats | None]:
    """Total of the period, and the flow-weighted mean where the kind asks for one.

    flow, values: (periods, samples). HJ 212-2017, annex D: mean C = mass / volume; where nothing
    flows there is no weighted mean.
    """
    mean_flow = np.nanmean(flow, axis=1)
    if spec.code == kind.flow:
        return mean_flow * seconds * kind.volume_per_flow, None
    if not spec.totals:
        return None, None
    mean_load = np.nanmean(flow * values, axis=1)
    flowing = mean_flow > 0
    weighted = np.where(flowing, mean_load / np.where(flowing, mean_flow, 1.0), np.nan)
    return mean_load * seconds * _MILLIONTH, weighted if kind.weighted else None


def _period_marks(kind: KindSpec, marks: Marks) -> list[str]:
    """Flue gas: normal when at least 75 % of the samples are, else the mark most of the rest bear;
    everything else: any abnormal sample marks the period."""
    normal_share = (marks == 0).mean(axis=1)
    wanted = 0.75 if kind.physics == "flue_gas" else 1.0
    result = []
    for row, share in zip(marks, normal_share, strict=True):
        if share >= wanted:
            result.append("N")
            continue
        counts = np.bincount(row, minlength=len(MARKS))
        counts[0] = 0
        result.append(MARKS[int(counts.argmax())])
    return result
