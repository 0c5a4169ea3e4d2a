"""What a class judgement holds: classes, deciding items, and the reasons of each sample.

    judged.names, judged.number, judged.deciding_items(3), judged.derivation(3)

``classification.water_class`` makes it. It refuses to judge anything itself: every number it tells
was computed when the samples were judged.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.classes import Classed, basis_of, facts_of, steps_of
from zhihuan.standards.dated import Days
from zhihuan.standards.derivation import Basis, Derivation, Fact
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.parameters import parameter
from zhihuan.standards.surface_water.limits import LAKE_ROWS, LAKES_ONLY
from zhihuan.standards.surface_water.names import item_code
from zhihuan.standards.surface_water.quality_class import (
    ClassNumbers,
    class_name,
    class_names,
    target_numbers,
)

__all__ = ["EVALUATED", "WaterClass", "not_given"]

EVALUATED = "surface_water/evaluated_items"
_HALF = "surface_water/below_detection_share"

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Index = int | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WaterClass:
    """Classes of samples: ``number`` is what to compute with, ``names`` what to print.

    classed: the items that decide, one row an item (``tp_lake`` is total phosphorus of lakes and
    reservoirs); reference: items judged beside it, None where none was given. lake: which samples
    are lakes; days: theirs; chosen: the caller named the items himself.
    """

    classed: Classed
    reference: Classed | None
    lake: Mask
    days: Days
    chosen: bool

    @property
    def codes(self) -> ClassNumbers:
        """1 to 5 for Ⅰ to Ⅴ, 6 for 劣Ⅴ, 0 where no item could be judged; the samples' shape."""
        return self.classed.worst

    @property
    def number(self) -> Floats:
        """As ``codes``, but NaN where nothing was judged: a missing class keeps no limit."""
        # "0 ≤ 3" would be true: a missing class must not pass for a good one
        return np.where(self.codes > 0, self.codes, np.nan)

    @property
    def names(self) -> NDArray[np.str_]:
        """Ⅰ … Ⅴ, 劣Ⅴ, "" where nothing was judged; the samples' shape."""
        return class_names(self.codes)

    @property
    def items(self) -> tuple[str, ...]:
        """The rows of the table that took part, in the given order."""
        return self.classed.items

    @property
    def counted(self) -> ClassNumbers:
        """How many items of each sample had a value."""
        return self.classed.counted

    @property
    def deciding(self) -> Mask:
        """Which items stand at the sample's class, (items, *samples)."""
        return self.classed.deciding

    def deciding_items(self, index: Index = ()) -> tuple[str, ...]:
        """The items that decide one sample, by their codes."""
        return self.classed.deciding_items(index)

    def item_class(self, item: str) -> ClassNumbers:
        """The class number of one item, reference items too; 0 where it has no value.

        Raises InputRefusedError for an item that was not given.
        """
        code = item_code(item)
        rows = [
            part.item_class[place]
            for part in (self.classed, self.reference)
            if part is not None
            for place, row in enumerate(part.items)
            if row in {code, LAKE_ROWS.get(code)}
        ]
        if not rows:
            raise not_given(item)
        return np.asarray(np.max(rows, axis=0), dtype=np.uint8)

    def meets(self, target: ArrayLike) -> Mask:
        """Whether each sample keeps its target class; False where nothing was judged.

        target: class names, or numbers 1 to 5, broadcast to the samples.
        """
        return np.asarray((self.codes > 0) & (self.codes <= target_numbers(target)))

    def derivation(self, index: Index = ()) -> Derivation:
        """Why one sample has its class. index: its place; () for a single sample."""
        place = index if isinstance(index, tuple) else (index,)
        name, table = class_name(int(self.codes[place])), self.classed.at(place)[1]
        deciding = "、".join(table[item].name for item in self.deciding_items(place))
        return Derivation(
            title="地表水水质类别",
            conclusion=f"{name}类，定类项目：{deciding}" if name else "没有可评价的项目，无法评价",
            basis=self._basis(place),
            facts=self._facts(place),
            steps=steps_of(self.classed, place),
            cautions=self._cautions(place),
        )

    def facts(self, place: tuple[int, ...]) -> tuple[Fact, ...]:
        """The values of the items that took part, those that speak of this sample's water."""
        return tuple(fact for _, fact in self._applicable(self.classed, place))

    def _basis(self, place: tuple[int, ...]) -> tuple[Basis, ...]:
        day = np.broadcast_to(self.days, self.codes.shape)[place].astype(object)
        found = [basis_of(self.classed, place, decides="标准限值与单因子评价")]
        # where the caller named the items, no list of the law decided which took part
        if not self.chosen:
            found.append(Basis.of(parameter(EVALUATED).on(day), decides="参与评价的项目"))
        if any(below for _, _, below, _ in self.classed.sample(place)):
            found.append(Basis.of(parameter(_HALF).on(day), decides="低于检出限的取值"))
        return tuple(found)

    def _facts(self, place: tuple[int, ...]) -> tuple[Fact, ...]:
        facts = [Fact("水体类型", "湖泊、水库" if self.lake[place] else "河流")]
        facts += self.facts(place)
        if self.reference is not None:
            facts += [
                replace(fact, remark="；".join(filter(None, (fact.remark, "仅供参考，不参与评价"))))
                for _, fact in self._applicable(self.reference, place)
            ]
        return (*facts, Fact("有数据的参评项目", str(int(self.counted[place])), "项"))

    def _cautions(self, place: tuple[int, ...]) -> tuple[str, ...]:
        rows, numbers = self._applicable(self.classed, place), self.classed.numbers(place)
        coarse = [fact.name for row, fact in rows if self.classed.undecided[(row, *place)]]
        missing = [fact.name for row, fact in rows if not numbers[self.items[row]]]
        return tuple(
            words + "、".join(names)
            for words, names in (
                ("检出限过高，不足以判定类别：", coarse),
                ("缺测而未参加评价：", missing),
            )
            if names
        )

    def _applicable(self, part: Classed, place: tuple[int, ...]) -> list[tuple[int, Fact]]:
        """The facts of the rows that speak of this water, with their places."""
        lake = bool(self.lake[place])
        rows = enumerate(zip(part.items, facts_of(part, place), strict=True))
        return [(row, fact) for row, (item, fact) in rows if _speaks_of(item, lake=lake)]


def not_given(item: str) -> InputRefusedError:
    """The error of an item that was asked for and not given."""
    return InputRefusedError([InputProblem(-1, "项目", item, "没有给出", "请在数值中给出这一项")])


def _speaks_of(row: str, *, lake: bool) -> bool:
    if row in LAKE_ROWS:
        return not lake
    return lake or row not in {*LAKE_ROWS.values(), *LAKES_ONLY}
