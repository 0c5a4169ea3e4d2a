"""How much of a pollutant passes a section: concentration times flow over time.

    >>> from datetime import date
    >>> month = pollutant_flux([2.0, 4.0], [10.0, 30.0], seconds=86_400, on=date(2026, 9, 30))
    >>> float(month.tonnes)
    12.096

Concentration [mg/L] times flow [m³/s] is grams a second. Five ways to go from there are offered,
because samples are rare and flow is not; no law chooses among them:

- ``products``: Σ C·Q·Δt, every step with both.
- ``interpolated``: as that, concentration drawn straight between samples no further apart than
  ``most_gap`` steps.
- ``flow_weighted``: (Σ C·Q / Σ Q over the sampled steps) times all the water.
- ``means``: mean concentration times all the water.
- ``sample_products``: mean of C·Q over the sampled steps, times the whole time.

Steps with nothing to go by are left out by the first two, and counted: ``tonnes`` is then what was
seen, ``scaled`` the same rate over the whole time. Flow may be negative (tide): the balance is
told. Without a name the packaged convention is taken. It refuses to fill gaps in the flow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import Days, When, as_days
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.parameters import parameter
from zhihuan.standards.surface_water.reported import Reported, read_reported

__all__ = ["FLUX_METHODS", "Flux", "pollutant_flux"]

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Index = int | tuple[int, ...]

_LAW = "surface_water/flux_method"
_GRAMS_A_TONNE = 1e6


@dataclass(frozen=True, slots=True)
class Flux:
    """Pollutant loads along the last axis; arrays have the shape without it.

    tonnes: NaN where no step can be used; scaled: tonnes over the share of the time that they
    stand for; water_m3: net volume of the steps with flow; sampled, flowing, used: steps with
    concentration, with flow, and reckoned with; stands_for: steps whose load ``tonnes`` is; gaps:
    runs of steps it leaves out; steps: all; seconds: of one step.
    """

    tonnes: Floats
    scaled: Floats
    water_m3: Floats
    sampled: NDArray[np.int64]
    flowing: NDArray[np.int64]
    used: NDArray[np.int64]
    stands_for: NDArray[np.int64]
    gaps: NDArray[np.int64]
    steps: int
    seconds: float
    method: str
    days: Days

    def derivation(self, index: Index = ()) -> Derivation:
        """How one load was reckoned, and from how much data."""
        place = index if isinstance(index, tuple) else (index,)
        tonnes, scaled = float(self.tonnes[place]), float(self.scaled[place])
        used, lost = int(self.used[place]), self.steps - int(self.stands_for[place])
        day = np.broadcast_to(self.days, self.tonnes.shape)[place].astype(object)
        whole = f"通量 {tonnes:.12g} t" + (f"，按全时段折算 {scaled:.12g} t" if lost else "")
        cautions = [f"{lost} 个时段没有计入，分 {int(self.gaps[place])} 段"] if lost else []
        return Derivation(
            title="断面污染物通量",
            conclusion="没有同时有浓度和流量的时段，无法计算" if np.isnan(tonnes) else whole,
            basis=(Basis.of(parameter(_LAW).on(day), decides="通量算法"),),
            facts=(
                Fact("全部时段", str(self.steps), "个", f"每个 {self.seconds:.12g} s"),
                Fact("有浓度的时段", str(int(self.sampled[place])), "个"),
                Fact("有流量的时段", str(int(self.flowing[place])), "个"),
                Fact("参与计算的时段", str(used), "个"),
                Fact("净水量", f"{float(self.water_m3[place]):.12g}", "m³"),
            ),
            steps=(Step("通量", _FORMULAS[self.method], f"{tonnes:.12g} t"),)
            if not np.isnan(tonnes)
            else (),
            cautions=tuple(cautions),
        )


def pollutant_flux(  # noqa: PLR0913 - two series, their grid, their day, how to reckon
    concentration_mg_l: ArrayLike | Reported,
    flow_m3_s: ArrayLike,
    *,
    seconds: float,
    on: When,
    method: str | None = None,
    most_gap: int = 1,
) -> Flux:
    """The load of a pollutant through sections, over regular steps of time.

    concentration_mg_l: (..., steps) [mg/L], NaN where no sample was; texts and ``Reported`` are
    read. flow_m3_s: (..., steps) [m³/s], NaN where unknown, negative upstream. seconds: of a step.
    on: the last day, one or one a load. method: one of FLUX_METHODS, None for the packaged
    convention. most_gap: for ``interpolated``, the largest distance of two samples [steps] between
    which concentration is drawn straight.
    Raises InputRefusedError.
    Source: none is law; arithmetic of mg/L × m³/s = g/s. Nothing is rounded.
    """
    days = as_days(on)
    named = method or parameter(_LAW).on(days.max().astype(object)).text
    _refuse_unknown(named, seconds)
    concentration, flow = _series(concentration_mg_l, flow_m3_s, days)
    # counted before interpolation: what was drawn between samples is no sample
    sampled, flowing = ~np.isnan(concentration), ~np.isnan(flow)
    if named == "interpolated":
        concentration = _interpolated(concentration, most_gap)
    load, used, stands_for = FLUX_METHODS[named](concentration, flow)
    steps = concentration.shape[-1]
    counts = stands_for.sum(axis=-1)
    tonnes = np.where(counts > 0, load * seconds / _GRAMS_A_TONNE, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        scaled = np.where(counts > 0, tonnes * steps / counts, np.nan)
    return Flux(
        tonnes=tonnes,
        scaled=scaled,
        water_m3=np.asarray(np.nansum(flow, axis=-1) * seconds),
        sampled=sampled.sum(axis=-1),
        flowing=flowing.sum(axis=-1),
        used=used.sum(axis=-1),
        stands_for=counts,
        gaps=_runs_of_false(stands_for),
        steps=steps,
        seconds=float(seconds),
        method=named,
        days=days,
    )


# ---- the five ways: load [g/s × steps], steps reckoned with, steps the load stands for ---------------

_Way = Callable[[Floats, Floats], tuple[Floats, Mask, Mask]]


def _products(concentration: Floats, flow: Floats) -> tuple[Floats, Mask, Mask]:
    product = concentration * flow
    used = ~np.isnan(product)
    return np.asarray(np.nansum(product, axis=-1)), used, used


def _flow_weighted(concentration: Floats, flow: Floats) -> tuple[Floats, Mask, Mask]:
    load, used, _ = _products(concentration, flow)
    sampled_flow = np.where(used, flow, 0.0).sum(axis=-1)
    # the mean concentration stands for all the water, sampled or not
    flowing = ~np.isnan(flow) & used.any(axis=-1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(sampled_flow != 0, load / sampled_flow, np.nan)
    return mean * np.nansum(flow, axis=-1), used, flowing


def _means(concentration: Floats, flow: Floats) -> tuple[Floats, Mask, Mask]:
    sampled = ~np.isnan(concentration)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.asarray(np.nansum(concentration, axis=-1) / sampled.sum(axis=-1))
    flowing = ~np.isnan(flow) & sampled.any(axis=-1, keepdims=True)
    return mean * np.nansum(flow, axis=-1), flowing, flowing


def _sample_products(concentration: Floats, flow: Floats) -> tuple[Floats, Mask, Mask]:
    load, used, _ = _products(concentration, flow)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = load / used.sum(axis=-1)
    whole = np.broadcast_to(used.any(axis=-1, keepdims=True), used.shape)
    return np.asarray(mean * used.shape[-1]), used, whole


FLUX_METHODS: Mapping[str, _Way] = {
    "products": _products,
    "interpolated": _products,  # after the concentration was drawn between samples
    "flow_weighted": _flow_weighted,
    "means": _means,
    "sample_products": _sample_products,
}
_FORMULAS = {
    "products": "Σ C·Q·Δt",
    "interpolated": "Σ C·Q·Δt（样品之间浓度线性内插）",
    "flow_weighted": "(Σ C·Q ÷ Σ Q) × 总水量",
    "means": "平均浓度 × 总水量",
    "sample_products": "C·Q 的平均 × 总时长",
}


def _interpolated(concentration: Floats, most_gap: int) -> Floats:
    """Concentration drawn straight between neighbouring samples at most ``most_gap`` steps apart."""
    there = ~np.isnan(concentration)
    steps = np.arange(concentration.shape[-1])
    before = np.maximum.accumulate(np.where(there, steps, -1), axis=-1)
    behind = np.where(there, steps, steps.size)[..., ::-1]
    after = np.minimum.accumulate(behind, axis=-1)[..., ::-1]
    between = ~there & (before >= 0) & (after < steps.size) & (after - before <= most_gap)
    first, last = (
        np.take_along_axis(concentration, np.clip(place, 0, steps.size - 1), axis=-1)
        for place in (before, after)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (steps - before) / (after - before)
        drawn = first + (last - first) * share
    return np.where(between, drawn, concentration)


def _series(
    concentration: ArrayLike | Reported, flow: ArrayLike, days: Days
) -> tuple[Floats, Floats]:
    read = concentration if isinstance(concentration, Reported) else read_reported(concentration)
    refuse_bad([("surface_water/concentration", read.values), ("surface_water/flow", flow)])
    along = days[..., None] if days.ndim else days
    numbers = read.counted(on=along) if read.below.any() else read.values
    flows = np.asarray(flow, dtype=np.float64)
    if not numbers.ndim or numbers.shape[-1:] != flows.shape[-1:]:
        sizes = f"{numbers.shape}，流量 {flows.shape}"
        fault = ("浓度与流量的时段数不一致", "请在同一时间网格上给出，缺测留空")
        raise InputRefusedError([InputProblem(-1, "浓度", sizes, *fault)])
    pair = np.broadcast_arrays(numbers, flows)
    return pair[0], pair[1]


def _refuse_unknown(method: str, seconds: float) -> None:
    problems = []
    if method not in FLUX_METHODS:
        remedy = f"请填其中之一：{'、'.join(FLUX_METHODS)}"
        problems.append(InputProblem(-1, "通量算法", method, "没有这种算法", remedy))
    if not (np.isfinite(seconds) and seconds > 0):
        problems.append(InputProblem(-1, "时段长度", seconds, "应大于零", "请填每个时段的秒数"))
    if problems:
        raise InputRefusedError(problems)


def _runs_of_false(marks: Mask) -> NDArray[np.int64]:
    """How many runs of False lie along the last axis."""
    left = np.concatenate((np.ones((*marks.shape[:-1], 1), bool), marks[..., :-1]), axis=-1)
    return np.asarray((~marks & left).sum(axis=-1), dtype=np.int64)
