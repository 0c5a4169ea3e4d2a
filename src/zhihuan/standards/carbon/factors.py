"""Grid emission factors by date: the combined margin for reductions, the mean for consumption.

    >>> from datetime import date
    >>> round(float(combined_margin(date(2024, 6, 1))), 6)
    0.656525

A reduction displaces what the grid would have generated: operating and build margin, weighted. A
purchase causes the mean. It refuses to use one for the other, and any day without a packaged
table.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.dated import Days, When, as_days, spans_in_force
from zhihuan.standards.derivation import Basis, Step
from zhihuan.standards.parameters import Edition, parameter

__all__ = ["GridFactors", "combined_margin", "grid_factors"]

Floats = NDArray[np.float64]
_BASELINE = "carbon/southern_grid_baseline"
_WEIGHTS = "carbon/margin_weights"
_MARGINS = ("operating_margin", "build_margin")


@dataclass(frozen=True, slots=True)
class GridFactors:
    """combined [tCO₂/MWh]: in the shape of ``days``."""

    combined: Floats
    days: Days
    edition: str | None

    def editions_at(self, index: int | tuple[int, ...]) -> tuple[Edition, Edition]:
        """(baseline, weights) that governed the element at ``index``."""
        day = self.days[index].astype(object)
        baseline = parameter(_BASELINE)
        chosen = baseline.on(day) if self.edition is None else baseline.named(self.edition)
        return chosen, parameter(_WEIGHTS).on(day)

    def bases(self, index: int | tuple[int, ...]) -> tuple[Basis, ...]:
        """The law of the factor at ``index``."""
        baseline, weights = self.editions_at(index)
        forced = self.edition is not None
        return (
            Basis.of(baseline, decides="电网基准线排放因子", forced=forced),
            Basis.of(weights, decides="组合边际权重"),
        )

    def step(self, index: int | tuple[int, ...]) -> Step:
        """How the factor at ``index`` comes about."""
        baseline, weights = (edition.table for edition in self.editions_at(index))
        terms = "＋".join(f"{baseline[margin]}×{weights[margin]}" for margin in _MARGINS)
        return Step("组合边际排放因子", terms, f"{float(self.combined[index]):.10g} tCO2/MWh")


def grid_factors(on: When, *, edition: str | None = None) -> GridFactors:
    """The combined margin of the southern grid on each day, with its sources.

    edition: forces a baseline table by name. Raises OutsideEditionsError, UnknownEditionError.
    Source: the ministry's baseline table of 2019 (one source); weights 0.75 and 0.25 of wind and
    solar power (unconfirmed). No rounding.
    """
    days = as_days(on)
    combined = np.zeros(days.shape)
    for margin in _MARGINS:
        factor = _numbers(_BASELINE, days, margin, edition)
        combined = combined + factor * _numbers(_WEIGHTS, days, margin, None)
    return GridFactors(combined, days, edition)


def combined_margin(on: When, *, edition: str | None = None) -> Floats:
    """The combined margin [tCO₂/MWh] alone; see ``grid_factors``."""
    return grid_factors(on, edition=edition).combined


def _numbers(name: str, days: Days, key: str, edition: str | None) -> Floats:
    numbers = np.full(days.shape, np.nan)
    for span in spans_in_force(parameter(name), days, edition=edition):
        numbers[span.where] = float(str(span.edition.table[key]))
    return numbers
