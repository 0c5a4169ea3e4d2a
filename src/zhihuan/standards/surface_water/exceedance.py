"""How far an item lies above a class: exceedance multiples against class III or a target.

    >>> from datetime import date
    >>> over = exceedance({"nh3n": 1.8, "tp": 0.22}, target="II", on=date(2026, 1, 31))
    >>> float(over.reported("nh3n")), float(over.reported("tp"))
    (2.6, 1.2)

The multiple is (C − limit)/limit. It is not computed for pH, dissolved oxygen and water
temperature: those exceed without a multiple. It refuses a target of 劣Ⅴ, which has no limit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.classes import basis_of
from zhihuan.standards.dated import When, as_days, numbers_on, spans_in_force
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.parameters import parameter
from zhihuan.standards.surface_water.classification import WaterClass, water_class
from zhihuan.standards.surface_water.digits import reported, without_noise
from zhihuan.standards.surface_water.limits import LAKE_ROWS
from zhihuan.standards.surface_water.names import item_code
from zhihuan.standards.surface_water.quality_class import ClassNumbers, class_name, target_numbers
from zhihuan.standards.surface_water.reported import Reported

__all__ = ["Exceedance", "exceedance", "exceedance_of"]

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Index = int | tuple[int, ...]

_BASE = "surface_water/exceedance_class"
_WITHOUT = "surface_water/exceedance_without_multiple"
_DECIMALS = "surface_water/exceedance_decimals"


@dataclass(frozen=True, slots=True)
class Exceedance:
    """Which items exceed the target class, and by how many times its limit.

    judged: the classes; target: class numbers of the samples' shape, 0 where none is set (nothing
    exceeds there). exceeding: (items, *samples). multiples: (items, *samples), NaN where the value
    is missing, no target is set, or the item has no multiple; negative below the limit.
    """

    judged: WaterClass
    target: ClassNumbers
    exceeding: Mask
    multiples: Floats

    @property
    def items(self) -> tuple[str, ...]:
        """The rows of the table, along the first axis."""
        return self.judged.items

    def multiple(self, item: str) -> Floats:
        """The multiples of one item, in the samples' shape, unrounded."""
        code = item_code(item)
        rows = [n for n, row in enumerate(self.items) if row in {code, LAKE_ROWS.get(code)}]
        return np.asarray(np.fmax.reduce(self.multiples[rows], axis=0))

    def reported(self, item: str) -> Floats:
        """The multiples of one item as reports print them: one decimal, half to even."""
        return reported(_DECIMALS, self.multiple(item), on=self.judged.days)

    def derivation(self, index: Index = ()) -> Derivation:
        """Which items of one sample exceed, with the division written out."""
        place = index if isinstance(index, tuple) else (index,)
        goal, classed = class_name(int(self.target[place])), self.judged.classed
        steps = self._steps(place)
        over = "、".join(step.what + _bracketed(step.result) for step in steps)
        found = f"超标项目：{over}" if over else "没有超标项目"
        day = np.broadcast_to(self.judged.days, self.judged.codes.shape)[place].astype(object)
        return Derivation(
            title=f"对照 {goal or '（未设）'} 类标准的超标项目与超标倍数",
            conclusion=found if goal else "没有目标类别，不评价超标",
            basis=(
                basis_of(classed, place, decides=f"{goal}类标准限值"),
                Basis.of(parameter(_WITHOUT).on(day), decides="不计算超标倍数的项目"),
            ),
            facts=(
                *self.judged.facts(place),
                Fact("有数据的项目", str(int(self.judged.counted[place])), "项"),
            ),
            steps=steps,
        )

    def _steps(self, place: tuple[int, ...]) -> tuple[Step, ...]:
        steps = []
        for row, (limits, _, _, value) in enumerate(self.judged.classed.sample(place)):
            if not self.exceeding[(row, *place)]:
                continue
            text = limits.texts[int(self.target[place]) - 1]
            ratio, limit = float(self.multiples[(row, *place)]), text.lstrip("≤")
            how = f"({value:.12g} − {limit}) ÷ {limit}"
            if np.isnan(ratio):
                steps.append(Step(limits.name, f"{value:.12g} 不符合 {text}，不计算倍数", "超标"))
            else:
                steps.append(Step(limits.name, how, *self._told(ratio, place)))
        return tuple(steps)

    def _told(self, ratio: float, place: tuple[int, ...]) -> tuple[str, str]:
        """A multiple as it is reported, and how it was rounded (nothing where it needed none)."""
        day = np.broadcast_to(self.judged.days, self.judged.codes.shape)[place]
        exact, shown = float(without_noise(ratio)), float(reported(_DECIMALS, ratio, on=day))
        if exact == shown:
            return f"{exact:.12g}", ""
        decimals = int(numbers_on(parameter(_DECIMALS), day))
        return f"{shown:.{decimals}f}", f"{exact:.6g}，按 GB/T 8170 修约到 {decimals} 位小数"


def exceedance(
    values: Mapping[str, ArrayLike | Reported],
    *,
    on: When,
    target: ArrayLike | None = None,
    waterbody: ArrayLike = "river",
    edition: str | None = None,
) -> Exceedance:
    """Which items exceed a class, and by how many times its limit.

    values, on, waterbody, edition: as in ``water_class``. target: class names or numbers 1 to 5,
    broadcast to the samples, empty where a section has none; None compares with class III.
    Raises as ``water_class``.
    Source: 环办〔2011〕22号, main pollutants. Nothing is rounded but by ``reported``.
    """
    judged = water_class(values, on=on, waterbody=waterbody, edition=edition)
    return exceedance_of(judged, target=target)


def exceedance_of(judged: WaterClass, *, target: ArrayLike | None = None) -> Exceedance:
    """As ``exceedance``, from classes already judged."""
    shape = judged.codes.shape
    base = numbers_on(parameter(_BASE), judged.days) if target is None else target_numbers(target)
    goal = np.broadcast_to(base, shape).astype(np.uint8)
    # five targets at most: one sweep for each that occurs, whatever the number of samples
    multiples = np.full((len(judged.items), *shape), np.nan)
    for number in np.unique(goal[goal > 0]).tolist():
        np.copyto(multiples, judged.classed.multiples(number), where=goal == number)
    multiples[_without_multiple(judged)] = np.nan
    # worse than the target, not "above its limit": oxygen and pH exceed without a multiple
    exceeding = (judged.classed.item_class > goal) & (goal > 0)
    return Exceedance(judged, goal, exceeding, multiples)


def _without_multiple(judged: WaterClass) -> Mask:
    """Where an item has no multiple by the list of its day, (items, *samples)."""
    shape, days = judged.codes.shape, as_days(judged.days)
    found = np.zeros((len(judged.items), *shape), dtype=bool)
    for span in spans_in_force(parameter(_WITHOUT), days):
        listed = span.edition.table["items"]
        rows = [isinstance(listed, list) and item in listed for item in judged.items]
        found[rows] |= np.broadcast_to(span.where, shape)
    return found


def _bracketed(result: str) -> str:
    return f"（{result}）" if result != "超标" else ""
