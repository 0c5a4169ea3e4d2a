"""The main pollutants of a section and of a river: what to name first, and in which order.

    >>> from datetime import date
    >>> found = main_pollutants({"nh3n": 2.3, "tp": 0.32, "cod": 24, "do": 2.5}, on=date(2026, 4, 30))
    >>> found.at(())
    ('nh3n', 'tp', 'do')

Only a section worse than class III has any: its items worse than III, the worst class first, the
larger exceedance multiple first within a class, three at most; cyanide and heavy metals come
before all others. Items without a multiple (pH, dissolved oxygen) stand last within their class;
the rule is silent there. A river's are the items whose exceedance rate over its sections is
highest. It refuses nothing beyond what ``water_class`` refuses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import When, spans_in_force
from zhihuan.standards.derivation import Basis, Derivation, Step
from zhihuan.standards.parameters import Edition, parameter
from zhihuan.standards.surface_water.classification import water_class
from zhihuan.standards.surface_water.digits import without_noise
from zhihuan.standards.surface_water.exceedance import Exceedance, exceedance_of
from zhihuan.standards.surface_water.quality_class import class_name
from zhihuan.standards.surface_water.reported import Reported

__all__ = ["MainPollutants", "RiverPollutant", "main_pollutants", "river_pollutants"]

Index = int | tuple[int, ...]
_RULE = "surface_water/main_pollutants"


@dataclass(frozen=True, slots=True)
class MainPollutants:
    """Main pollutants of every sample.

    over: the exceedances against class III. order: (most, *samples) positions in ``items``, -1
    where there is no further one.
    """

    over: Exceedance
    order: NDArray[np.int64]

    @property
    def items(self) -> tuple[str, ...]:
        """The rows of the table that ``order`` points to."""
        return self.over.items

    def at(self, index: Index = ()) -> tuple[str, ...]:
        """The item codes of one sample's main pollutants, the first first."""
        place = index if isinstance(index, tuple) else (index,)
        return tuple(
            self.items[n] for n in np.moveaxis(self.order, 0, -1)[place].tolist() if n >= 0
        )

    def derivation(self, index: Index = ()) -> Derivation:
        """Why these items, in this order, are the main pollutants of one sample."""
        place = index if isinstance(index, tuple) else (index,)
        judged = self.over.judged
        day = np.broadcast_to(judged.days, judged.codes.shape)[place].astype(object)
        table = judged.classed.at(place)[1]
        steps, words = [], []
        for item in self.at(place):
            row = self.items.index(item)
            ratio = float(self.over.multiples[(row, *place)])
            printed = "" if np.isnan(ratio) else f"（{float(without_noise(ratio)):.12g}）"
            number = int(judged.classed.item_class[(row, *place)])
            words.append(table[item].name + printed)
            steps.append(
                Step(
                    table[item].name,
                    f"{class_name(number)}类",
                    printed or "不计算倍数",
                    deciding=True,
                )
            )
        return Derivation(
            title="断面主要污染指标",
            conclusion="、".join(words) or "水质未劣于Ⅲ类，没有主要污染指标",
            basis=(
                Basis.of(parameter(_RULE).on(day), decides="主要污染指标的确定"),
                *self.over.derivation(place).basis,
            ),
            facts=self.over.derivation(place).facts,
            steps=tuple(steps),
        )


@dataclass(frozen=True, slots=True)
class RiverPollutant:
    """One main pollutant of a river: the share of its sections worse than III in this item."""

    item: str
    exceeding: int
    judged: int

    @property
    def percent(self) -> float:
        """Exceedance rate of the sections [%], unrounded."""
        return 100.0 * self.exceeding / self.judged


def main_pollutants(
    values: Mapping[str, ArrayLike | Reported],
    *,
    on: When,
    waterbody: ArrayLike = "river",
    edition: str | None = None,
) -> MainPollutants:
    """The main pollutants of each sample. Parameters and errors as ``water_class``.

    Source: 环办〔2011〕22号, main pollutants of a section (unconfirmed).
    """
    judged = water_class(values, on=on, waterbody=waterbody, edition=edition)
    over = exceedance_of(judged)
    spans = spans_in_force(parameter(_RULE), judged.days)
    longest = max((_most(span.edition) for span in spans), default=0)
    found = np.full((min(longest, len(over.items)), *judged.codes.shape), -1, dtype=np.int64)
    for span in spans:
        rank = _rank(over, span.edition)
        # stable: items equal in class and multiple keep the order in which they were given
        order = np.argsort(-rank, axis=0, kind="stable")[: _most(span.edition)]
        order[np.take_along_axis(rank, order, axis=0) == 0] = -1
        np.copyto(found[: len(order)], order, where=span.where)
    return MainPollutants(over, found)


def river_pollutants(over: Exceedance) -> tuple[RiverPollutant, ...]:
    """The main pollutants of a river, from the exceedances of its sections against class III.

    over: of one river's sections, any shape; the last day among them chooses the rule. Three at most, the highest exceedance rate first, then
    the larger greatest multiple; sections without the item are left out of its rate.
    Source: 环办〔2011〕22号, main pollutants of rivers and basins (unconfirmed).
    """
    axes = tuple(range(1, over.exceeding.ndim))
    judged = (over.judged.classed.item_class > 0).sum(axis=axes)
    exceeding = over.exceeding.sum(axis=axes)
    largest = np.fmax.reduce(over.multiples.reshape(len(over.items), -1), axis=1)
    found = [
        (RiverPollutant(item, int(exceeding[n]), int(judged[n])), float(np.nan_to_num(largest[n])))
        for n, item in enumerate(over.items)
        if exceeding[n]
    ]
    found.sort(key=lambda pair: (-pair[0].percent, -pair[1]))
    rule = parameter(_RULE).on(over.judged.days.max().astype(object))
    return tuple(pollutant for pollutant, _ in found[: _most(rule)])


def _rank(over: Exceedance, rule: Edition) -> NDArray[np.float64]:
    """Larger stands earlier, 0 is no main pollutant: first the metals, then class, then multiple."""
    numbers = over.judged.classed.item_class
    named = rule.table["first"]
    first = np.array([isinstance(named, list) and item in named for item in over.items])
    multiple = np.nan_to_num(without_noise(over.multiples), nan=0.0)
    within = multiple / (1.0 + multiple)  # 0 … 1: orders multiples without reaching the next class
    ahead = first.reshape(-1, *([1] * (numbers.ndim - 1)))
    # metals above classes (at most 6, times 10) above multiples (below 1): three digits, one key
    rank = 100.0 * ahead + 10.0 * numbers + within
    return np.where(over.exceeding, rank, 0.0)


def _most(rule: Edition) -> int:
    return int(str(rule.table["most"]))
