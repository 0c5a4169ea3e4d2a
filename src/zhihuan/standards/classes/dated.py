"""Class judgements by day: every sample by the edition in force when it was taken.

    classed = judge_on(limits_of, parameter("sea/class_limits"), columns, on=days)
    classed.worst, classed.at(3)

``judge_on`` may span editions in one call. What a subject adds (its class names, guards, further
rules, the words of its derivation) stays with the subject; the facts and steps that every class
judgement shares are told by ``telling``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import EllipsisType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.classes.detection import Below, refuse_strays, stand_ins, undecided
from zhihuan.standards.classes.judging import (
    ClassNumbers,
    Judged,
    broadcast_columns,
    exceedance_multiples,
    judge,
)
from zhihuan.standards.classes.limits import ClassTable, ItemLimits
from zhihuan.standards.dated import Span, When, as_days, spans_in_force
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.parameters import Edition, Parameter

__all__ = ["Classed", "Index", "judge_on"]

Index = int | tuple[int, ...]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Classed:
    """Judged samples with the editions that judged them.

    items: their order along the first axis of item_class (items, *samples). given: the columns as
    given; below: which of their values are detection limits. worst: class number of each sample,
    0 where no item could be judged; counted: how many items were. spans, tables: the editions
    with the samples they governed, and their class tables; forced: the caller chose the edition.
    """

    items: tuple[str, ...]
    given: tuple[Floats, ...]
    below: Below
    item_class: ClassNumbers
    worst: ClassNumbers
    counted: ClassNumbers
    spans: tuple[Span, ...]
    tables: tuple[ClassTable, ...]
    forced: bool

    @property
    def deciding(self) -> NDArray[np.bool_]:
        """Which items stand at the sample's class, (items, *samples)."""
        return np.asarray((self.item_class == self.worst) & (self.worst > 0))

    @property
    def undecided(self) -> NDArray[np.bool_]:
        """Where a detection limit is too coarse to decide the item's class, (items, *samples)."""
        found = np.zeros(self.item_class.shape, dtype=bool)
        for place, where, limits, given, below in self._parts():
            found[place, where] = undecided(limits, given, below)
        return found

    def multiples(self, class_number: int) -> Floats:
        """Exceedance multiples against a class's limits, (items, *samples).

        NaN as in ``exceedance_multiples``; values below detection by what stands in for them.
        """
        found = np.full(self.item_class.shape, np.nan)
        for place, where, limits, given, below in self._parts():
            values = stand_ins(limits, given, below, self._factor(place))
            found[place, where] = exceedance_multiples(limits, values, class_number)
        return found

    def at(self, index: Index) -> tuple[Edition, ClassTable]:
        """The edition that governed one sample, and its table. Raises IndexError."""
        for span, table in zip(self.spans, self.tables, strict=True):
            if span.where[index]:
                return span.edition, table
        raise IndexError(f"no sample at {index}")

    def numbers(self, index: Index) -> dict[str, int]:
        """The class number of each item of one sample that its edition has."""
        _, table = self.at(index)
        rows = zip(self.items, self.item_class, strict=True)
        return {item: int(row[index]) for item, row in rows if item in table}

    def deciding_items(self, index: Index) -> tuple[str, ...]:
        """The items that decided one sample, in the given order."""
        worst = int(self.worst[index])
        numbers = self.numbers(index)
        return tuple(item for item, number in numbers.items() if number == worst and worst)

    def sample(self, index: Index) -> Iterator[tuple[ItemLimits, float, bool, float]]:
        """Each item of one sample: limits, value given, below detection?, value judged."""
        _, table = self.at(index)
        for place, (item, given) in enumerate(zip(self.items, self.given, strict=True)):
            if item not in table:
                continue
            mask = self.below.mask(item, given.shape)
            value, hidden = given[index], mask is not None and bool(mask[index])
            judged = stand_ins(table[item], value, np.asarray(hidden), self._factor(place))
            yield table[item], float(value), hidden, float(judged)

    def _factor(self, place: int) -> float:
        return self.below.factors.get(self.items[place], 1.0)

    def _parts(
        self,
    ) -> Iterator[tuple[int, NDArray[np.bool_], ItemLimits, Floats, NDArray[np.bool_] | None]]:
        for span, table in zip(self.spans, self.tables, strict=True):
            for place, (item, given) in enumerate(zip(self.items, self.given, strict=True)):
                if item not in table:
                    continue
                mask = self.below.mask(item, given.shape)
                hidden = None if mask is None else mask[span.where]
                yield place, span.where, table[item], given[span.where], hidden


def judge_on(  # noqa: PLR0913 - a table, its law, the data, what is below detection, the day
    table_of: Callable[[Edition], ClassTable],
    parameter: Parameter,
    columns: Mapping[str, ArrayLike],
    *,
    on: When,
    edition: str | None = None,
    below: Below | None = None,
) -> Classed:
    """The class of every sample by the edition of its day.

    table_of: the class table of an edition (cached by the subject); columns as in ``judge``; on:
    one day for all, or a day for each sample (shapes broadcast); below: values below detection. An
    item that an edition does not have is not judged where that edition governs. Raises as ``judge`` and ``spans_in_force``.
    """
    arrays, days, hidden = broadcast_columns(columns), as_days(on), below or Below()
    refuse_strays("未检出标记", hidden.masks, columns)
    shape = _common_shape(arrays[0].shape, days.shape)
    given = tuple(np.broadcast_to(array, shape) for array in arrays)
    spans = tuple(
        Span(span.edition, np.broadcast_to(span.where, shape))
        for span in spans_in_force(parameter, days, edition=edition)
    )
    tables = tuple(table_of(span.edition) for span in spans)
    _refuse_unknown(columns, tables)
    judged = _joined(spans, tables, dict(zip(columns, given, strict=True)), hidden, shape)
    return Classed(
        items=tuple(columns),
        given=given,
        below=hidden,
        item_class=judged.item_class,
        worst=judged.worst,
        counted=judged.counted,
        spans=spans,
        tables=tables,
        forced=edition is not None,
    )


def _refuse_unknown(columns: Mapping[str, ArrayLike], tables: tuple[ClassTable, ...]) -> None:
    for item in columns:
        if tables and not any(item in table for table in tables):
            tables[-1][item]  # raises, with the nearest names


def _joined(
    spans: tuple[Span, ...],
    tables: tuple[ClassTable, ...],
    columns: Mapping[str, Floats],
    below: Below,
    shape: tuple[int, ...],
) -> Judged:
    if len(spans) == 1:  # the usual case: nothing is copied
        return judge(tables[0], _judgeable(tables[0], columns, below, ...))
    whole = Judged(
        items=tuple(columns),
        item_class=np.zeros((len(columns), *shape), dtype=np.uint8),
        worst=np.zeros(shape, dtype=np.uint8),
        counted=np.zeros(shape, dtype=np.uint8),
    )
    for span, table in zip(spans, tables, strict=True):
        places = [place for place, item in enumerate(columns) if item in table]
        if not places:
            continue
        part = judge(table, _judgeable(table, columns, below, span.where))
        for place, numbers in zip(places, part.item_class, strict=True):
            whole.item_class[place, span.where] = numbers
        whole.worst[span.where] = part.worst
        whole.counted[span.where] = part.counted
    return whole


def _judgeable(
    table: ClassTable,
    columns: Mapping[str, Floats],
    below: Below,
    where: NDArray[np.bool_] | EllipsisType,
) -> dict[str, Floats]:
    found = {}
    for item, given in columns.items():
        if item not in table:
            continue
        mask = below.mask(item, given.shape)
        hidden, factor = None if mask is None else mask[where], below.factors.get(item, 1.0)
        found[item] = stand_ins(table[item], given[where], hidden, factor)
    return found


def _common_shape(samples: tuple[int, ...], days: tuple[int, ...]) -> tuple[int, ...]:
    try:
        return np.broadcast_shapes(samples, days)
    except ValueError:
        problem = InputProblem(
            -1, "日期", f"{days}，样品 {samples}", "日期与样品的个数不一致", "每个样品对应一个日期"
        )
        raise InputRefusedError([problem]) from None
