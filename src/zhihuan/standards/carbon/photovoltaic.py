"""What a distributed photovoltaic system reduces: generation times the grid's factor.

    >>> from datetime import date
    >>> found = photovoltaic_reduction([1000.0, 1200.0], on=date(2024, 6, 1))
    >>> found.total_t.round(4).tolist()
    1444.355

Guangdong's inclusive scheme (广东碳普惠, 粤环发〔2022〕4号, 2022-05-06 to 2027-05-05). Generation
comes from meter readings (``metered_generation``) or, for a plausibility check, from measured
power (``energy_mwh``). It refuses readings that run backwards; missing months stay missing and are
counted. Whether a system may apply, and whether its tonnes were claimed elsewhere, is not computed
here; ``overlapping_claims`` finds periods given twice for one account.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.carbon.factors import GridFactors, grid_factors
from zhihuan.standards.dated import When, as_days
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.derivation import Derivation, Fact, Step
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.inputs import refuse_bad

__all__ = [
    "Reduction",
    "energy_mwh",
    "metered_generation",
    "overlapping_claims",
    "photovoltaic_reduction",
]

Floats = NDArray[np.float64]
Index = int | tuple[int, ...]
_KWH_PER_MWH = 1000.0


@dataclass(frozen=True, slots=True)
class Reduction:
    """Arrays of one shape: generation_mwh, reduction_t [tCO₂] (NaN where generation is missing)."""

    generation_mwh: Floats
    reduction_t: Floats
    factors: GridFactors

    @property
    def total_t(self) -> Floats:
        """The sum over the last axis [tCO₂] of what is known; see ``missing``."""
        return np.asarray(np.nansum(self.reduction_t, axis=-1))

    @property
    def missing(self) -> NDArray[np.int64]:
        """How many periods of the last axis have no generation."""
        return np.asarray(np.isnan(self.reduction_t).sum(axis=-1))

    def derivation(self, index: Index = 0) -> Derivation:
        """How the reduction of the period at ``index`` comes about."""
        generation, tonnes = float(self.generation_mwh[index]), float(self.reduction_t[index])
        known = not np.isnan(tonnes)
        factor = float(self.factors.combined[index])
        how = f"{generation:.10g}×{factor:.10g}" if known else "缺少发电量"
        return Derivation(
            title="分布式光伏碳普惠减排量",
            conclusion=f"减排量 {tonnes:.10g} tCO2" if known else "缺少发电量，无法核算",
            basis=self.factors.bases(index),
            facts=(Fact("发电量", f"{generation:.10g}" if known else "缺测", "MWh"),),
            steps=(
                self.factors.step(index),
                Step("减排量", how, f"{tonnes:.10g} tCO2" if known else "无法核算",
                     rounding="不修约", deciding=True),
            ),
            cautions=("须承诺未在 CCER、绿证或其他碳普惠机制中重复申报。",),
        )  # fmt: skip


def photovoltaic_reduction(
    generation_mwh: ArrayLike, *, on: When, edition: str | None = None
) -> Reduction:
    """The emission reduction [tCO₂] of periods of generation.

    generation_mwh [MWh]: any shape, NaN where missing. on: the day that chooses the factor, of
    each period or one for all (a method that fixes the factor on application takes that day).
    edition: forces a baseline table by name. Raises InputRefusedError, OutsideEditionsError.
    Source: 广东省安装分布式光伏发电系统碳普惠方法学 (revised 2022, not read): ER = generation ×
    factor. No rounding.
    """
    generation = np.atleast_1d(decimal_floats(generation_mwh))
    refuse_bad([("carbon/generation_mwh", generation)])
    days = np.broadcast_to(as_days(on), generation.shape)
    factors = grid_factors(days, edition=edition)
    return Reduction(generation, generation * factors.combined, factors)


def metered_generation(readings_kwh: ArrayLike, *, multiplier: float = 1.0) -> Floats:
    """Generation [MWh] between consecutive meter readings (readings,) -> (readings − 1,).

    readings_kwh [kWh]: in order of time; NaN where a reading is missing, both periods beside it
    are then NaN. multiplier: of the current and voltage transformers (倍率).
    Raises InputRefusedError for readings that run backwards, naming the row.
    """
    readings = decimal_floats(readings_kwh)
    refuse_bad([("carbon/meter_kwh", readings)])
    steps = np.diff(readings)
    problems = [
        InputProblem(int(row) + 1, "电表示数", f"{readings[row + 1]:g} kWh", "小于上一次示数",
                     "换表或翻转请分段填写")
        for row in np.flatnonzero(steps < 0)[:100]
    ]  # fmt: skip
    if problems:
        raise InputRefusedError(problems)
    return np.asarray(steps * multiplier / _KWH_PER_MWH)


def energy_mwh(power_kw: ArrayLike, minutes: float) -> Floats:
    """Energy [MWh] of mean power values [kW] over equal spans of ``minutes``, last axis summed.

    Negative power is the inverter's own consumption at night and is taken off. One missing value
    makes the sum NaN. To compare with the meter, not to apply with. Raises InputRefusedError.
    """
    power = decimal_floats(power_kw)
    refuse_bad([("carbon/power_kw", power)])
    return np.asarray(np.sum(power, axis=-1) * minutes / 60.0 / _KWH_PER_MWH)


def overlapping_claims(
    accounts: Sequence[str], first_days: When, last_days: When
) -> list[tuple[int, int]]:
    """Pairs of claims (rows) of one grid account whose periods share a day, in order of the rows.

    first_days, last_days: (claims,), both inclusive. Raises InputRefusedError where a claim ends
    before it begins.
    Source: no reduction may be claimed twice (粤环发〔2022〕4号, principle; second hand).
    """
    first, last = as_days(first_days), as_days(last_days)
    backward = np.flatnonzero(last < first)
    if len(backward):
        raise InputRefusedError([
            InputProblem(int(row), "申报期", f"{first[row]} 至 {last[row]}", "止日早于起日", "请核对")
            for row in backward
        ])  # fmt: skip
    _, account = np.unique(np.asarray(accounts, dtype=np.str_), return_inverse=True)
    order = np.lexsort((first, account))
    found = []
    for place, row in enumerate(order):
        for other in order[place + 1 :]:
            if account[other] != account[row] or first[other] > last[row]:
                break
            found.append((min(int(row), int(other)), max(int(row), int(other))))
    return sorted(found)
