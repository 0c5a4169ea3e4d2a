"""Emissions of electricity bought from the grid, by the national mean factor.

    >>> from datetime import date
    >>> round(float(purchased_electricity(1000.0, on=date(2025, 6, 1)).emission_t[0]), 6)
    536.6

For inventories, not for reductions. It refuses days before the first packaged announcement.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import Days, When, as_days, numbers_on
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.parameters import parameter

__all__ = ["Purchase", "purchased_electricity"]

Floats = NDArray[np.float64]
_MEAN = "carbon/national_grid_mean"


@dataclass(frozen=True, slots=True)
class Purchase:
    """Arrays of one shape: bought_mwh, factor_t_mwh, emission_t [tCO₂]."""

    bought_mwh: Floats
    factor_t_mwh: Floats
    emission_t: Floats
    days: Days
    edition: str | None

    def derivation(self, index: int | tuple[int, ...] = 0) -> Derivation:
        """How the emission at ``index`` comes about."""
        mean = parameter(_MEAN)
        day = self.days[index].astype(object)
        edition = mean.on(day) if self.edition is None else mean.named(self.edition)
        bought, factor = float(self.bought_mwh[index]), float(self.factor_t_mwh[index])
        known = not np.isnan(bought)
        result = f"{float(self.emission_t[index]):.10g} tCO2" if known else "缺少外购电量，无法核算"
        shown = f"{bought:.10g}" if known else "缺测"
        return Derivation(
            title="外购电力间接排放",
            conclusion=f"排放量 {result}" if known else result,
            basis=(Basis.of(edition, decides=f"{edition.name} 年全国电力平均二氧化碳排放因子",
                            forced=self.edition is not None),),
            facts=(Fact("外购电量", shown, "MWh"),),
            steps=(Step("排放量", f"{shown}×{factor:g}", result, deciding=True),),
        )  # fmt: skip


def purchased_electricity(
    bought_mwh: ArrayLike, *, on: When, edition: str | None = None
) -> Purchase:
    """The indirect emission [tCO₂] of electricity bought.

    bought_mwh [MWh]: any shape, NaN gives NaN. on: the day the factor is looked up on (the latest
    announced then). edition: forces the factor of a year, "2022".
    Raises InputRefusedError, OutsideEditionsError (before 2024-04-12), UnknownEditionError.
    Source: the ministry's yearly announcements (one source each). No rounding.
    """
    bought = np.atleast_1d(decimal_floats(bought_mwh))
    refuse_bad([("carbon/bought_mwh", bought)])
    days = np.broadcast_to(as_days(on), bought.shape)
    factor = numbers_on(parameter(_MEAN), days, edition=edition)
    return Purchase(bought, factor, bought * factor, days, edition)
